"""What a document is: whose, which plan, which years, which version."""
