"""What is said to people, Thai and English, a module for each part of the work."""
