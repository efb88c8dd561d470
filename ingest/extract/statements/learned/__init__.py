"""A learned decision over statements that rules propose: what is one, of which kind, where it ends."""
