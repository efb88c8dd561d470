"""Search: words, meaning and exact phrases, fused on calibrated relevance."""
