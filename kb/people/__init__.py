"""People: their roles and bodies, passwords, sessions, and keys for programs."""
