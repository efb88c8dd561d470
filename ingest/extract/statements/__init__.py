"""Statements: visions, missions, values, goals, issues, strategies, indicators."""
