"""What kind of file this is, how its text is encoded, and how much it may cost."""
