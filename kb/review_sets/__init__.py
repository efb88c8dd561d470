"""Review sets: proposals of a workbook, their evidence, and what reviewers decide on them."""
