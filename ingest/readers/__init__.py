"""File formats to clean pages and tables, one module a format."""
