"""Which projects can be like a given one: found by shared keys, rarest first.

An inverted index over all projects, in plain arrays. A query walks the lists of its rarest
keys up to a budget, so that a million projects cost no more than the few it concerns.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kb.duplicates.keys import Keys

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

_BUDGET = 250_000
_LONGEST = 120_000


class CandidateIndex:
    """An index of projects by their keys; `entries` are the projects' keys in the store."""

    def __init__(self, entries: Rows, starts: Rows, keys: Keys) -> None:
        self.entries = entries
        self._starts, self._keys = starts, keys
        rows = np.repeat(np.arange(len(entries), dtype=np.uint32), np.diff(starts))
        order = np.argsort(keys, kind="stable")
        self._rows = rows[order]
        self._terms, self._begins = np.unique(keys[order], return_index=True)
        self._ends = np.append(self._begins[1:], len(keys))
        self._scores = np.zeros(len(entries), dtype=np.float32)

    def __len__(self) -> int:
        return len(self.entries)

    def own_keys(self, row: int) -> Keys:
        """Return the keys of one of the index's own projects."""
        return self._keys[self._starts[row] : self._starts[row + 1]]

    def search(
        self,
        keys: Keys,
        count: int,
        allowed: NDArray[np.bool_] | None = None,
        *,
        budget: int = _BUDGET,
        longest: int = _LONGEST,
    ) -> tuple[Rows, Scores]:
        """Return the rows that share most with some keys, best first, and how much they share.

        What a key counts is how rare it is (its idf). At most `budget` rows are looked at,
        by the rarest keys; keys of more than `longest` rows are left out.
        """
        touched = self._walk(keys, budget, longest)
        if not len(touched):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        scores = self._scores[touched]
        self._scores[touched] = 0
        if allowed is not None:
            fits = allowed[touched]
            touched, scores = touched[fits], scores[fits]
        if len(touched) > count:
            best = np.argpartition(-scores, count - 1)[:count]
            touched, scores = touched[best], scores[best]
        order = np.lexsort((touched, -scores))
        return touched[order], scores[order]

    def idf(self, keys: Keys) -> Scores:
        """Return what each of some keys counts; keys that no project has count nothing."""
        _, counts = self._lists(keys)
        weights: Scores = np.log1p(len(self) / np.maximum(counts, 1)).astype(np.float32)
        return np.where(counts > 0, weights, 0).astype(np.float32)

    def _walk(self, keys: Keys, budget: int, longest: int) -> Rows:
        positions, counts = self._lists(keys)
        weights = np.log1p(len(self) / np.maximum(counts, 1))
        seen: list[NDArray[np.uint32]] = []
        for at in np.argsort(counts, kind="stable"):
            many = int(counts[at])
            if not many:
                continue
            if seen and (many > budget or many > longest):
                break
            part = self._rows[self._begins[positions[at]] : self._ends[positions[at]]]
            seen.append(part[self._scores[part] == 0])
            self._scores[part] += weights[at]
            budget -= many
        if not seen:
            return np.zeros(0, dtype=np.int64)
        every: Rows = np.concatenate(seen).astype(np.int64)
        return every

    def _lists(self, keys: Keys) -> tuple[Rows, Rows]:
        if not len(self._terms):
            nothing = np.zeros(len(keys), dtype=np.int64)
            return nothing, nothing
        positions = np.searchsorted(self._terms, keys)
        positions = np.minimum(positions, len(self._terms) - 1)
        there = self._terms[positions] == keys
        return positions, np.where(there, self._ends[positions] - self._begins[positions], 0)
