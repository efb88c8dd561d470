"""Meaning as search sees it: a query's nearest passages, with cosines."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kb.model.encoder import Encoder
from kb.store.filters import Condition
from kb.vectors.index import MeaningIndex
from kb.vectors.stored import PARTS, Ids, Matrix, Vectors

_CONDITIONS = 16
_LARGE = 100_000
"""An index of so many vectors takes a second to compare with the store."""


@dataclass(frozen=True, slots=True)
class Near:
    """How near a passage is: the cosine of its nearest part, and which part that is.

    Part 0 is the whole text, the others its phrases in their order.
    """

    cosine: float
    part: int = 0


class Nearest:
    """Finds the passages nearest to a query: the encoder and the meaning index together.

    `index` and `vectors` are what it looks through, `fingerprint` says whose the vectors are.
    The index follows the store's changes; while one thread brings it up to date the others
    search it as it was. `encode` gives a query's vector, and remembers 2,048 of them.
    """

    def __init__(self, index: MeaningIndex, vectors: Vectors, encoder: Encoder) -> None:
        self.index = index
        self.vectors = vectors
        self.fingerprint = encoder.fingerprint
        self._following = threading.Lock()
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="follow")
        self._allowed: dict[tuple[object, ...], Ids] = {}
        self.encode = lru_cache(maxsize=2048)(lambda query: encoder.encode([query], "query"))

    def search(
        self, query: str, count: int, within: Condition, *, nearly: bool = False
    ) -> dict[int, Near]:
        """Return about `count` of the nearest passages that some record within says.

        `nearly` as in `MeaningIndex.search`.
        """
        self._follow()
        allowed = None if within[0] == "1" else self._within(within)
        ids, cosines = self.index.search(self.encode(query), count, allowed, nearly=nearly)
        return _by_passage(ids[0], cosines[0])

    def around(self, vector: Matrix, count: int) -> dict[int, Near]:
        """Return about `count` of the passages nearest to a vector of the encoder's."""
        self._follow()
        ids, cosines = self.index.search(vector, count)
        return _by_passage(ids[0], cosines[0])

    def cosines(self, query: str, passages: Sequence[int]) -> dict[int, Near]:
        """Return how near some passages are; those without a vector are left out."""
        vector = self.encode(query)[0]
        starts = np.asarray(passages, dtype=np.int64) * PARTS
        near = _by_passage(*self.index.cosines(vector, starts, PARTS))
        if self.index.version == self.vectors.version:
            return near
        ids, matrix = self.vectors.of([key for key in passages if key not in near])
        return {**near, **_by_passage(ids, matrix @ vector)} if len(ids) else near

    def _within(self, condition: Condition) -> Ids:
        """List what vectors a condition allows; the last few lists are kept."""
        name = (self.vectors.version, condition[0], *condition[1])
        result = self._allowed.get(name)
        if result is None:
            if len(self._allowed) >= _CONDITIONS:
                self._allowed.pop(next(iter(self._allowed)), None)
            result = self._allowed[name] = self.vectors.within(condition)
        return result

    def _follow(self) -> None:
        """Bring the index up to date; a large one meanwhile, while searches go on."""
        if self.index.version == self.vectors.version:
            return
        if not self._following.acquire(blocking=not len(self.index)):
            return
        if len(self.index) > _LARGE:
            self._aside.submit(self._catch_up)
        else:
            self._catch_up()

    def _catch_up(self) -> None:
        try:
            self.index.follow(self.vectors)
        finally:
            self._following.release()


def _by_passage(ids: Ids, cosines: Matrix) -> dict[int, Near]:
    result: dict[int, Near] = {}
    for number, cosine in zip(ids.tolist(), cosines.tolist(), strict=True):
        if number < 0:
            continue
        passage, part = divmod(number, PARTS)
        known = result.get(passage)
        if known is None or (cosine, -part) > (known.cosine, -known.part):
            result[passage] = Near(cosine, part)
    return result
