"""Themes of phrases that no evidence word speaks for, by their meaning.

A logistic regression a theme over the vector of a phrase (`corpora/themes/meaning.json`,
`tools/train_theme_meaning.py`). Words are surer, so it is asked only where they say nothing,
and only with the encoder that it was fitted with.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kb.arrays import Matrix, Vectors
from kb.model.chosen import weights_of
from kb.reference.tables import table_text
from kb.reference.themes import THEME_THRESHOLD, ThemeMatch, themes_of

SCALE = 10.0
"""Vectors differ by little; times this, less their mean, they are of the size of one."""


@dataclass(frozen=True, slots=True)
class _Fitted:
    encoder: str
    codes: tuple[str, ...]
    mean: Matrix
    weights: Matrix
    """Shape (dimensions + 1, themes); the last row is the bias."""


@lru_cache(maxsize=1)
def _fitted() -> _Fitted:
    stored = json.loads(table_text("themes/meaning.json"))
    codes = tuple(stored["themes"])
    weights = np.array([stored["themes"][code] for code in codes], dtype=np.float64).T
    return _Fitted(stored["encoder"], codes, np.array(stored["mean"]), weights)


def phrase_themes(
    phrases: Sequence[str], vectors: Vectors | None = None, encoder: str = ""
) -> list[tuple[ThemeMatch, ...]]:
    """Return the themes of each phrase, likeliest first: by words, else by meaning.

    `vectors` are those of the phrases, made by the encoder with the fingerprint `encoder`.
    The evidence of a theme by meaning is the whole phrase.
    """
    by_words = [themes_of(phrase) for phrase in phrases]
    if vectors is None or not len(phrases) or weights_of(encoder) != _fitted().encoder:
        return by_words
    return [
        matches or _by_meaning(phrase, chances)
        for phrase, matches, chances in zip(phrases, by_words, _chances(vectors), strict=True)
    ]


def features(vectors: Vectors, mean: Matrix) -> Matrix:
    """Return the rows of the regression: what vectors have beside their mean, and a bias."""
    apart = (vectors.astype(np.float64) - mean) * SCALE
    return np.column_stack([apart, np.ones(len(apart))])


def _chances(vectors: Vectors) -> Matrix:
    fitted = _fitted()
    logit = features(vectors, fitted.mean) @ fitted.weights
    chances: Matrix = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
    return chances


def _by_meaning(phrase: str, chances: Matrix) -> tuple[ThemeMatch, ...]:
    matches = [
        ThemeMatch(code, float(chance), (phrase,))
        for code, chance in zip(_fitted().codes, chances, strict=True)
        if chance >= THEME_THRESHOLD
    ]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.theme)))
