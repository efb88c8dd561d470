"""Meaning as search sees it: a query's nearest passages, with cosines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kb.encoder import Encoder
from kb.vectors import PARTS, Ids, Matrix, Vectors


@dataclass(frozen=True, slots=True)
class Near:
    """How near a passage is: the cosine of its nearest part, and which part that is.

    Part 0 is the whole text, the others its phrases in their order.
    """

    cosine: float
    part: int = 0


class Nearest:
    """Finds the passages nearest to a query, by the vectors of one model.

    Holds every vector in memory and looks at all of them; it follows the store's changes.
    """

    def __init__(self, vectors: Vectors, encoder: Encoder) -> None:
        self._vectors = vectors
        self._seen: tuple[int, int] = (-1, -1)
        self._ids: Ids = np.zeros(0, dtype=np.int64)
        self._matrix: Matrix = np.zeros((0, encoder.dimensions), dtype=np.float32)
        self.encode = lru_cache(maxsize=512)(lambda query: encoder.encode([query], "query")[0])

    def search(self, query: str, count: int, allowed: set[int] | None = None) -> dict[int, Near]:
        """Return the nearest passages, of those allowed if any are told; about `count`."""
        self._refresh()
        ids, matrix = self._ids, self._matrix
        if allowed is not None:
            kept = np.isin(ids // PARTS, np.fromiter(allowed, np.int64, len(allowed)))
            ids, matrix = ids[kept], matrix[kept]
        if not len(ids):
            return {}
        cosines = matrix @ self.encode(query)
        few = min(count, len(ids))
        best = np.argpartition(-cosines, few - 1)[:few]
        return _by_passage(ids[best], cosines[best])

    def cosines(self, query: str, passages: Sequence[int]) -> dict[int, Near]:
        """Tell how near some passages are; those without a vector are left out."""
        if not passages:
            return {}
        ids, matrix = self._vectors.fetch(passages)
        return _by_passage(ids, matrix @ self.encode(query)) if len(ids) else {}

    def _refresh(self) -> None:
        seen = (self._vectors.store.generation, self._vectors.count())
        if seen == self._seen:
            return
        blocks = [(ids, matrix) for _, ids, matrix in self._vectors.since()]
        if blocks:
            self._ids = np.concatenate([ids for ids, _ in blocks])
            self._matrix = np.concatenate([matrix for _, matrix in blocks])
        else:
            self._ids, self._matrix = self._ids[:0], self._matrix[:0]
        self._seen = seen


def _by_passage(ids: Ids, cosines: NDArray[np.float32]) -> dict[int, Near]:
    found: dict[int, Near] = {}
    for number, cosine in zip(ids.tolist(), cosines.tolist(), strict=True):
        passage, part = divmod(number, PARTS)
        if passage not in found or (cosine, -part) > (found[passage].cosine, -found[passage].part):
            found[passage] = Near(cosine, part)
    return found
