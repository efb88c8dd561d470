"""A learned decision over candidates: what is a statement, of which kind, where it ends."""
