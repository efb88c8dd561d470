"""The vector index: segments of vectors on disk, exact or quantized."""
