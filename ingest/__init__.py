"""Read one file: bytes in, a `Document` out. Nothing is stored here."""
