"""The word index: FTS5 over segmented text, inside the store and right by transaction.

FTS5 finds candidates; what a candidate shares with the query is then weighed here: words,
runs of four characters (blind to where words begin), and concepts of the lexicon. Every
score is the share of the query that a passage has, in [0, 1], and so means the same for
every query.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from kb.concepts import lexicon
from kb.filters import Condition
from kb.passages import squeeze, terms

MOST_TERMS, MOST_GRAMS = 48, 160
CANDIDATES = 120
COMMON = 0.25
GRAM = 4
MORE = 0.4
"""How much a word counts that stands in what explains the text."""

K1, B = 1.2, 0.75
"""The usual constants of Okapi BM25 (Robertson & Zaragoza 2009)."""

FUNCTION_WORDS = frozenset(
    "และ หรือ ของ ใน ที่ ซึ่ง อัน เพื่อ ให้ ได้ มี เป็น คือ อยู่ จาก ด้วย โดย กับ แก่ แด่ ต่อ ตาม ตลอดจน รวมทั้ง "
    "จะ แล้ว ก็ นี้ นั้น ไว้ ไป มา ทั้ง ถึง ยัง แต่ ว่า การ ความ อย่าง เกี่ยวกับ เรื่อง ทำ "
    "the of and for in to a".split()
)  # fmt: skip
"""Words that tell nothing of what a query is about; used only where there are no others."""

_EVERYTHING: Condition = ("1", [])


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


@dataclass(frozen=True, slots=True)
class WordMatch:
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
        """Tell whether the passage shares a word or a concept with the query."""
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


class WordIndex:
    """Looks passages up by their words; `connection` is the store's."""

    def __init__(
        self, connection: sqlite3.Connection, statistics: Statistics | None = None
    ) -> None:
        self._connection = connection
        self._statistics = statistics or Statistics.of(connection)

    def understand(self, query: str) -> WordQuery:
        """Cut a query into words, concepts and runs of characters, and weigh them.

        At most the 48 rarest words are used.
        """
        total = self._statistics.passages
        told = dict.fromkeys(terms(query))
        telling = [text for text in told if text not in FUNCTION_WORDS] or list(told)
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
        found = dict.fromkeys(self._by_words(query, within, limit))
        found.update(dict.fromkeys(self._by_parts(query, within, limit)))
        return list(found)

    def weigh(self, query: WordQuery, passages: Iterable[int]) -> dict[int, WordMatch]:
        """Tell what each of the passages shares with a query."""
        keys = list(passages)
        rows = self._connection.execute(
            "select key, words, more_words, concepts, squeezed from passages "
            f"where key in ({', '.join('?' * len(keys))})",
            keys,
        ).fetchall()
        grams = _shared_grams(query.grams, [row["squeezed"] for row in rows])
        average = self._statistics.length
        return {
            row["key"]: _weighed(query, row, average, shared)
            for row, shared in zip(rows, grams, strict=True)
        }

    def exact(
        self, phrase: str, within: Condition = _EVERYTHING, limit: int = CANDIDATES
    ) -> list[int]:
        """Find the passages that contain a phrase, the shortest first; blanks do not count."""
        wanted = squeeze(phrase)
        if not wanted:
            return []
        where, values = _inside(within)
        rows = self._connection.execute(
            f"select p.key from passages p where instr(p.squeezed, ?) and {where} "
            "order by length(p.squeezed), p.key limit ?",
            [wanted, *values, limit],
        )
        return [row["key"] for row in rows]

    def _term(self, text: str, total: int) -> Term:
        whole = self._passages_with(text)
        if whole and len(text) > 2:
            return Term(text, whole, _idf(whole, total))
        inside = self._connection.execute(
            "select count(*) from passages where instr(squeezed, ?)", (text,)
        ).fetchone()[0]
        return Term(text, inside, _idf(inside, total), part=inside > whole)

    def _concept(self, concept: str, total: int) -> Term:
        passages = self._passages_with(concept)
        return Term(concept, passages, _idf(passages, total))

    def _passages_with(self, text: str) -> int:
        row = self._connection.execute(
            "select doc from passage_terms where term = ?", (text,)
        ).fetchone()
        return int(row["doc"]) if row else 0

    def _by_words(self, query: WordQuery, within: Condition, limit: int) -> list[int]:
        most = max(COMMON * self._statistics.passages, 20)
        expression = _either(
            _any("words more_words", [each for each in query.terms if not each.part], most),
            _any("concepts", query.concepts, most),
        )
        if not expression:
            return []
        where, values = _inside(within, "passage_words.rowid")
        rows = self._connection.execute(
            "select rowid from passage_words where passage_words match ? "
            f"and {where} order by bm25(passage_words, 1.0, {MORE}, 0.5), rowid limit ?",
            [expression, *values, limit],
        )
        return [row["rowid"] for row in rows]

    def _by_parts(self, query: WordQuery, within: Condition, limit: int) -> list[int]:
        found: list[int] = []
        for term in query.terms:
            if term.part:
                found += self.exact(term.text, within, limit)
        return found[:limit]


def _weighed(query: WordQuery, row: sqlite3.Row, average: float, grams: float) -> WordMatch:
    words, more, squeezed = f" {row['words']} ", f" {row['more_words']} ", row["squeezed"]
    norm = K1 * (1 - B + B * (words.count(" ") - 1) / average)
    covered = scored = whole = 0.0
    shared: list[str] = []
    for term in query.terms:
        whole += term.weight
        as_word = f" {term.text} "
        times = words.count(as_word) + MORE * (as_word in more)
        if not times and term.part and term.text in squeezed:
            times = 0.5
        if times:
            shared.append(term.text)
            covered += term.weight
            scored += term.weight * times * (K1 + 1) / (times + norm)
    whole = whole or 1.0
    concepts, themes = _shared_concepts(query, row["concepts"])
    return WordMatch(
        row["key"], covered / whole, min(1.0, scored / (whole * (K1 + 1))), grams, concepts,
        themes, tuple(shared),
    )  # fmt: skip


def _shared_concepts(query: WordQuery, concepts: str) -> tuple[float, float]:
    """Return the shares of the query's concepts, by weight, and of its themes."""
    if not concepts or not query.concepts:
        return 0.0, 0.0
    own = concepts.split(" ")
    whole = sum(concept.weight for concept in query.concepts)
    part = sum(concept.weight for concept in query.concepts if concept.text in own)
    themes = query.themes & lexicon().themes_of(own) if query.themes else ()
    return part / whole, len(themes) / max(1, len(query.themes))


def _grams(squeezed: str) -> tuple[str, ...]:
    runs = (squeezed[at : at + GRAM] for at in range(max(1, len(squeezed) - GRAM + 1)))
    return tuple(dict.fromkeys(runs))[:MOST_GRAMS]


def _shared_grams(grams: Sequence[str], texts: Sequence[str]) -> list[float]:
    """Return for each text the share of the runs it has, weighed by how few texts have them."""
    found = [[gram in text for gram in grams] for text in texts]
    weights = [_idf(sum(column), len(texts)) for column in zip(*found, strict=True)]
    whole = sum(weights) or 1.0
    return [sum(compress(weights, row)) / whole for row in found]


def _any(columns: str, wanted: Iterable[Term], most: float) -> str:
    """Write an FTS5 expression for any of some terms; common ones only where all are."""
    found = [term for term in wanted if term.passages]
    rare = [term for term in found if term.passages <= most] or found
    listed = " OR ".join(f'"{term.text}"' for term in rare)
    return f"({{{columns}}} : ({listed}))" if listed else ""


def _either(*expressions: str) -> str:
    return " OR ".join(expression for expression in expressions if expression)


def _idf(passages: int, total: int) -> float:
    return math.log(1 + (total - passages + 0.5) / (passages + 0.5))


def _inside(within: Condition, column: str = "p.key") -> Condition:
    where, values = within
    if where == "1":
        return "1", []
    # the plus keeps SQLite from asking the index row by row
    return f"+{column} in (select e.passage from entries e where {where})", values
