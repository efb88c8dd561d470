"""The ways in: command line, HTTP, web pages."""
