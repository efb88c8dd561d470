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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from ingest.errors import UsageError
from kb.model.chosen import weights_of
from kb.search.answerable import EVEN, learnt
from kb.search.bodies import Bodies
from kb.search.candidate import Candidate, Judged, texts_once
from kb.search.facets import Facets, Sort, described, facets, first_of_documents, ordered
from kb.search.fits import Fits
from kb.search.highlight import Slice, phrase_slices, word_slices
from kb.search.hit import MODES, Hit, Mode, SearchResult, Why
from kb.search.intent import Intent, corrected, literal_intent, read_intent
from kb.search.lexical import Known, Statistics, WordIndex
from kb.search.lexical_files import WordFiles
from kb.search.listing import among, listed, narrowed
from kb.search.relevance import FLOOR, WEAK, Evidence, answers, relevance, source
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
SAME_SHOWN = 20
"""So many of the records that say the same words as a hit are named beside it."""
SURE = 0.75
_SLOW = 20_000
"""Among so many passages new words are suggested a change later, as counting them takes long."""

TURNS = 2
"""So many searches work at once: more threads only take Python from each other."""

_REPEATED = re.compile(r"(?:(.)\1{2,}\s*)+")
T = TypeVar("T")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_UNREADABLE = frozenset({"Cc", "Cs", "Cn", "Co"})


@dataclass(frozen=True, slots=True)
class Arranged:
    """How hits are to be given: their order, one a document, counted by facets.

    `without` is the key of an entry that is not wanted. `literal` takes the question as it was
    typed: no kind, body, place or year is read out of it, and nothing is corrected.
    """

    sort: Sort = "relevance"
    by_document: bool = False
    facets: bool = False
    without: int | None = None
    literal: bool = False

    @property
    def plain(self) -> bool:
        """Whether hits are wanted as they come, the best first."""
        return self.sort == "relevance" and not self.by_document and not self.facets


BEST_FIRST = Arranged()
"""The best first, whatever document they are of."""


class Searcher:
    """Answers queries over one store.

    `nearest` gives the meaning index when it is needed, and may be slow the first time.
    """

    def __init__(self, store: Store, nearest: Callable[[], Nearest]) -> None:
        self.store = store
        self._nearest = nearest
        self.shelf = WordFiles(store)
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
        floor: float | None = None,
        arranged: Arranged = BEST_FIRST,
    ) -> SearchResult:
        """Answer a query; see `KnowledgeBase.search`."""
        began = time.perf_counter()
        _check(mode, limit, offset)
        asked = readable(query[:LONGEST_QUERY])
        intent = self.intent(asked, mode, literal=arranged.literal)
        if mode in ("smart", "meaning") and _says(intent.subject):
            self._nearest().encode(intent.subject)  # together with others', before the turn
        with self._turns:
            judged = self.judge(asked, mode, filters, intent) if squeeze(asked) else []
            good = self._answers(judged, intent, mode, floor)
            suggestion = None
            if mode != "exact" and (not good or good[0].relevance < SURE):
                suggestion = self._suggestion(asked)
            if suggestion and not arranged.literal:
                good, intent = self._mended(suggestion, mode, filters, floor, (good, intent))
            good, more, same, counted = self._arranged(good, arranged)
            shown = good[offset : offset + limit]
            hits = self._hits(intent, mode, shown, more, same)
        took = (time.perf_counter() - began) * 1000
        understood = None if mode == "exact" or arranged.literal else intent
        weak = bool(good) and max(one.relevance for one in good) < FLOOR
        return SearchResult(
            query,
            mode,
            hits,
            len(good),
            took,
            suggestion,
            facets=counted,
            understood=understood,
            weak=weak,
        )

    def intent(self, query: str, mode: Mode = "smart", *, literal: bool = False) -> Intent:
        """Return what a question asks for; all of it is the subject where it is literal."""
        if literal or mode == "exact":
            return literal_intent(query)
        return read_intent(query, self._known_bodies())

    def _mended(
        self,
        suggestion: str,
        mode: Mode,
        filters: Filters,
        floor: float | None,
        so_far: tuple[list[Judged], Intent],
    ) -> tuple[list[Judged], Intent]:
        """Return the answers to what was probably meant, where they are surer than those so far."""
        good, _ = so_far
        meant = self.intent(suggestion, mode)
        judged = self.judge(suggestion, mode, filters, meant)
        better = self._answers(judged, meant, mode, floor)
        if not better or (good and better[0].relevance <= good[0].relevance):
            return so_far
        return better, corrected(meant, suggestion)

    def _answers(
        self, judged: list[Judged], intent: Intent, mode: Mode, floor: float | None
    ) -> list[Judged]:
        """Return what is an answer of what was judged; nothing where nothing is.

        Where no floor is asked for, and the question's vector is one that the learnt decision
        can read, it decides whether there is an answer, however weak the best one is.
        """
        relevances = [one.relevance for one in judged]
        if floor is None and mode in ("smart", "meaning") and _says(intent.subject):
            nearest = self._nearest()
            if weights_of(nearest.fingerprint) == learnt().fingerprint:
                question = nearest.encode(intent.subject)[0]
                if learnt().probability(question, judged) < EVEN:
                    return []
                return judged[: answers(relevances, WEAK)]
        return judged[: answers(relevances, FLOOR if floor is None else floor)]

    def _arranged(
        self, judged: list[Judged], asked: Arranged
    ) -> tuple[list[Judged], dict[int, int], dict[int, list[int]], Facets | None]:
        """Order and group what was found, without what the asker has already seen.

        Return the first of equal texts (or of a document), how many more its document has,
        and the further entries that say the same words.
        """
        if asked.without is not None:
            judged = [one for one in judged if one.entry != asked.without]
        if asked.plain:
            first, same = texts_once(judged)
            return first, {}, same, None
        by_entry = {one.entry: one for one in judged}
        rows = described(self.store.connection, list(by_entry))
        entries = ordered(rows, [key for key in by_entry if key in rows], asked.sort)
        counted = facets(rows.values()) if asked.facets else None
        if asked.by_document:
            more = first_of_documents(rows, entries)
            return [by_entry[key] for key in more], more, {}, counted
        first, same = texts_once([by_entry[key] for key in entries])
        return first, {}, same, counted

    def judge(
        self, query: str, mode: Mode, filters: Filters, intent: Intent | None = None
    ) -> list[Judged]:
        """Judge every record that may answer, the likeliest first."""
        within = self.store.where(filters)
        if mode == "exact":
            exact = [Candidate(key) for key in self._words.exact(query, within)]
            rows = self._entries(exact, within)
            return [Judged(row["key"], one, Evidence(), 1.0) for one, row in rows]
        intent = intent or self.intent(query, mode)
        loosely = self.store.where(replace(filters, rejected=True))  # few are; cheap to drop last
        if intent.subject:
            candidates = self._candidates(intent, mode, loosely)
        else:
            passages = listed(self.store.connection, intent, within)
            candidates = [Candidate(key) for key in passages]
        fits = Fits(intent)
        judged = []
        for candidate, row in self._entries(candidates, within):
            evidence = candidate.evidence(fits.of(row), listed=not intent.subject)
            judged.append(Judged(row["key"], candidate, evidence, relevance(evidence)))
        return sorted(judged, key=lambda one: (-one.relevance, one.entry))

    def _candidates(self, intent: Intent, mode: Mode, within: Condition) -> list[Candidate]:
        query = intent.subject
        narrow = narrowed(intent, within)
        if mode == "meaning":
            if not _says(query):
                return []
            near = self._near(query, [], within, nearly=False)
            if narrow:
                near |= self._near(query, [], narrow, nearly=False)
            return [Candidate(key, None, one) for key, one in near.items()]
        understood = self._words.understand(query)
        keys = dict.fromkeys(self._words.search(understood, within))
        if narrow:
            keys |= dict.fromkeys(self._words.search(understood, narrow))
        near = {}
        if mode == "smart" and _says(query):
            near = self._near(query, list(keys), within, nearly=True)
            if narrow:
                near |= self._near(query, [], narrow, nearly=False)
        keys |= dict.fromkeys(near)
        matches = self._words.weigh(understood, keys)
        return [
            Candidate(key, match, near.get(key))
            for key, match in matches.items()
            if match.shared or key in near
        ]

    def _near(
        self, query: str, besides: Sequence[int], within: Condition, *, nearly: bool
    ) -> dict[int, Near]:
        nearest = self._nearest()
        near = nearest.search(query, CANDIDATES, within, nearly=nearly)
        near.update(nearest.cosines(query, [key for key in besides if key not in near]))
        return near

    def _entries(
        self, candidates: Sequence[Candidate], within: Condition
    ) -> list[tuple[Candidate, sqlite3.Row]]:
        """Write passages out as the records that say them, passages in their order."""
        by_passage = {one.passage: one for one in candidates}
        rank = {passage: place for place, passage in enumerate(by_passage)}
        where, values = within
        rows = self.store.connection.execute(
            f"select e.key, e.passage, {Fits.columns} from {Fits.tables} "
            f"where {where} and {among('e.passage', rank)} limit ?",
            [*values, *rank, MOST_ENTRIES],
        ).fetchall()
        rows.sort(key=lambda row: (rank[row["passage"]], row["key"]))
        return [(by_passage[row["passage"]], row) for row in rows]

    def _hits(
        self,
        intent: Intent,
        mode: Mode,
        shown: Sequence[Judged],
        more: Mapping[int, int],
        same: Mapping[int, Sequence[int]],
    ) -> tuple[Hit, ...]:
        """Return what people see of some judged records."""
        wanted = [
            key for one in shown for key in (one.entry, *same.get(one.entry, ())[:SAME_SHOWN])
        ]
        records = self.store.records(wanted)
        hits = []
        for one in shown:
            if one.entry not in records:
                continue
            others = same.get(one.entry, ())
            alike = tuple(records[key] for key in others[:SAME_SHOWN] if key in records)
            hit = self._hit(intent.subject, mode, one, records[one.entry], more.get(one.entry))
            hits.append(replace(hit, same=alike, more_same=len(others)))
        return tuple(hits)

    def _hit(self, query: str, mode: Mode, judged: Judged, record: Stored, more: int | None) -> Hit:
        candidate, evidence = judged.candidate, judged.evidence
        terms = candidate.words.terms if candidate.words else ()
        closest = self._closest(candidate)
        why = Why(terms, closest, evidence.cosine, evidence.coverage)
        slices = _slices(record.text, query, mode, terms)
        return Hit(record, judged.relevance, source(evidence), why, slices, more)

    def _closest(self, candidate: Candidate) -> str | None:
        """Return which phrase of a passage that says several things is nearest in meaning."""
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
            result: str | None = kept[1].suggest(query)
            return result
        return self._of_generation("suggester", Suggester).suggest(query)

    def _of_generation(self, name: str, make: Callable[[sqlite3.Connection], T]) -> T:
        """Keep what is derived from the store until the store changes."""
        generation = self.store.generation
        kept = self._derived.get(name)
        if kept is None or kept[0] != generation:
            kept = self._derived[name] = (generation, make(self.store.connection))
        result: T = kept[1]
        return result

    @property
    def _words(self) -> WordIndex:
        return WordIndex(self.store.connection, self._of_generation("words", self._known))

    def _known(self, connection: sqlite3.Connection) -> Known:
        stated = Statistics.of(connection)
        return Known(stated, self.shelf.postings(stated.passages, stated.length))


def readable(query: str) -> str:
    """Take out of a query what nobody can mean: control characters, halves of characters.

    Thai digits become Arabic, so that ๒๕๖๗ and 2567 mean the same to the model too.
    """
    kept = (char if unicodedata.category(char) not in _UNREADABLE else " " for char in query)
    return " ".join("".join(kept).translate(_DIGITS).split())


def _says(query: str) -> bool:
    """Return whether a query can have a meaning: letters, and not each repeated over and over.

    To a model กกกกก lies near everything; words and parts of words may still be looked up.
    """
    return any(char.isalpha() for char in query) and not _REPEATED.fullmatch(query)


def _slices(text: str, query: str, mode: Mode, terms: tuple[str, ...]) -> tuple[Slice, ...]:
    if mode == "exact":
        return phrase_slices(text, query)
    return word_slices(text, set(terms)) if terms else ()


def _check(mode: str, limit: int, offset: int) -> None:
    if mode not in MODES:
        raise UsageError("mode-unknown", value=mode, choices=", ".join(MODES))
    if limit < 1 or offset < 0:
        raise UsageError("limit-invalid", value=limit if limit < 1 else offset)
