"""Tables in whatever file they stand: ruling lines, grids with spans, delimited text."""
