"""The word index: FTS5 over segmented text, inside the store and right by transaction.

FTS5 finds candidates; what a candidate shares with the query is then weighed here, term by
term, so that a score means the same for every query: the share of the query's weight that
the passage covers. Terms too short or too odd to be words of their own are looked up as
parts of the text.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kb.filters import Condition
from kb.passages import squeeze, terms

MOST_TERMS = 48
CANDIDATES = 300
COMMON = 0.25
K1, B = 1.2, 0.75
"""The usual constants of Okapi BM25 (Robertson & Zaragoza 2009)."""

_EVERYTHING: Condition = ("1", [])


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the query, in how many passages it stands, and its weight (BM25's idf)."""

    text: str
    passages: int
    weight: float
    part: bool = False


@dataclass(frozen=True, slots=True)
class WordQuery:
    """A query as the word index understands it."""

    terms: tuple[Term, ...]
    squeezed: str

    @property
    def weight(self) -> float:
        """The weight of all its terms together."""
        return sum(term.weight for term in self.terms)


@dataclass(frozen=True, slots=True)
class WordMatch:
    """What a passage shares with a query.

    `coverage` is the share of the query's weight whose terms the passage has, `bm25` the
    usual score divided by the best any passage could have, both in [0, 1]. `terms` are the
    query's terms found.
    """

    passage: int
    coverage: float
    bm25: float
    terms: tuple[str, ...]


class WordIndex:
    """Looks passages up by their words; `connection` is the store's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def understand(self, query: str) -> WordQuery:
        """Cut a query into terms and weigh them; at most the 48 rarest are used."""
        total = self._total()
        found = [self._term(text, total) for text in dict.fromkeys(terms(query))]
        found.sort(key=lambda term: -term.weight if term.passages else 1.0)
        return WordQuery(tuple(found[:MOST_TERMS]), squeeze(query))

    def search(
        self, query: WordQuery, within: Condition = _EVERYTHING, limit: int = CANDIDATES
    ) -> list[WordMatch]:
        """Find the passages that share most with a query, best first.

        `within` is SQL over `entries e` that one of the passage's entries must fulfil.
        """
        keys = dict.fromkeys([
            *self._by_words(query, within, limit), *self._by_parts(query, within, limit)
        ])  # fmt: skip
        matches = self.weigh(query, keys)
        matches.sort(key=lambda match: (-match.bm25, match.passage))
        return matches[:limit]

    def weigh(self, query: WordQuery, passages: Iterable[int]) -> list[WordMatch]:
        """Tell what each of the passages shares with a query, those that share nothing left out."""
        keys = list(passages)
        if not keys or not query.terms:
            return []
        rows = self._connection.execute(
            "select key, words, more_words, squeezed from passages "
            f"where key in ({', '.join('?' * len(keys))})",
            keys,
        ).fetchall()
        average = self._average_length()
        matches = [_weighed(query, row, average) for row in rows]
        return [match for match in matches if match.terms]

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
        row = self._connection.execute(
            "select doc from passage_terms where term = ?", (text,)
        ).fetchone()
        whole = int(row["doc"]) if row else 0
        if whole and len(text) > 2:
            return Term(text, whole, _idf(whole, total))
        inside = self._connection.execute(
            "select count(*) from passages where instr(squeezed, ?)", (text,)
        ).fetchone()[0]
        return Term(text, inside, _idf(inside, total), part=inside > whole)

    def _by_words(self, query: WordQuery, within: Condition, limit: int) -> list[int]:
        found = [term for term in query.terms if term.passages and not term.part]
        rare = [term for term in found if term.passages <= COMMON * self._total()]
        expression = " OR ".join(f'"{term.text}"' for term in rare or found)
        if not expression:
            return []
        where, values = _inside(within, "passage_words.rowid")
        rows = self._connection.execute(
            "select rowid from passage_words where passage_words match ? "
            f"and {where} order by bm25(passage_words, 1.0, 0.4), rowid limit ?",
            [expression, *values, limit],
        )
        return [row["rowid"] for row in rows]

    def _by_parts(self, query: WordQuery, within: Condition, limit: int) -> list[int]:
        found: list[int] = []
        for term in query.terms:
            if term.part:
                found += self.exact(term.text, within, limit)
        return found

    def _total(self) -> int:
        return int(self._connection.execute("select count(*) from passages").fetchone()[0])

    def _average_length(self) -> float:
        row = self._connection.execute(
            "select avg(length(words) - length(replace(words, ' ', '')) + 1) from "
            "(select words from passages order by key desc limit 1000)"
        ).fetchone()
        return float(row[0] or 1.0)


def _weighed(query: WordQuery, row: sqlite3.Row, average: float) -> WordMatch:
    words = row["words"].split(" ")
    counted = Counter(words)
    more = Counter(row["more_words"].split(" "))
    norm = K1 * (1 - B + B * len(words) / average)
    covered = scored = 0.0
    shared: list[str] = []
    for term in query.terms:
        times = counted[term.text] + 0.4 * more[term.text]
        if not times and term.part and term.text in row["squeezed"]:
            times = 0.5
        if times:
            shared.append(term.text)
            covered += term.weight
            scored += term.weight * times * (K1 + 1) / (times + norm)
    whole = query.weight or 1.0
    return WordMatch(
        row["key"], covered / whole, min(1.0, scored / (whole * (K1 + 1))), tuple(shared)
    )


def _idf(passages: int, total: int) -> float:
    return math.log(1 + (total - passages + 0.5) / (passages + 0.5))


def _inside(within: Condition, column: str = "p.key") -> Condition:
    where, values = within
    if where == "1":
        return "1", []
    return f"{column} in (select e.passage from entries e where {where})", values
