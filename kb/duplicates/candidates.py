"""Candidates: which projects can be like a given one, by the keys they share, rarest first.

An inverted index over all projects, in plain arrays. A query walks the lists of its rarest
keys up to a budget, so that a million projects cost no more than the few it concerns.
"""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from kb.arrays import HashKeys, Mask, RowNumbers, Scores

_BUDGET = 250_000
"""Rows a query looks at, all its keys together."""

_LONGEST = 120_000
"""Rows of the longest list that a query still walks."""


class CandidateIndex:
    """An inverted index of projects by their hash keys; any thread may search it.

    `entries` are the projects' keys in the store, ascending; `keys` their hash keys, project
    after project, `starts` where each project's begin, with the end of all as last.
    """

    def __init__(self, entries: RowNumbers, starts: RowNumbers, keys: HashKeys) -> None:
        self.entries = entries
        self._starts, self._keys = starts, keys
        rows = np.repeat(np.arange(len(entries), dtype=np.uint32), np.diff(starts))
        order = np.argsort(keys, kind="stable")
        self._rows = rows[order]
        self._terms, self._begins = np.unique(keys[order], return_index=True)
        self._ends = np.append(self._begins[1:], len(keys))
        self._scratch = threading.local()

    def __len__(self) -> int:
        return len(self.entries)

    def own_keys(self, row: int) -> HashKeys:
        """Return the hash keys of one of the index's own projects."""
        return self._keys[self._starts[row] : self._starts[row + 1]]

    def search(
        self,
        keys: HashKeys,
        count: int,
        allowed: Mask | None = None,
        *,
        budget: int = _BUDGET,
        longest: int = _LONGEST,
    ) -> tuple[RowNumbers, Scores]:
        """Return the `count` rows that share most with some keys, best first, and their scores.

        A row's score is the sum of the idf of the keys it shares. At most `budget` rows are
        looked at, by the rarest keys; keys of more than `longest` rows are left out.
        """
        sums = self._sums()
        touched = self._add_idf(sums, keys, budget, longest)
        if not len(touched):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        scores = sums[touched]
        sums[touched] = 0
        if allowed is not None:
            fits = allowed[touched]
            touched, scores = touched[fits], scores[fits]
        if len(touched) > count:
            best = np.argpartition(-scores, count - 1)[:count]
            touched, scores = touched[best], scores[best]
        order = np.lexsort((touched, -scores))
        return touched[order], scores[order]

    def idf(self, keys: HashKeys) -> Scores:
        """Return the inverse document frequency of each key; 0 for keys no project has."""
        _, counts = self._lists(keys)
        weights: Scores = np.log1p(len(self) / np.maximum(counts, 1)).astype(np.float32)
        return np.where(counts > 0, weights, 0).astype(np.float32)

    def _sums(self) -> Scores:
        """Return this thread's array of zeros, one a row; a search leaves it as it found it."""
        sums: Scores | None = getattr(self._scratch, "sums", None)
        if sums is None:
            sums = self._scratch.sums = np.zeros(len(self.entries), dtype=np.float32)
        return sums

    def _add_idf(self, sums: Scores, keys: HashKeys, budget: int, longest: int) -> RowNumbers:
        """Add the keys' idf to the sums of the rows that have them; return those rows."""
        positions, counts = self._lists(keys)
        weights = np.log1p(len(self) / np.maximum(counts, 1))
        touched: list[NDArray[np.uint32]] = []
        for number in np.argsort(counts, kind="stable"):
            length = int(counts[number])
            if not length:
                continue
            if touched and (length > budget or length > longest):
                break
            position = positions[number]
            rows = self._rows[self._begins[position] : self._ends[position]]
            touched.append(rows[sums[rows] == 0])
            sums[rows] += weights[number]
            budget -= length
        if not touched:
            return np.zeros(0, dtype=np.int64)
        joined: RowNumbers = np.concatenate(touched).astype(np.int64)
        return joined

    def _lists(self, keys: HashKeys) -> tuple[RowNumbers, RowNumbers]:
        """Return the position of each key's list, and its number of rows (0: unknown key)."""
        if not len(self._terms):
            nothing = np.zeros(len(keys), dtype=np.int64)
            return nothing, nothing
        positions = np.searchsorted(self._terms, keys)
        positions = np.minimum(positions, len(self._terms) - 1)
        known = self._terms[positions] == keys
        return positions, np.where(known, self._ends[positions] - self._begins[positions], 0)
