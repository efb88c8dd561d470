"""Web pages: the blocks a visitor sees."""
