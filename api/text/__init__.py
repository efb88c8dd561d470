"""What people are shown: messages, labels and records in words, Thai and English."""
