"""What stands where on the pages: lines, paragraphs, headings, sections, list marks."""
