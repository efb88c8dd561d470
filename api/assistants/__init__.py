"""The knowledge base as tools for assistants, over the Model Context Protocol."""
