"""Postings: which words stand in which passages, laid out in arrays for speed.

FTS5 is right by transaction but slow where a word stands in tens of thousands of passages:
it looks up every one's length. Postings hold the same, each word's share of BM25 worked out
beforehand, for the passages up to a key; what was added since is looked up in FTS5. They
are parts that never change, derived from the store, and can be thrown away at any time.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kb.search.substrings import Lines, Rows

Keys = NDArray[np.int64]
Weights = NDArray[np.float32]
Mask = NDArray[np.bool_]

PART = 250_000
"""So many passages make a part at most, which bounds the memory that making one takes."""

MORE = 0.4
"""How much a word counts that stands in what explains the text."""

CONCEPT = "#"
"""Stands before concepts in the vocabulary; no word begins with it."""

K1, B = 1.2, 0.75
"""The usual constants of Okapi BM25 (Robertson & Zaragoza 2009)."""

_WORDS = 64
_COLUMNS = "select key, words, more_words, concepts, squeezed from passages"


@dataclass(frozen=True, eq=False)
class Part:
    """Postings of some passages; row i is the passage `keys[i]`, keys ascending.

    Word `n` of the vocabulary stands in `rows[starts[n]:starts[n + 1]]`, with its share of
    BM25 (but for the idf) beside it in `impacts`. `lines` are what the passages say, without
    blanks.
    """

    keys: Keys
    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    rows: Rows
    impacts: Weights
    lines: Lines

    def __len__(self) -> int:
        return len(self.keys)

    def passages_with(self, word: str) -> int:
        """Return in how many passages a word stands."""
        at = self.vocabulary.get(word)
        return 0 if at is None else int(self.starts[at + 1] - self.starts[at])

    def scores(self, words: Iterable[tuple[str, float]]) -> Weights:
        """Add up the words' shares, each times its weight, for every row."""
        total = np.zeros(len(self.keys), dtype=np.float32)
        for word, weight in words:
            at = self.vocabulary.get(word)
            if at is not None:
                own = slice(self.starts[at], self.starts[at + 1])
                total[self.rows[own]] += np.float32(weight) * self.impacts[own]
        return total

    def words_with(self, piece: str) -> list[str]:
        """List words that have a piece inside, at most 64; those of the most passages first."""
        result, at = set(), self._listed.find(piece)
        while at >= 0:
            begin = self._listed.rfind("\n", 0, at) + 1
            end = self._listed.find("\n", at)
            if self._listed[begin] != CONCEPT:
                result.add(self._listed[begin:end])
            at = self._listed.find(piece, end)
        return sorted(result, key=lambda word: (-self.passages_with(word), word))[:_WORDS]

    @cached_property
    def _listed(self) -> str:
        return "".join(f"{word}\n" for word in self.vocabulary)


@dataclass(slots=True, eq=False)
class Postings:
    """Parts one after the other; `upto` is the last passage's key that they may know.

    `dead` marks the rows of passages that have gone since, as far as that was noticed.
    """

    parts: tuple[Part, ...] = ()
    upto: int = 0
    dead: dict[int, Mask] = field(default_factory=dict)

    def passages_with(self, word: str) -> int:
        """Return in how many passages a word stands."""
        return sum(part.passages_with(word) for part in self.parts)

    def words_with(self, piece: str) -> list[str]:
        """List words that have a piece inside, at most 64 of each part."""
        return list(dict.fromkeys(word for part in self.parts for word in part.words_with(piece)))

    def search(
        self, words: Sequence[tuple[str, float]], allowed: Sequence[Mask] | None, limit: int
    ) -> list[int]:
        """Return the keys of the passages whose words weigh most, the best first."""
        best: list[tuple[float, int]] = []
        for number, part in enumerate(self.parts):
            scores = part.scores(words)
            if allowed is not None:
                scores *= allowed[number]
            if number in self.dead:
                scores *= ~self.dead[number]
            rows = np.flatnonzero(scores > 0)
            if len(rows) > limit:
                rows = rows[np.argpartition(-scores[rows], limit)[:limit]]
            best += zip((-scores[rows]).tolist(), part.keys[rows].tolist(), strict=True)
        return [key for _, key in sorted(best)[:limit]]

    def with_text(self, text: str, allowed: Sequence[Mask] | None, limit: int) -> list[int]:
        """Return the keys of passages that have a piece of text, the shortest first."""
        result: list[tuple[int, int]] = []
        for number, part in enumerate(self.parts):
            rows = part.lines.rows_with(text)
            if allowed is not None:
                rows = rows[allowed[number][rows]]
            if number in self.dead:
                rows = rows[~self.dead[number][rows]]
            result += zip(part.lines.lengths(rows).tolist(), part.keys[rows].tolist(), strict=True)
        return [key for _, key in sorted(result)[:limit]]

    def masks(self, keys: Keys) -> list[Mask]:
        """Mark in every part the rows of the passages of some keys."""
        known = np.zeros(self.upto + 2, dtype=np.bool_)
        known[keys[keys <= self.upto]] = True
        return [known[part.keys] for part in self.parts]

    def remove_deleted(self, connection: sqlite3.Connection) -> None:
        """Mark the rows whose passages have gone; called when a search came upon one."""
        living = _column(connection, "select key from passages where key <= ?", self.upto)
        self.dead = {
            number: ~mask for number, mask in enumerate(self.masks(living)) if not mask.all()
        }

    def extended(self, connection: sqlite3.Connection, average: float) -> Postings:
        """Return postings that know every passage there is now; some seconds a million."""
        parts, upto = list(self.parts), self.upto
        while rows := connection.execute(
            f"{_COLUMNS} where key > ? order by key limit ?", (upto, PART)
        ).fetchall():
            parts.append(part_of(rows, average))
            upto = rows[-1]["key"]
        return Postings(tuple(parts), upto, dict(self.dead))


def part_of(rows: Sequence[sqlite3.Row], average: float) -> Part:
    """Lay out passages; `average` is how many words one has on average."""
    vocabulary: defaultdict[str, int] = defaultdict()
    vocabulary.default_factory = vocabulary.__len__
    words = _standing((row["words"].split() for row in rows), vocabulary)
    more = _standing((set(row["more_words"].split()) for row in rows), vocabulary)
    named = _standing(
        ([f"{CONCEPT}{item}" for item in row["concepts"].split()] for row in rows), vocabulary
    )
    lengths = np.bincount(words[1], minlength=len(rows))
    return _laid_out(rows, dict(vocabulary), (words, more, named), lengths / max(average, 1.0))


def _standing(
    texts: Iterable[Iterable[str]], vocabulary: defaultdict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the numbers of all words of all texts, and the rows they stand in."""
    numbers: list[int] = []
    counts: list[int] = []
    for words in texts:
        before = len(numbers)
        numbers += [vocabulary[word] for word in words]
        counts.append(len(numbers) - before)
    rows = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    return np.asarray(numbers, dtype=np.int64), rows


def _laid_out(
    rows: Sequence[sqlite3.Row],
    vocabulary: Mapping[str, int],
    standing: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
    lengths: NDArray[np.float64],
) -> Part:
    count = max(1, len(rows))
    places = np.concatenate([numbers * count + of for numbers, of in standing])
    weights = np.repeat(np.array([1.0, MORE, 1.0], np.float32), [len(own) for own, _ in standing])
    order = np.argsort(places, kind="stable")
    places, weights = places[order], weights[order]
    first = np.flatnonzero(np.diff(places, prepend=-1))
    times = np.add.reduceat(weights, first) if len(first) else weights
    words, own = places[first] // count, (places[first] % count).astype(np.int32)
    norm = K1 * (1 - B + B * lengths[own])
    return Part(
        keys=np.array([row["key"] for row in rows], dtype=np.int64),
        vocabulary=vocabulary,
        starts=np.searchsorted(words, np.arange(len(vocabulary) + 1)),
        rows=own,
        impacts=(times * (K1 + 1) / (times + norm)).astype(np.float32),
        lines=Lines.of([row["squeezed"] for row in rows]),
    )


def _column(connection: sqlite3.Connection, sql: str, *values: object) -> Keys:
    return np.fromiter((row[0] for row in connection.execute(sql, values)), dtype=np.int64)


def keys_within(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> Keys:
    """List the keys of passages that some record says that fulfils an SQL condition."""
    return _column(connection, f"select e.passage from entries e where {where}", *values)
