"""Office documents: Word, spreadsheets, and what LibreOffice converts."""
