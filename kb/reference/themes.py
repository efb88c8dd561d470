"""Themes: what a statement is about, by a taxonomy that is data.

The taxonomy (`corpora/themes/themes.tsv`) gives each theme a definition, examples and
evidence words: plain ones (terms) name the theme, those marked `~` (hints) only suggest it,
those marked `-` (traps) hold a word that would mislead (ลุ่มน้ำโขง is no water management).
Inside a longer word of the same theme, or a term of another, a shorter word does not count. A small
logistic model (`model.json`) turns the evidence into a probability. Vectors of meaning were
tried and add nothing to it (docs/comparison.md).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from ingest.thai.fold import fold
from ingest.thai.words import segment
from kb.reference.tables import table_rows, table_text

THEME_THRESHOLD = 0.5
"""A theme counts from this probability on."""

_LONGEST_SHORT = 4
"""Words of so few letters or fewer count only where words begin and end: วัด occurs in จังหวัด."""
_BEFORE, _AFTER = "(?<![เแโใไ])", "(?![ะ-ฺ็-๎])"


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject of development; `terms` name it, `hints` suggest it, `traps` mislead."""

    code: str
    thai: str
    english: str
    definition: str
    terms: frozenset[str]
    hints: frozenset[str]
    traps: frozenset[str]
    examples: tuple[str, ...]

    def to_dict(self) -> dict[str, str]:
        """Return the JSON form."""
        return {
            "code": self.code,
            "thai": self.thai,
            "english": self.english,
            "definition": self.definition,
        }


@dataclass(frozen=True, slots=True)
class ThemeMatch:
    """A theme of a text, by code, with its probability and the words that speak for it."""

    theme: str
    score: float
    evidence: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"theme": self.theme, "score": round(self.score, 3), "evidence": list(self.evidence)}


@lru_cache(maxsize=1)
def themes() -> tuple[Theme, ...]:
    """Return the taxonomy in its order."""
    return tuple(_theme(row) for row in table_rows("themes/themes.tsv"))


def _theme(row: Mapping[str, str]) -> Theme:
    listed = [fold(word.strip()) for word in row["evidence"].split(";")]
    return Theme(
        row["code"],
        row["thai"],
        row["english"],
        row["definition"],
        frozenset(word for word in listed if word[0] not in "~-"),
        frozenset(word[1:] for word in listed if word[0] == "~"),
        frozenset(word[1:] for word in listed if word[0] == "-"),
        tuple(row["examples"].split("|")),
    )


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the fitted weights of the evidence."""
    fitted: dict[str, float] = json.loads(table_text("themes/model.json"))
    return fitted


class ThemeEvidence(NamedTuple):
    """The words of a theme that a text has: terms name the theme, hints suggest it."""

    terms: tuple[str, ...]
    hints: tuple[str, ...]


@lru_cache(maxsize=8192)
def evidence(text: str) -> Mapping[str, ThemeEvidence]:
    """Return the evidence for each theme, by code, that a text has any word of."""
    spans = _spans(fold(text))
    by_theme = {}
    for theme in themes():
        own_words = theme.terms | theme.hints | theme.traps
        enclosing = [(a, b) for a, b, word in spans if word in own_words or word in _terms()]
        counted = [
            word
            for start, end, word in spans
            if word in own_words
            and word not in theme.traps
            and not any(a <= start and end <= b and (a, b) != (start, end) for a, b in enclosing)
        ]
        terms = tuple(dict.fromkeys(word for word in counted if word in theme.terms))
        hints = tuple(dict.fromkeys(word for word in counted if word not in theme.terms))
        if terms or hints:
            by_theme[theme.code] = ThemeEvidence(terms, hints)
    return by_theme


@lru_cache(maxsize=1)
def _terms() -> frozenset[str]:
    """Return the terms of all themes: inside one of them no other word counts."""
    return frozenset(word for theme in themes() for word in theme.terms)


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    longest = sorted(_spelling(), key=lambda word: (-len(word), word))
    return re.compile(f"{_BEFORE}(?=({'|'.join(map(re.escape, longest))}){_AFTER})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _spelling() -> dict[str, str]:
    known = {word for theme in themes() for word in theme.terms | theme.hints | theme.traps}
    return {word.casefold(): word for word in known}


@lru_cache(maxsize=1)
def _beginnings() -> dict[str, tuple[str, ...]]:
    """Return for each known word the known words that it begins with, itself first."""
    known = _spelling()
    return {
        word: tuple(word[:size] for size in range(len(word), 0, -1) if word[:size] in known)
        for word in known
    }


def _spans(text: str) -> list[tuple[int, int, str]]:
    """Return the known words of a text with their places; they may lie inside one another."""
    edges = {0, *accumulate(map(len, segment(text)))}
    after = re.compile(_AFTER)
    return [
        (start, start + len(word), _spelling()[word])
        for start, longest in ((m.start(1), m[1].casefold()) for m in _words().finditer(text))
        for word in _beginnings().get(longest, ())
        if after.match(text, start + len(word))
        and (len(word) > _LONGEST_SHORT or (start in edges and start + len(word) in edges))
    ]


def themes_of(text: str) -> tuple[ThemeMatch, ...]:
    """Return the themes of a text, likeliest first."""
    matches = []
    for code, words in evidence(text).items():
        score = probability(weights(), features(words))
        if score >= THEME_THRESHOLD:
            matches.append(ThemeMatch(code, score, words.terms + words.hints))
    return tuple(sorted(matches, key=lambda match: (-match.score, match.theme)))


def features(words: ThemeEvidence) -> dict[str, float]:
    """Return the model's features: terms (two at most count), hints (two at most)."""
    return {
        "bias": 1.0,
        "told": float(bool(words.terms)),
        "more": float(len(words.terms) > 1),
        "hints": min(len(words.hints), 2) / 2,
    }


def probability(fitted: Mapping[str, float], values: Mapping[str, float]) -> float:
    """Return the logistic model's probability for the values of its features."""
    return 1 / (1 + math.exp(-sum(fitted[name] * value for name, value in values.items())))
