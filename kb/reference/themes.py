"""Themes: what a statement is about, by a taxonomy that is data.

The taxonomy (`corpora/themes/themes.tsv`) gives each theme a definition, examples and
evidence words: plain ones tell the theme, those marked `~` only hint at it, those marked
`-` hold a word that would mislead (ลุ่มน้ำโขง is no water management). Inside a longer word of
the same theme, or one that tells another, a shorter word does not count. A small
logistic model (`model.json`) turns the evidence into a probability. Vectors of meaning were
tried and add nothing to it (docs/comparison.md).
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from ingest.thai.fold import fold
from ingest.thai.words import segment

THEME_THRESHOLD = 0.5
"""A theme counts from this probability on."""

_DATA = files("corpora") / "themes"
_SHORT = 4
"""Words this short count only where words begin and end: วัด stands inside จังหวัด."""
_BEFORE, _AFTER = "(?<![เแโใไ])", "(?![ะ-ฺ็-๎])"


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject of development; `terms` tell it, `hints` suggest it."""

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
    """A theme of a text with its probability and the words that speak for it."""

    theme: str
    score: float
    evidence: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"theme": self.theme, "score": round(self.score, 3), "evidence": list(self.evidence)}


@lru_cache(maxsize=1)
def themes() -> tuple[Theme, ...]:
    """Return the taxonomy in its order."""
    text = (_DATA / "themes.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_theme(row) for row in rows)


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
    fitted: dict[str, float] = json.loads((_DATA / "model.json").read_text("utf-8"))
    return fitted


@lru_cache(maxsize=8192)
def evidence(text: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Find each theme's words in a text: those that tell it, and those that hint at it."""
    spans = _spans(fold(text))
    out = {}
    for theme in themes():
        own = theme.terms | theme.hints | theme.traps
        rivals = [(a, b) for a, b, word in spans if word in own or word in _terms()]
        held = [
            word
            for start, end, word in spans
            if word in own
            and word not in theme.traps
            and not any(a <= start and end <= b and (a, b) != (start, end) for a, b in rivals)
        ]
        told = tuple(dict.fromkeys(word for word in held if word in theme.terms))
        hinted = tuple(dict.fromkeys(word for word in held if word not in theme.terms))
        if told or hinted:
            out[theme.code] = (told, hinted)
    return out


@lru_cache(maxsize=1)
def _terms() -> frozenset[str]:
    """Return the words that tell some theme: inside one of them no other word counts."""
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
    """List the known words of a text with their places; they may lie inside one another."""
    edges = {0, *accumulate(map(len, segment(text)))}
    after = re.compile(_AFTER)
    return [
        (start, start + len(word), _spelling()[word])
        for start, longest in ((m.start(1), m[1].casefold()) for m in _words().finditer(text))
        for word in _beginnings().get(longest, ())
        if after.match(text, start + len(word))
        and (len(word) > _SHORT or (start in edges and start + len(word) in edges))
    ]


def themes_of(text: str) -> tuple[ThemeMatch, ...]:
    """Return the themes of a text, likeliest first."""
    found = []
    for code, (told, hinted) in evidence(text).items():
        score = probability(weights(), features(told, hinted))
        if score >= THEME_THRESHOLD:
            found.append(ThemeMatch(code, score, told + hinted))
    return tuple(sorted(found, key=lambda theme: (-theme.score, theme.theme)))


def features(told: Sequence[str], hinted: Sequence[str]) -> dict[str, float]:
    """Return what the model weighs: words that tell (to 2), hints (to 2)."""
    return {
        "bias": 1.0,
        "told": float(bool(told)),
        "more": float(len(told) > 1),
        "hints": min(len(hinted), 2) / 2,
    }


def probability(fitted: Mapping[str, float], seen: Mapping[str, float]) -> float:
    """Return the logistic model's probability."""
    return 1 / (1 + math.exp(-sum(fitted[name] * value for name, value in seen.items())))
