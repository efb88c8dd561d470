"""What the country has fixed, as data: frameworks, areas, themes, concepts."""
