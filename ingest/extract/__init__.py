"""From clean pages to what they say: whose plan it is, statements, projects."""
