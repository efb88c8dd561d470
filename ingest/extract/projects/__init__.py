"""Projects: tables of them, lists of them, and what their columns mean."""
