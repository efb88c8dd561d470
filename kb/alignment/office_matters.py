"""What a proposal says of the office itself: its people, its books, and another level's works.

Terms are data: `corpora/names/office_matters.tsv` (matters of offices) and
`corpora/frameworks/level_duties.tsv` (works that the Decentralisation Act of B.E. 2542 and the
plan of B.E. 2543 leave to the nation or to the province).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from kb.arrays import Matrix
from kb.reference.concepts import squeeze_term
from kb.reference.tables import table_rows

MATTERS = ("officials", "perks", "bookkeeping", "office", "empty", "private")
"""Matters of offices, in the order of the columns of `matters_of`."""

_NATION, _PROVINCE, _LOCAL = 2, 1, 0
_LEVELS = {
    "sao": _LOCAL,
    "municipality": _LOCAL,
    "district": _LOCAL,
    "pao": _PROVINCE,
    "province": _PROVINCE,
    "province_group": _NATION,
    "ministry": _NATION,
    "department": _NATION,
    "nation": _NATION,
}


def matters_of(text: str) -> Matrix:
    """Return how many terms of each of `MATTERS` a text has (2 at most), shape (6,)."""
    squeezed = squeeze_term(text)
    counts = [sum(term in squeezed for term in _matters()[matter]) for matter in MATTERS]
    return np.minimum(np.array(counts, dtype=np.float64), 2)


def terms_of_matter(text: str, matter: str) -> tuple[str, ...]:
    """Return the terms of one of `MATTERS` that a text has."""
    squeezed = squeeze_term(text)
    return tuple(term for term in _matters()[matter] if term in squeezed)


def works_of_level(text: str) -> tuple[str, ...]:
    """Return the words that say a text's work is the province's or the nation's."""
    squeezed = squeeze_term(text)
    return tuple(
        term for level in (_NATION, _PROVINCE) for term in _duties()[level] if term in squeezed
    )


def is_empty_word(word: str) -> bool:
    """Return whether a word is part of a phrase that says nothing of what is done."""
    squeezed = squeeze_term(word)
    return any(squeezed in term for term in _matters()["empty"])


def level_needed(text: str) -> int:
    """Return whose work a text names: 0 any body's, 1 a province's, 2 the nation's."""
    squeezed = squeeze_term(text)
    for level in (_NATION, _PROVINCE):
        if any(term in squeezed for term in _duties()[level]):
            return level
    return _LOCAL


def level_of(organisation_kind: str | None) -> int:
    """Return the level of a body by its kind; a body of no known kind may do any work."""
    return _LEVELS.get(organisation_kind or "", _NATION)


@cache
def _matters() -> dict[str, tuple[str, ...]]:
    return {row["matter"]: _terms(row["terms"]) for row in table_rows("names/office_matters.tsv")}


@cache
def _duties() -> dict[int, tuple[str, ...]]:
    named = {"nation": _NATION, "province": _PROVINCE}
    rows = table_rows("frameworks/level_duties.tsv")
    return {named[row["level"]]: _terms(row["works"]) for row in rows}


def _terms(cell: str) -> tuple[str, ...]:
    return tuple(squeeze_term(term) for term in cell.split(";"))
