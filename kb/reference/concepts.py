"""Concepts: what planning words mean, whichever of their synonyms is used.

The lexicon is data (`corpora/names/synonyms.tsv`, `abbreviations.tsv`): groups of terms
that mean nearly the same, each with a theme. A text has the concepts whose terms occur in
it. Short terms count only where words begin and end, since วัด occurs in จังหวัด.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.thai.fold import fold
from ingest.thai.words import segment
from kb.reference.tables import table_rows, table_text

_SYNONYMS, _ABBREVIATIONS = "names/synonyms.tsv", "names/abbreviations.tsv"
_LEAST_INSIDE = 5
"""Letters of the shortest term that counts inside a longer word."""

_START = 3
"""Letters of a term's beginning, by which terms are looked up; shorter terms are left out."""

_FORM_KINDS = frozenset({"time", "unit", "kind", "text"})
_FORM_THEMES = frozenset({"planning", ""})
"""Groups that name the form of a plan (พันธกิจ, ตัวชี้วัด), not what it is about."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms and the concepts they name; a concept's theme, "" where it has none."""

    terms: Mapping[str, tuple[str, ...]]
    themes: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]
    """Lengths of the terms that begin with three given characters, longest first."""

    def find(self, text: str) -> frozenset[str]:
        """Return the concepts a text names; longer terms hide the shorter ones inside them."""
        folded, edges = _squeezed(text)
        concepts: set[str] = set()
        place = 0
        while place < len(folded):
            term = self._at(folded, place, edges)
            if term:
                concepts.update(self.terms[term])
            place += len(term) or 1
        return frozenset(concepts)

    def themes_of(self, concepts: Iterable[str]) -> frozenset[str]:
        """Return the themes of some concepts."""
        return frozenset(self.themes.get(concept, "") for concept in concepts) - {""}

    def _at(self, folded: str, place: int, edges: frozenset[int]) -> str:
        for length in self.lengths.get(folded[place : place + _START], ()):
            term = folded[place : place + length]
            counts = length >= _LEAST_INSIDE or (place in edges and place + length in edges)
            if term in self.terms and counts:
                return term
        return ""


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of planning words."""
    groups: dict[str, tuple[str, list[str]]] = {}
    concept_of: dict[str, str] = {}
    for row in table_rows(_SYNONYMS):
        terms = [squeeze_term(term) for term in row["terms"].split(";")]
        concept = _name(terms[0])
        groups[concept] = (row["theme"], terms)
        concept_of.update(dict.fromkeys(terms, concept))
    for row in table_rows(_ABBREVIATIONS):
        if row["kind"] in _FORM_KINDS or (row["note"] or "").startswith("before "):
            continue
        short, long = squeeze_term(row["short"]), squeeze_term(row["long"])
        concept = concept_of.get(long) or _name(long)
        groups.setdefault(concept, ("", [long]))[1].append(short)
    return _lexicon(groups)


@cache
def lexicon_version() -> str:
    """Return eight digits of the lexicon's SHA-256; where they change concepts are stale."""
    digest = hashlib.sha256()
    for path in (_SYNONYMS, _ABBREVIATIONS):
        digest.update(table_text(path).encode())
    return digest.hexdigest()[:8]


def squeeze_term(text: str) -> str:
    """Return a term folded and without blanks."""
    return "".join(fold(text).split())


def _lexicon(groups: Mapping[str, tuple[str, list[str]]]) -> Lexicon:
    terms: dict[str, tuple[str, ...]] = {}
    lengths: dict[str, set[int]] = {}
    themes: dict[str, str] = {}
    for concept, (theme, group_terms) in groups.items():
        if theme in _FORM_THEMES and theme:
            continue
        themes[concept] = theme
        for term in group_terms:
            if len(term) >= _START and concept not in terms.get(term, ()):
                terms[term] = (*terms.get(term, ()), concept)
                lengths.setdefault(term[:_START], set()).add(len(term))
    return Lexicon(
        terms, themes, {start: tuple(sorted(own, reverse=True)) for start, own in lengths.items()}
    )


def _squeezed(text: str) -> tuple[str, frozenset[int]]:
    """Return a text folded and without blanks, and where its words begin and end in that."""
    pieces: list[str] = []
    edges, place = {0}, 0
    for token in segment(fold(text)):
        bare = "".join(token.split())
        pieces.append(bare)
        place += len(bare)
        edges.add(place)
    return "".join(pieces), frozenset(edges)


def _name(term: str) -> str:
    return "k" + hashlib.sha256(term.encode()).hexdigest()[:8]
