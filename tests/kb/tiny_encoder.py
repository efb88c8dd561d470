"""A small encoder of our own: texts that share runs of three characters are near."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class TinyEncoder:
    """Counts runs of three characters into some numbers; counts the texts it was given too."""

    def __init__(self, name: str = "tiny-1", dimensions: int = 64) -> None:
        self.fingerprint = name
        self.dimensions = dimensions
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], role: str) -> NDArray[np.float32]:
        if role == "passage":
            self.encoded += texts
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for at in range(max(1, len(text) - 2)):
                run = text[at : at + 3].encode("utf-8", "replace")
                row[zlib.crc32(run) % self.dimensions] += 1
            row[0] += 0.01
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def warm_up(self) -> None:
        """Do nothing."""
