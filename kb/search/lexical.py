"""The word index: FTS5 over segmented text, inside the store and right by transaction.

FTS5 finds candidates, and postings (`kb.search.postings`) among the many passages of a large
store; what a candidate shares with the query is then weighed here: words,
runs of four characters (blind to where words begin), and concepts of the lexicon. Every
score is the share of the query that a passage has, in [0, 1], and so means the same for
every query.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import compress
from typing import NamedTuple, TypeVar

from ingest.thai.fold import fold
from kb.reference.concepts import lexicon
from kb.search.postings import CONCEPT, K1, MORE, B, Mask, Postings, keys_within
from kb.store.filters import Condition
from kb.store.passages import squeeze, terms

MOST_TERMS, MOST_GRAMS = 48, 160
CANDIDATES, PHRASES = 80, 500
COMMON = 0.25
GRAM = 4
_CONDITIONS = 32
_KEPT = 20_000
_EVERYTHING: Condition = ("1", [])
T = TypeVar("T")


@cache
def function_words() -> frozenset[str]:
    """Load the words that tell nothing of what a query is about (`corpora/names`)."""
    text = (files("corpora") / "names" / "function_words.txt").read_text("utf-8")
    listed = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(fold(word) for line in listed for word in line.split())


@dataclass(frozen=True, slots=True)
class Term:
    """A word or concept of the query, in how many passages it stands, and its idf.

    `part` tells that it is to be found inside other words too.
    """

    text: str
    passages: int
    weight: float
    part: bool = False


@dataclass(frozen=True, slots=True)
class WordQuery:
    """A query as the word index understands it."""

    terms: tuple[Term, ...]
    concepts: tuple[Term, ...]
    themes: frozenset[str]
    grams: tuple[str, ...]


class WordMatch(NamedTuple):
    """What a passage shares with a query, every score in [0, 1].

    `coverage` is the share of the query's weight whose words the passage has, `bm25` the
    usual score divided by the best there could be, `grams` the share of its runs of four
    characters, `concepts` and `themes` those of its concepts and their themes. `terms` are
    the query's words found.
    """

    passage: int
    coverage: float
    bm25: float
    grams: float
    concepts: float
    themes: float
    terms: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Return whether the passage shares a word or a concept with the query."""
        return bool(self.terms) or self.concepts > 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many passages there are, and how many words they have on average."""

    passages: int
    length: float

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> Statistics:
        """Count the passages; the length is that of the last 500."""
        row = connection.execute(
            "select avg(length(words) - length(replace(words, ' ', '')) + 1) from "
            "(select words from passages order by key desc limit 500)"
        ).fetchone()
        total = connection.execute("select count(*) from passages").fetchone()[0]
        return cls(int(total), float(row[0] or 1.0))


@dataclass(slots=True)
class Known:
    """What is worked out once for a state of the store and used by many searches."""

    statistics: Statistics
    postings: Postings = field(default_factory=Postings)
    counts: dict[str, int] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[int]] = field(default_factory=dict)
    allowed: dict[tuple[object, ...], list[Mask]] = field(default_factory=dict)


class WordIndex:
    """Looks passages up by their words; `connection` is the store's."""

    def __init__(self, connection: sqlite3.Connection, known: Known | None = None) -> None:
        self._connection = connection
        self._known = known or Known(Statistics.of(connection))
        self._statistics = self._known.statistics
        self._postings = self._known.postings

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return self._statistics.passages

    def understand(self, query: str) -> WordQuery:
        """Cut a query into words, concepts and runs of characters, and weigh them.

        At most the 48 rarest words are used.
        """
        total = self._statistics.passages
        stated = dict.fromkeys(terms(query))
        telling = [text for text in stated if text not in function_words()] or list(stated)
        words = [self._term(text, total) for text in telling]
        words.sort(key=lambda term: -term.weight if term.passages else 1.0)
        named = lexicon().find(query)
        concepts = tuple(self._concept(concept, total) for concept in sorted(named))
        return WordQuery(
            tuple(words[:MOST_TERMS]), concepts, lexicon().themes_of(named), _grams(squeeze(query))
        )

    def search(
        self, query: WordQuery, within: Condition = _EVERYTHING, limit: int = CANDIDATES
    ) -> list[int]:
        """Find the passages that share most words and concepts with a query.

        `within` is SQL over `entries e` that one of the passage's entries must fulfil.
        """
        most = max(COMMON * self._statistics.passages, 20)
        words = _rare((term for term in query.terms if not term.part), most)
        concepts = _rare(query.concepts, most)
        pieces = [term for term in query.terms if term.part]
        if self._postings.parts:
            words += [term for piece in pieces for term in self._terms_with(piece)]
            pieces = [piece for piece in pieces if not self._words_with(piece.text)]
            result = self._by_postings(words, concepts, within, limit)
        else:
            result = self._by_words(words, concepts, within, limit)
        inside = [key for piece in pieces for key in self._inside(piece.text, within, limit)]
        return list(dict.fromkeys([*result, *inside[:limit]]))

    def weigh(self, query: WordQuery, passages: Iterable[int]) -> dict[int, WordMatch]:
        """Return what each of the passages shares with a query."""
        keys = list(passages)
        rows = self._connection.execute(
            "select key, words, more_words, concepts, squeezed from passages "
            f"where key in ({', '.join('?' * len(keys))})",
            keys,
        ).fetchall()
        grams = _shared_grams(query.grams, [row["squeezed"] for row in rows])
        scale = _Scale(query, self._statistics.length)
        return {
            row["key"]: scale.weighed(row, shared) for row, shared in zip(rows, grams, strict=True)
        }

    def exact(
        self, phrase: str, within: Condition = _EVERYTHING, limit: int = PHRASES
    ) -> list[int]:
        """Find the passages that contain a phrase, the shortest first; blanks do not count."""
        wanted = squeeze(phrase)
        if not wanted:
            return []
        result = self._with_text(wanted, within, limit)
        rows = self._connection.execute(
            f"select key from passages where key in ({', '.join('?' * len(result))}) "
            "and instr(squeezed, ?) order by length(squeezed), key limit ?",
            [*result, wanted, limit],
        )
        return [row["key"] for row in rows]

    def passages_with(self, word: str) -> int:
        """Return in how many passages a word or concept stands."""
        find = self._postings.passages_with if self._postings.parts else self._told
        return _once(self._known.counts, word, find)

    def _told(self, word: str) -> int:
        row = self._connection.execute(
            "select doc from passage_terms where term = ?", (word.removeprefix(CONCEPT),)
        ).fetchone()
        return int(row["doc"]) if row else 0

    def _term(self, text: str, total: int) -> Term:
        whole = self.passages_with(text)
        if whole and len(text) > 2:
            return Term(text, whole, _idf(whole, total))
        inside = min(self._passages_inside(text), total)
        return Term(text, inside, _idf(inside, total), part=inside > whole)

    def _passages_inside(self, text: str) -> int:
        """Return in how many passages a piece of text stands, inside words too; about how many."""
        known = sum(map(self._postings.passages_with, self._words_with(text)))
        return known or len(self._inside(text, _EVERYTHING, CANDIDATES))

    def _concept(self, concept: str, total: int) -> Term:
        passages = self.passages_with(f"{CONCEPT}{concept}")
        return Term(concept, passages, _idf(passages, total))

    def _terms_with(self, piece: Term) -> list[Term]:
        """Give the words that have a piece inside; each counts half."""
        words = self._words_with(piece.text)
        return [Term(word, piece.passages, piece.weight / 2) for word in words]

    def _words_with(self, piece: str) -> list[str]:
        """List words of the postings that have a piece inside; looked for once."""
        return _once(self._known.words, piece, self._postings.words_with)

    def _inside(self, text: str, within: Condition, limit: int) -> list[int]:
        """Find passages that have a piece of text; where none has, it is looked for once."""
        result = _once(
            self._known.texts, text, lambda text: self._with_text(text, _EVERYTHING, CANDIDATES)
        )
        if not result or (within[0] == "1" and limit <= CANDIDATES):
            return result[:limit]
        return self._with_text(text, within, limit)

    def _by_postings(
        self, words: Sequence[Term], concepts: Sequence[Term], within: Condition, limit: int
    ) -> list[int]:
        wanted = [(term.text, term.weight) for term in words]
        wanted += [(f"{CONCEPT}{term.text}", term.weight / 2) for term in concepts]
        allowed = self._allowed(within)
        return self._living(lambda: self._postings.search(wanted, allowed, limit))

    def _by_words(
        self, words: Sequence[Term], concepts: Sequence[Term], within: Condition, limit: int
    ) -> list[int]:
        asked = (_any("words more_words", words), _any("concepts", concepts))
        expression = " OR ".join(part for part in asked if part)
        if not expression:
            return []
        where, values = _inside(within, "passage_words.rowid")
        rows = self._connection.execute(
            "select rowid from passage_words where passage_words match ? "
            f"and {where} order by bm25(passage_words, 1.0, {MORE}, 0.5), rowid limit ?",
            [expression, *values, limit],
        )
        return [row["rowid"] for row in rows]

    def _with_text(self, wanted: str, within: Condition, limit: int) -> list[int]:
        """Find passages that have a piece of text, the shortest first."""
        if self._postings.parts:
            allowed = self._allowed(within)
            return self._living(lambda: self._postings.with_text(wanted, allowed, limit))
        where, values = _inside(within)
        rows = self._connection.execute(
            f"select p.key from passages p where instr(p.squeezed, ?) and {where} "
            "order by length(p.squeezed), p.key limit ?",
            [wanted, *values, limit],
        )
        return [row["key"] for row in rows]

    def _living(self, find: Callable[[], list[int]]) -> list[int]:
        """Find passages, and again without those that have gone where any of them has."""
        result = find()
        row = self._connection.execute(
            f"select count(*) from passages where key in ({', '.join('?' * len(result))})", result
        ).fetchone()
        if row[0] == len(set(result)):
            return result
        self._postings.remove_deleted(self._connection)
        return find()

    def _allowed(self, within: Condition) -> list[Mask] | None:
        where, values = within
        if where == "1":
            return None
        name = (where, *values)
        allowed = self._known.allowed
        if name not in allowed:
            if len(allowed) >= _CONDITIONS:
                allowed.pop(next(iter(allowed)), None)
            allowed[name] = self._postings.masks(keys_within(self._connection, where, values))
        return allowed[name]


def _once(kept: dict[str, T], name: str, find: Callable[[str], T]) -> T:
    """Find something out, or remember it."""
    result = kept.get(name)
    if result is None:
        if len(kept) >= _KEPT:
            kept.clear()
        result = kept[name] = find(name)
    return result


class _Scale:
    """Weighs passages against one query; what many of them share is worked out once."""

    def __init__(self, query: WordQuery, average: float) -> None:
        self._terms = [(f" {term.text} ", term) for term in query.terms]
        self._whole = sum(term.weight for term in query.terms) or 1.0
        self._average = average
        self._concepts = {concept.text: concept.weight for concept in query.concepts}
        self._named = sum(self._concepts.values())
        self._themes = query.themes
        self._shares: dict[str, tuple[float, float]] = {}

    def weighed(self, row: sqlite3.Row, grams: float) -> WordMatch:
        """Return what a passage shares with the query."""
        key, words, more, concepts, squeezed = row
        words, more = f" {words} ", f" {more} " if more else ""
        norm = K1 * (1 - B + B * (words.count(" ") - 1) / self._average)
        covered = scored = 0.0
        shared: list[str] = []
        for as_word, term in self._terms:
            times: float = words.count(as_word)
            if more and as_word in more:
                times += MORE
            if not times and term.part and term.text in squeezed:
                times = 0.5
            if times:
                shared.append(term.text)
                covered += term.weight
                scored += term.weight * times / (times + norm)
        if concepts not in self._shares:
            self._shares[concepts] = self._shared(concepts)
        bm25 = min(1.0, scored / self._whole)
        return WordMatch(
            key, covered / self._whole, bm25, grams, *self._shares[concepts], tuple(shared)
        )

    def _shared(self, concepts: str) -> tuple[float, float]:
        """Return the shares of the query's concepts, by weight, and of its themes."""
        if not concepts or not self._concepts:
            return 0.0, 0.0
        own = concepts.split(" ")
        part = sum(self._concepts.get(concept, 0.0) for concept in own)
        themes = self._themes & lexicon().themes_of(own) if self._themes else ()
        return part / self._named, len(themes) / max(1, len(self._themes))


def _grams(squeezed: str) -> tuple[str, ...]:
    runs = (squeezed[at : at + GRAM] for at in range(max(1, len(squeezed) - GRAM + 1)))
    return tuple(dict.fromkeys(runs))[:MOST_GRAMS]


def _shared_grams(grams: Sequence[str], texts: Sequence[str]) -> list[float]:
    """Return for each text the share of the runs it has, weighed by how few texts have them."""
    result = [[gram in text for gram in grams] for text in texts]
    weights = [_idf(sum(column), len(texts)) for column in zip(*result, strict=True)]
    whole = sum(weights) or 1.0
    return [sum(compress(weights, row)) / whole for row in result]


def _rare(wanted: Iterable[Term], most: float) -> list[Term]:
    """Leave out what stands nowhere, and what is common unless all is."""
    result = [term for term in wanted if term.passages]
    return [term for term in result if term.passages <= most] or result


def _any(columns: str, wanted: Sequence[Term]) -> str:
    """Write an FTS5 expression for any of some terms."""
    listed = " OR ".join(f'"{term.text}"' for term in wanted)
    return f"({{{columns}}} : ({listed}))" if listed else ""


def _idf(passages: int, total: int) -> float:
    passages = min(passages, total)  # postings count what has gone since
    return math.log(1 + (total - passages + 0.5) / (passages + 0.5))


def _inside(within: Condition, column: str = "p.key") -> Condition:
    where, values = within
    if where == "1":
        return "1", []
    # the plus keeps SQLite from asking the index row by row
    return f"+{column} in (select e.passage from entries e where {where})", values
