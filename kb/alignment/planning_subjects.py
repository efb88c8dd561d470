"""Subjects of planning: how plans name them, and the plain works by which people serve them.

The table is data (`corpora/names/planning_subjects.tsv`). A statement has a subject where it uses
the plans' words for it; a proposal also where it names one of the works. Terms of up to three
letters count only as whole words, since ปู occurs in ปูน.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from ingest.thai.words import segment
from kb.arrays import Matrix
from kb.reference.concepts import squeeze_term
from kb.reference.tables import table_rows

_SHORT = 3
"""Letters of the longest term that counts only as a whole word."""

_MOST_TERMS = 3
"""Terms of one subject that are counted in a text."""


@dataclass(frozen=True, slots=True)
class PlanningSubject:
    """A subject: the words of plans for it, and the works that serve it, in folded form."""

    name: str
    plans_say: tuple[str, ...]
    works_say: tuple[str, ...]


@cache
def planning_subjects() -> tuple[PlanningSubject, ...]:
    """Return the subjects in the order of the table."""
    return tuple(
        PlanningSubject(row["subject"], _terms(row["plans_say"]), _terms(row["works_say"]))
        for row in table_rows("names/planning_subjects.tsv")
    )


def statement_subjects(texts: Sequence[str]) -> Matrix:
    """Return which subjects statements name, shape (texts, subjects), 0 or 1."""
    rows = [[bool(terms) for terms in _statement_terms(text)] for text in texts]
    return np.array(rows, dtype=np.float64).reshape(len(texts), len(planning_subjects()))


def work_subjects(texts: Sequence[str]) -> Matrix:
    """Return by how many terms proposals name each subject, 3 at most."""
    rows = [[min(len(terms), _MOST_TERMS) for terms in _work_terms(text)] for text in texts]
    return np.array(rows, dtype=np.float64).reshape(len(texts), len(planning_subjects()))


def shared_subject_terms(work: str, statement: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the terms of a work and of a statement that name the same subjects."""
    pairs = list(zip(_work_terms(work), _statement_terms(statement), strict=True))
    shared = [(ours, theirs) for ours, theirs in pairs if ours and theirs]
    return (
        tuple(dict.fromkeys(term for ours, _ in shared for term in ours)),
        tuple(dict.fromkeys(term for _, theirs in shared for term in theirs)),
    )


@lru_cache(maxsize=20_000)
def _statement_terms(text: str) -> tuple[tuple[str, ...], ...]:
    squeezed, words = _read(text)
    return tuple(_named(subject.plans_say, squeezed, words) for subject in planning_subjects())


@lru_cache(maxsize=20_000)
def _work_terms(text: str) -> tuple[tuple[str, ...], ...]:
    squeezed, words = _read(text)
    return tuple(
        _named((*subject.plans_say, *subject.works_say), squeezed, words)
        for subject in planning_subjects()
    )


def _read(text: str) -> tuple[str, frozenset[str]]:
    squeezed = squeeze_term(text)
    return squeezed, frozenset(segment(re.sub(r"\s+", " ", text)))


def _named(terms: Sequence[str], squeezed: str, words: frozenset[str]) -> tuple[str, ...]:
    named = [term for term in terms if (term in words if len(term) <= _SHORT else term in squeezed)]
    return tuple(term for term in named if not any(term != one and term in one for one in named))


def _terms(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(squeeze_term(term) for term in cell.split(";")))
