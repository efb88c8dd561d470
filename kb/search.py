"""Search: words, meaning and exact phrases, each alone or words and meaning together.

Candidates come from the indexes as passages (distinct texts). Each is judged by what is
known of it, those under the floor are dropped, and the rest are written out as the records
that say them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.errors import UsageError
from kb.filters import EVERYTHING, Condition, Filters
from kb.highlight import Slice, phrase_slices, word_slices
from kb.hit import MODES, Hit, Mode, SearchResult, Why
from kb.nearest import Nearest
from kb.passages import squeeze
from kb.relevance import FLOOR, Evidence, relevance, source
from kb.store import Store
from kb.stored import Stored
from kb.words import WordIndex, WordMatch, WordQuery

LONGEST_QUERY = 2000
CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that may answer, what is known of it, and how likely it answers."""

    passage: int
    evidence: Evidence
    terms: tuple[str, ...] = ()
    relevance: float = 0.0


class Searcher:
    """Answers queries over one store.

    `nearest` gives the meaning index when it is needed, and may be slow the first time;
    it is None where the knowledge base is to be searched by words alone.
    """

    def __init__(self, store: Store, nearest: Callable[[], Nearest] | None) -> None:
        self.store = store
        self._nearest = nearest

    def search(
        self, query: str, *, mode: Mode = "smart", filters: Filters = EVERYTHING,
        limit: int = 10, offset: int = 0, floor: float = FLOOR,
    ) -> SearchResult:  # fmt: skip
        """Answer a query; see `KnowledgeBase.search`."""
        began = time.perf_counter()
        _check(mode, limit, offset)
        asked = " ".join(query[:LONGEST_QUERY].split())
        found = self._found(asked, mode, self.store.where(filters)) if squeeze(asked) else []
        good = [each for each in found if each.relevance >= floor]
        shown, total = self._said(good, filters, limit, offset)
        hits = tuple(self._hit(asked, mode, each, record) for each, record in shown)
        took = (time.perf_counter() - began) * 1000
        return SearchResult(query, mode, hits, total, took)

    def _found(self, query: str, mode: Mode, within: Condition) -> list[Found]:
        if mode == "exact":
            keys = self._words.exact(query, within)
            return [Found(key, Evidence(), relevance=1.0) for key in keys]
        understood = self._words.understand(query)
        judged = [
            replace(each, relevance=relevance(each.evidence))
            for each in self._candidates(query, understood, mode, within)
        ]
        return sorted(judged, key=lambda each: (-each.relevance, each.passage))

    def _candidates(
        self, query: str, understood: WordQuery, mode: Mode, within: Condition
    ) -> Iterable[Found]:
        by_words = [] if mode == "meaning" else self._words.search(understood, within)
        matches = {match.passage: match for match in by_words}
        if mode == "words" or self._nearest is None:
            return [_found_by_words(match) for match in matches.values()]
        nearest = self._nearest()
        near = nearest.search(query, CANDIDATES, self._allowed(within))
        cosines = near | nearest.cosines(query, [key for key in matches if key not in near])
        if mode == "smart":
            unseen = [key for key in near if key not in matches]
            matches |= {match.passage: match for match in self._words.weigh(understood, unseen)}
        return [
            _found_by_both(key, cosine, matches.get(key), mode) for key, cosine in cosines.items()
        ]

    def _allowed(self, within: Condition) -> set[int] | None:
        where, values = within
        if where == "1":
            return None
        cursor = self.store.connection.execute(
            f"select distinct e.passage from entries e where {where}", values
        )
        return {row[0] for row in cursor}

    def _said(
        self, found: Sequence[Found], filters: Filters, limit: int, offset: int
    ) -> tuple[list[tuple[Found, Stored]], int]:
        """Write passages out as the records that say them, in the order of the passages."""
        where, values = self.store.where(filters)
        order = {each.passage: rank for rank, each in enumerate(found)}
        keys = list(order)
        rows = self.store.connection.execute(
            f"select e.key, e.passage from entries e where {where} "
            f"and e.passage in ({', '.join('?' * len(keys))})",
            [*values, *keys],
        ).fetchall()
        ranked = sorted(rows, key=lambda row: (order[row["passage"]], row["key"]))
        wanted = ranked[offset : offset + limit]
        records = self.store.records([row["key"] for row in wanted])
        shown = [
            (found[order[row["passage"]]], records[row["key"]])
            for row in wanted if row["key"] in records
        ]  # fmt: skip
        return shown, len(ranked)

    def _hit(self, query: str, mode: Mode, found: Found, record: Stored) -> Hit:
        evidence = found.evidence
        why = Why(
            found.terms, _closest(record.text, found.terms), evidence.cosine, evidence.coverage
        )
        slices = _slices(record.text, query, mode, found.terms)
        return Hit(record, found.relevance, source(evidence), why, slices)

    @property
    def _words(self) -> WordIndex:
        return WordIndex(self.store.connection)


def _found_by_words(match: WordMatch) -> Found:
    return Found(match.passage, Evidence(match.coverage, match.bm25), match.terms)


def _found_by_both(key: int, cosine: float, match: WordMatch | None, mode: Mode) -> Found:
    if mode == "meaning":
        return Found(key, Evidence(cosine=cosine))
    if match is None:
        return Found(key, Evidence(0.0, 0.0, cosine))
    return Found(key, Evidence(match.coverage, match.bm25, cosine), match.terms)


def _slices(text: str, query: str, mode: Mode, terms: tuple[str, ...]) -> tuple[Slice, ...]:
    if mode == "exact":
        return phrase_slices(text, query)
    return word_slices(text, set(terms)) if terms else ()


def _closest(text: str, terms: tuple[str, ...]) -> str | None:
    slices = word_slices(text, set(terms)) if terms else ()
    if not slices:
        return None
    start, end = max(slices, key=lambda part: part[1] - part[0])
    return text[start:end]


def _check(mode: str, limit: int, offset: int) -> None:
    if mode not in MODES:
        raise UsageError("mode-unknown", value=mode, choices=", ".join(MODES))
    if limit < 1 or offset < 0:
        raise UsageError("limit-invalid", value=limit if limit < 1 else offset)
