"""Search: words, meaning and exact phrases, each alone or words and meaning together.

Candidates come from the indexes as passages (distinct texts). They are written out as the
records that say them, each record is judged by what is known of it and the query, and
those under the floor are dropped.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ingest.errors import UsageError
from kb.search.facets import Facets, Sort, described, facets, first_of_documents, ordered
from kb.search.highlight import Slice, phrase_slices, word_slices
from kb.search.hit import MODES, Hit, Mode, SearchResult, Why
from kb.search.intent import Bodies, Intent, read_intent
from kb.search.lexical import Known, Statistics, WordIndex, WordMatch
from kb.search.lexical_files import WordShelf
from kb.search.relevance import FLOOR, Evidence, answers, relevance, source
from kb.search.suggest import Suggester
from kb.store.filters import EVERYTHING, Condition, Filters
from kb.store.passages import squeeze
from kb.store.records import Stored
from kb.store.store import Store

if TYPE_CHECKING:
    from kb.search.semantic import Near, Nearest

LONGEST_QUERY = 2000
CANDIDATES = 80
"""So many passages are judged that lie near in meaning, and as many that share words."""
MOST_ENTRIES = 5000
SURE = 0.75
_SLOW = 20_000
"""Among so many passages new words are suggested a change later, as counting them takes long."""

TURNS = 2
"""So many searches work at once: more threads only take Python from each other."""

_REPEATED = re.compile(r"(?:(.)\1{2,}\s*)+")
T = TypeVar("T")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_UNREADABLE = frozenset({"Cc", "Cs", "Cn", "Co"})


class Candidate(NamedTuple):
    """A passage that may answer, and what is known of it."""

    passage: int
    words: WordMatch | None = None
    near: Near | None = None

    def evidence(self, kind: float, body: float) -> Evidence:
        """Gather what is known of one record that says the passage."""
        near = self.near.cosine if self.near else None
        match = self.words
        if match is None:
            return Evidence(cosine=near, kind=kind, body=body)
        return Evidence(
            match.coverage, match.bm25, match.grams, match.concepts, match.themes, near, kind, body
        )


class Judged(NamedTuple):
    """A record (by the key of its entry) that may answer, and how likely it does."""

    entry: int
    candidate: Candidate
    evidence: Evidence
    relevance: float


@dataclass(frozen=True, slots=True)
class Arranged:
    """How hits are to be given: their order, one a document, counted by facets.

    `without` is the key of an entry that is not wanted.
    """

    sort: Sort = "relevance"
    by_document: bool = False
    facets: bool = False
    without: int | None = None

    @property
    def plain(self) -> bool:
        """Tell whether hits are wanted as they were found."""
        return self.sort == "relevance" and not self.by_document and not self.facets


AS_FOUND = Arranged()
"""The best first, whatever document they are of."""


class Searcher:
    """Answers queries over one store.

    `nearest` gives the meaning index when it is needed, and may be slow the first time.
    """

    def __init__(self, store: Store, nearest: Callable[[], Nearest]) -> None:
        self.store = store
        self._nearest = nearest
        self.shelf = WordShelf(store)
        self._turns = threading.BoundedSemaphore(TURNS)
        self._derived: dict[str, tuple[int, Any]] = {}

    def search(
        self,
        query: str,
        *,
        mode: Mode = "smart",
        filters: Filters = EVERYTHING,
        limit: int = 10,
        offset: int = 0,
        floor: float = FLOOR,
        arranged: Arranged = AS_FOUND,
    ) -> SearchResult:
        """Answer a query; see `KnowledgeBase.search`."""
        began = time.perf_counter()
        _check(mode, limit, offset)
        asked = readable(query[:LONGEST_QUERY])
        if mode in ("smart", "meaning") and _says(asked):
            self._nearest().encode(asked)  # together with what others ask, before the turn
        with self._turns:
            judged = self.judge(asked, mode, filters) if squeeze(asked) else []
            good = judged[: answers([each.relevance for each in judged], floor)]
            unsure = not good or good[0].relevance < SURE
            suggestion = self._suggestion(asked) if unsure and mode != "exact" else None
            good, more, counted = self._arranged(good, arranged)
            shown = good[offset : offset + limit]
            records = self.store.records([each.entry for each in shown])
            hits = tuple(
                self._hit(asked, mode, each, records[each.entry], more.get(each.entry))
                for each in shown
                if each.entry in records
            )
        took = (time.perf_counter() - began) * 1000
        return SearchResult(query, mode, hits, len(good), took, suggestion, facets=counted)

    def _arranged(
        self, judged: list[Judged], asked: Arranged
    ) -> tuple[list[Judged], dict[int, int], Facets | None]:
        """Order and group what was found; without what the asker has already seen."""
        if asked.without is not None:
            judged = [each for each in judged if each.entry != asked.without]
        if asked.plain:
            return judged, {}, None
        by_entry = {each.entry: each for each in judged}
        rows = described(self.store.connection, list(by_entry))
        entries = ordered(rows, [key for key in by_entry if key in rows], asked.sort)
        counted = facets(rows.values()) if asked.facets else None
        more = first_of_documents(rows, entries) if asked.by_document else {}
        return [by_entry[key] for key in more or entries], more, counted

    def judge(self, query: str, mode: Mode, filters: Filters) -> list[Judged]:
        """Judge every record that may answer, the likeliest first."""
        within = self.store.where(filters)
        loosely = self.store.where(replace(filters, rejected=True))  # few are; cheap to drop last
        if mode == "exact":
            exact = [Candidate(key) for key in self._words.exact(query, within)]
            rows = self._entries(exact, within)
            return [Judged(key, candidate, Evidence(), 1.0) for key, candidate, _, _ in rows]
        intent = read_intent(query, self._known_bodies())
        found = self._candidates(query, intent, mode, loosely)
        judged = [
            _judged(entry, candidate, intent.kind_fits(kind), intent.body_fits(body))
            for entry, candidate, kind, body in self._entries(found, within)
        ]
        return sorted(judged, key=lambda each: (-each.relevance, each.entry))

    def _candidates(
        self, query: str, intent: Intent, mode: Mode, within: Condition
    ) -> list[Candidate]:
        asked_for = self._asked_for(intent, within)
        if mode == "meaning":
            if not _says(query):
                return []
            found = self._near(query, asked_for, within, nearly=False)
            return [Candidate(key, None, each) for key, each in found.items()]
        understood = self._words.understand(query)
        keys = dict.fromkeys([*self._words.search(understood, within), *asked_for])
        near: dict[int, Near] = {}
        if mode == "smart" and _says(query):
            near = self._near(query, list(keys), within, nearly=True)
        keys.update(dict.fromkeys(near))
        matches = self._words.weigh(understood, keys)
        return [
            Candidate(key, match, near.get(key))
            for key, match in matches.items()
            if match.shared or key in near or key in asked_for
        ]

    def _near(
        self, query: str, besides: Sequence[int], within: Condition, *, nearly: bool
    ) -> dict[int, Near]:
        nearest = self._nearest()
        near = nearest.search(query, CANDIDATES, within, nearly=nearly)
        near.update(nearest.cosines(query, [key for key in besides if key not in near]))
        return near

    def _asked_for(self, intent: Intent, within: Condition) -> list[int]:
        """List passages of the bodies a query names, of the kinds it asks for if any."""
        bodies = intent.named or intent.placed
        if not bodies:
            return []
        where, values = within
        where += f" and {_among('e.organisation', bodies)}"
        values = [*values, *bodies]
        if intent.kinds:
            where += f" and {_among('e.kind', intent.kinds)}"
            values += list(intent.kinds)
        rows = self.store.connection.execute(
            f"select distinct e.passage from entries e where {where} limit ?", [*values, CANDIDATES]
        )
        return [row["passage"] for row in rows]

    def _entries(
        self, candidates: Sequence[Candidate], within: Condition
    ) -> list[tuple[int, Candidate, str, int | None]]:
        """Write passages out as the records that say them, passages in their order."""
        by_passage = {each.passage: each for each in candidates}
        rank = {passage: place for place, passage in enumerate(by_passage)}
        where, values = within
        rows = self.store.connection.execute(
            "select e.key, e.passage, e.kind, e.organisation from entries e "
            f"where {where} and {_among('e.passage', rank)} limit ?",
            [*values, *rank, MOST_ENTRIES],
        ).fetchall()
        rows.sort(key=lambda row: (rank[row["passage"]], row["key"]))
        return [
            (row["key"], by_passage[row["passage"]], row["kind"], row["organisation"])
            for row in rows
        ]

    def _hit(self, query: str, mode: Mode, judged: Judged, record: Stored, more: int | None) -> Hit:
        candidate, evidence = judged.candidate, judged.evidence
        terms = candidate.words.terms if candidate.words else ()
        closest = self._closest(candidate)
        why = Why(terms, closest, evidence.cosine, evidence.coverage)
        slices = _slices(record.text, query, mode, terms)
        return Hit(record, judged.relevance, source(evidence), why, slices, more)

    def _closest(self, candidate: Candidate) -> str | None:
        """Tell which phrase of a passage that says several things is nearest in meaning."""
        if candidate.near is None or candidate.near.part == 0:
            return None
        row = self.store.connection.execute(
            "select parts from passages where key = ?", (candidate.passage,)
        ).fetchone()
        parts: list[str] = json.loads(row["parts"]) if row else []
        at = candidate.near.part - 1
        return parts[at] if at < len(parts) else None

    def _known_bodies(self) -> Bodies:
        return self._of_generation("bodies", Bodies)

    def _suggestion(self, query: str) -> str | None:
        kept = self._derived.get("suggester")
        old = self.store.generation - kept[0] if kept else 0
        if kept and 0 < old <= self._words.passages // _SLOW:
            found: str | None = kept[1].suggest(query)
            return found
        return self._of_generation("suggester", Suggester).suggest(query)

    def _of_generation(self, name: str, make: Callable[[sqlite3.Connection], T]) -> T:
        """Keep what is derived from the store until the store changes."""
        generation = self.store.generation
        kept = self._derived.get(name)
        if kept is None or kept[0] != generation:
            kept = self._derived[name] = (generation, make(self.store.connection))
        found: T = kept[1]
        return found

    @property
    def _words(self) -> WordIndex:
        return WordIndex(self.store.connection, self._of_generation("words", self._known))

    def _known(self, connection: sqlite3.Connection) -> Known:
        told = Statistics.of(connection)
        return Known(told, self.shelf.postings(told.passages, told.length))


def readable(query: str) -> str:
    """Take out of a query what nobody can mean: control characters, halves of characters.

    Thai digits become Arabic, so that ๒๕๖๗ and 2567 mean the same to the model too.
    """
    kept = (char if unicodedata.category(char) not in _UNREADABLE else " " for char in query)
    return " ".join("".join(kept).translate(_DIGITS).split())


def _says(query: str) -> bool:
    """Tell whether a query can have a meaning: letters, and not each repeated over and over.

    To a model กกกกก lies near everything; words and parts of words may still be looked up.
    """
    return any(char.isalpha() for char in query) and not _REPEATED.fullmatch(query)


def _judged(entry: int, candidate: Candidate, kind: float, body: float) -> Judged:
    evidence = candidate.evidence(kind, body)
    return Judged(entry, candidate, evidence, relevance(evidence))


def _among(column: str, values: Iterable[object]) -> str:
    return f"{column} in ({', '.join('?' for _ in values)})"


def _slices(text: str, query: str, mode: Mode, terms: tuple[str, ...]) -> tuple[Slice, ...]:
    if mode == "exact":
        return phrase_slices(text, query)
    return word_slices(text, set(terms)) if terms else ()


def _check(mode: str, limit: int, offset: int) -> None:
    if mode not in MODES:
        raise UsageError("mode-unknown", value=mode, choices=", ".join(MODES))
    if limit < 1 or offset < 0:
        raise UsageError("limit-invalid", value=limit if limit < 1 else offset)
