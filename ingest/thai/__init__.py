"""The Thai language as planners write it: repair, quality, words, numbers, places."""
