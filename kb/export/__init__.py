"""The export: the whole knowledge base as a data set that can be cited."""
