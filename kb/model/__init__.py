"""The embedding model: which one, how it is built, and how texts become vectors."""
