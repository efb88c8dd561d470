"""The HTTP interface: a FastAPI application over one knowledge base."""
