"""The store: one SQLite file that holds everything; indexes are derived from it."""
