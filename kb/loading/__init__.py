"""Many files in: documents and workbooks of proposals."""
