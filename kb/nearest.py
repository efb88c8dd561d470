"""Meaning as search sees it: a query's nearest passages, with cosines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from kb.encoder import Encoder
from kb.vectors import Keys, Matrix, Vectors


class Nearest:
    """Finds the passages nearest to a query, by the vectors of one model.

    Holds every vector in memory and looks at all of them; it follows the store's changes.
    """

    def __init__(self, vectors: Vectors, encoder: Encoder) -> None:
        self._vectors = vectors
        self._seen: tuple[int, int] = (-1, -1)
        self._keys: Keys = np.zeros(0, dtype=np.int64)
        self._matrix: Matrix = np.zeros((0, encoder.dimensions), dtype=np.float32)
        self.encode = lru_cache(maxsize=512)(lambda query: encoder.encode([query], "query")[0])

    def search(self, query: str, count: int, allowed: set[int] | None = None) -> dict[int, float]:
        """Return the cosines of the `count` nearest passages, of those allowed if any are told."""
        self._refresh()
        keys, matrix = self._keys, self._matrix
        if allowed is not None:
            kept = np.isin(keys, np.fromiter(allowed, np.int64, len(allowed)))
            keys, matrix = keys[kept], matrix[kept]
        if not len(keys):
            return {}
        cosines = matrix @ self.encode(query)
        best = np.argsort(-cosines, kind="stable")[:count]
        return {int(keys[at]): float(cosines[at]) for at in best}

    def cosines(self, query: str, passages: Sequence[int]) -> dict[int, float]:
        """Return the cosines of some passages; those without a vector are left out."""
        if not passages:
            return {}
        keys, matrix = self._vectors.fetch(passages)
        if not len(keys):
            return {}
        near = matrix @ self.encode(query)
        return {int(key): float(cosine) for key, cosine in zip(keys, near, strict=True)}

    def _refresh(self) -> None:
        seen = (self._vectors.store.generation, self._vectors.count())
        if seen == self._seen:
            return
        parts: Iterable[tuple[int, Keys, Matrix]] = self._vectors.since()
        blocks = [(keys, matrix) for _, keys, matrix in parts]
        if blocks:
            self._keys = np.concatenate([keys for keys, _ in blocks])
            self._matrix = np.concatenate([matrix for _, matrix in blocks])
        else:
            self._keys, self._matrix = self._keys[:0], self._matrix[:0]
        self._seen = seen
