"""How well phaen reads and finds, measured against gold that people made."""
