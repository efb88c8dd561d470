"""Concepts: what planning words stand for, whichever of their synonyms is used.

The lexicon is data (`corpora/names/synonyms.tsv`, `abbreviations.tsv`): groups of terms
that mean nearly the same, each with a theme. A text has the concepts whose terms stand in
it. Short terms count only where words begin and end, since วัด stands inside จังหวัด.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.thai.fold import fold
from ingest.thai.words import segment

_SHORT = 5
_START = 3
_FORM_KINDS = frozenset({"time", "unit", "kind", "text"})
_FORM_THEMES = frozenset({"planning", ""})
"""Groups that tell the form of a plan (พันธกิจ, ตัวชี้วัด), not what it is about."""


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
        found: set[str] = set()
        at = 0
        while at < len(folded):
            term = self._at(folded, at, edges)
            if term:
                found.update(self.terms[term])
            at += len(term) or 1
        return frozenset(found)

    def themes_of(self, concepts: Iterable[str]) -> frozenset[str]:
        """Return the themes of some concepts."""
        return frozenset(self.themes.get(concept, "") for concept in concepts) - {""}

    def _at(self, folded: str, at: int, edges: frozenset[int]) -> str:
        for length in self.lengths.get(folded[at : at + _START], ()):
            term = folded[at : at + length]
            whole = length >= _SHORT or (at in edges and at + length in edges)
            if term in self.terms and whole:
                return term
        return ""


@cache
def lexicon() -> Lexicon:
    """Load the lexicon of planning words."""
    groups: dict[str, tuple[str, list[str]]] = {}
    concept_of: dict[str, str] = {}
    for row in _rows("synonyms.tsv"):
        named = [squeeze_term(term) for term in row["terms"].split(";")]
        concept = _name(named[0])
        groups[concept] = (row["theme"], named)
        concept_of.update(dict.fromkeys(named, concept))
    for row in _rows("abbreviations.tsv"):
        if row["kind"] in _FORM_KINDS or (row["note"] or "").startswith("before "):
            continue
        short, long = squeeze_term(row["short"]), squeeze_term(row["long"])
        concept = concept_of.get(long) or _name(long)
        groups.setdefault(concept, ("", [long]))[1].append(short)
    return _lexicon(groups)


@cache
def lexicon_version() -> str:
    """Name the lexicon's content; another one means that concepts are found anew."""
    digest = hashlib.sha256()
    for name in ("synonyms.tsv", "abbreviations.tsv"):
        digest.update(_file(name).encode())
    return digest.hexdigest()[:8]


def squeeze_term(text: str) -> str:
    """Fold a term and take out its blanks."""
    return "".join(fold(text).split())


def _lexicon(groups: Mapping[str, tuple[str, list[str]]]) -> Lexicon:
    terms: dict[str, tuple[str, ...]] = {}
    lengths: dict[str, set[int]] = {}
    themes: dict[str, str] = {}
    for concept, (theme, named) in groups.items():
        if theme in _FORM_THEMES and theme:
            continue
        themes[concept] = theme
        for term in named:
            if len(term) >= _START and concept not in terms.get(term, ()):
                terms[term] = (*terms.get(term, ()), concept)
                lengths.setdefault(term[:_START], set()).add(len(term))
    return Lexicon(
        terms, themes, {start: tuple(sorted(many, reverse=True)) for start, many in lengths.items()}
    )


def _squeezed(text: str) -> tuple[str, frozenset[int]]:
    """Fold a text without blanks; tell where its words begin and end."""
    pieces: list[str] = []
    edges, at = {0}, 0
    for token in segment(fold(text)):
        bare = "".join(token.split())
        pieces.append(bare)
        at += len(bare)
        edges.add(at)
    return "".join(pieces), frozenset(edges)


def _name(term: str) -> str:
    return "k" + hashlib.sha256(term.encode()).hexdigest()[:8]


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(_file(name).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def _file(name: str) -> str:
    return (files("corpora") / "names" / name).read_text(encoding="utf-8")
