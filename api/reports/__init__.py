"""Reports: workbooks, printed pages and charts."""
