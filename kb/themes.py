"""Themes: what a statement is about, by a taxonomy that is data.

The taxonomy (`corpora/themes/themes.tsv`) gives each theme a definition, examples and
evidence words: plain ones tell the theme, those marked `~` only hint at it, those marked
`-` hold a word that would mislead (ลุ่มน้ำโขง is no water management). A longer word claims
its place before a shorter one inside it. A small logistic model (`model.json`) turns the
evidence, and the nearness in meaning to the examples where the model is there, into a
probability.
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
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.thai.fold import fold
from ingest.thai.words import segment

if TYPE_CHECKING:
    from kb.encoder import Encoder

TOLD_FROM = 0.5
"""A theme counts from this probability on."""

Matrix = NDArray[np.float32]
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
            "code": self.code, "thai": self.thai, "english": self.english,
            "definition": self.definition,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ThemeFound:
    """A theme of a text with its probability and the words that speak for it."""

    theme: str
    score: float
    evidence: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "theme": self.theme, "score": round(self.score, 3), "evidence": list(self.evidence),
        }  # fmt: skip


@lru_cache(maxsize=1)
def themes() -> tuple[Theme, ...]:
    """Return the taxonomy in its order."""
    text = (_DATA / "themes.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_theme(row) for row in rows)


def _theme(row: Mapping[str, str]) -> Theme:
    listed = [fold(word.strip()) for word in row["evidence"].split(";")]
    return Theme(
        row["code"], row["thai"], row["english"], row["definition"],
        frozenset(word for word in listed if word[0] not in "~-"),
        frozenset(word[1:] for word in listed if word[0] == "~"),
        frozenset(word[1:] for word in listed if word[0] == "-"),
        tuple(row["examples"].split("|")),
    )  # fmt: skip


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Return the model's weights: `words` alone, and `meaning` where vectors are there."""
    fitted: dict[str, dict[str, float]] = json.loads((_DATA / "model.json").read_text("utf-8"))
    return fitted


def evidence(text: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Find each theme's words in a text: those that tell it, and those that hint at it."""
    found = list(dict.fromkeys(_longest(fold(text))))
    out = {}
    for theme in themes():
        held = [word for word in found if word not in theme.traps]
        told = tuple(word for word in held if word in theme.terms)
        hinted = tuple(word for word in held if word in theme.hints and word not in theme.terms)
        if told or hinted:
            out[theme.code] = (told, hinted)
    return out


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    known = {word for theme in themes() for word in theme.terms | theme.hints | theme.traps}
    longest = sorted(known, key=lambda word: (-len(word), word))
    return re.compile(f"{_BEFORE}(?=({'|'.join(map(re.escape, longest))}){_AFTER})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _spelling() -> dict[str, str]:
    known = {word for theme in themes() for word in theme.terms | theme.hints | theme.traps}
    return {word.casefold(): word for word in known}


def _longest(text: str) -> list[str]:
    """List the known words of a text; one that lies inside a longer one is left out."""
    edges = {0, *accumulate(map(len, segment(text)))}
    spans = [
        (m.start(1), m.end(1), m[1])
        for m in _words().finditer(text)
        if len(m[1]) > _SHORT or (m.start(1) in edges and m.end(1) in edges)
    ]
    return [
        _spelling()[word.casefold()]
        for start, end, word in spans
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in spans)
    ]


class Themes:
    """Tells the themes of texts; with an `encoder` by meaning too."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder
        self._weights = weights()["meaning" if encoder else "words"]
        self._centres = _centres(encoder) if encoder else None

    def of(self, text: str) -> tuple[ThemeFound, ...]:
        """Return the themes of one text, likeliest first."""
        return self.of_all([text])[0]

    def of_all(
        self, texts: Sequence[str], vectors: Matrix | None = None
    ) -> list[tuple[ThemeFound, ...]]:
        """Return the themes of many texts; `vectors` are theirs, where they are made already."""
        if not texts:
            return []
        likeness = self.likeness(texts, vectors)
        return [self._found(text, row) for text, row in zip(texts, likeness, strict=True)]

    def likeness(self, texts: Sequence[str], vectors: Matrix | None = None) -> Matrix:
        """Tell how near each text is to each theme, against its nearness to all; 0 is usual."""
        if self._encoder is None or self._centres is None:
            return np.zeros((len(texts), len(themes())), dtype=np.float32)
        if vectors is None:
            vectors = self._encoder.encode(list(texts), "passage")
        cosines = vectors @ self._centres.T
        centred: Matrix = (cosines - cosines.mean(axis=1, keepdims=True)) * 10
        return centred

    def _found(self, text: str, likeness: Matrix) -> tuple[ThemeFound, ...]:
        words = evidence(text)
        found = []
        for theme, near in zip(themes(), likeness.tolist(), strict=True):
            told, hinted = words.get(theme.code, ((), ()))
            score = probability(self._weights, features(told, hinted, near))
            if score >= TOLD_FROM:
                found.append(ThemeFound(theme.code, score, told + hinted))
        return tuple(sorted(found, key=lambda theme: (-theme.score, theme.theme)))


def features(told: Sequence[str], hinted: Sequence[str], near: float) -> dict[str, float]:
    """Return what the model weighs: words that tell (to 2), hints (to 2), nearness."""
    return {
        "bias": 1.0, "told": float(bool(told)), "more": float(len(told) > 1),
        "hints": min(len(hinted), 2) / 2, "near": near,
    }  # fmt: skip


def probability(fitted: Mapping[str, float], seen: Mapping[str, float]) -> float:
    """Return the logistic model's probability."""
    return 1 / (1 + math.exp(-sum(fitted.get(name, 0.0) * value for name, value in seen.items())))


_kept: dict[str, Matrix] = {}


def _centres(encoder: Encoder) -> Matrix:
    """Return each theme's centre: the mean of the vectors of its name, definition, examples."""
    if encoder.fingerprint not in _kept:
        rows = []
        for theme in themes():
            said = encoder.encode([theme.thai, theme.definition, *theme.examples], "passage")
            mean = said.mean(axis=0)
            rows.append(mean / np.linalg.norm(mean))
        _kept[encoder.fingerprint] = np.asarray(rows, dtype=np.float32)
    return _kept[encoder.fingerprint]
