"""Scanned pages and pictures: binarisation, OCR, tables between ruling lines."""
