"""How well a record fits what a question asks for besides its subject."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from kb.reference.concepts import lexicon
from kb.search.intent import Intent
from kb.store.passages import squeeze

_NUMBER = re.compile(r"(?<![\d.,])(\d{1,6})(?![\d.,]*\d)")
_VILLAGE = re.compile(r"(?:หมู่บ้านที่|หมู่ที่|หมู่|ม\.)(\d{1,2})(?!\d)")
_PER_YEAR, _LEAST_YEAR = 0.1, 0.5
"""A record of more years than were asked for fits less by each, but half at least."""
_CHARACTERS = 400
"""A question of more characters is a text of its own, and its numbers are no request."""


class Fit(NamedTuple):
    """How a record fits, each 1 where it does, -1 where it does not, 0 where nothing is known.

    A record of the years asked for fits better than one of a whole plan around them.
    `refused` is 1 where the record has a word that the question refuses, else 0.
    """

    kind: float = 0.0
    body: float = 0.0
    year: float = 0.0
    place: float = 0.0
    number: float = 0.0
    refused: float = 0.0


class Fits:
    """Judges records by one question's intent; `columns` are what it reads of a record."""

    columns = "e.kind, e.organisation, e.year_from, e.year_to, p.squeezed, p.concepts, r.place"
    tables = "entries e join passages p on p.key = e.passage left join projects r on r.key = e.key"

    def __init__(self, intent: Intent) -> None:
        self._intent = intent
        subject = squeeze(intent.subject[:_CHARACTERS])
        self._villages = frozenset(_VILLAGE.findall(subject))
        self._numbers = frozenset(_NUMBER.findall(_VILLAGE.sub("", subject)))
        self._places = tuple(squeeze(place) for place in intent.places)
        own = lexicon().find(intent.subject)
        named = (lexicon().find(word) for word in intent.refused)
        self._refused = frozenset(concept for some in named for concept in some) - own

    def of(self, row: sqlite3.Row) -> Fit:
        """Return how a record fits."""
        intent, text = self._intent, row["squeezed"]
        return Fit(
            intent.kind_fits(row["kind"]),
            intent.body_fits(row["organisation"]),
            self._year(row["year_from"], row["year_to"]),
            self._place(row),
            self._number(text),
            float(self._is_refused(text, row["concepts"])),
        )

    def _year(self, first: int | None, last: int | None) -> float:
        asked = self._intent.years
        if asked is None or first is None or last is None:
            return 0.0
        if last < asked[0] or asked[1] < first:
            return -1.0
        beyond = max(0, asked[0] - first) + max(0, last - asked[1])
        return max(_LEAST_YEAR, 1.0 - _PER_YEAR * beyond)

    def _place(self, row: sqlite3.Row) -> float:
        if not self._places:
            return 0.0
        where = row["squeezed"] + squeeze(row["place"] or "")
        if all(place in where for place in self._places):
            return 1.0
        return 0.8 if row["organisation"] in self._intent.placed else -1.0

    def _number(self, text: str) -> float:
        villages = _agreement(self._villages, _VILLAGE.findall(text))
        if villages or not self._numbers:
            return villages
        return _agreement(self._numbers, _NUMBER.findall(text))

    def _is_refused(self, text: str, concepts: str) -> bool:
        if any(word in text for word in self._intent.refused):
            return True
        return not self._refused.isdisjoint(concepts.split(" "))


def _agreement(asked: frozenset[str], present: Sequence[str]) -> float:
    """Return 1 where every number asked for is there, -1 where others are, 0 where none is."""
    if not asked or not present:
        return 0.0
    return 1.0 if asked.issubset(present) else -1.0
