"""Likeness: how probable it is that two phrases want the same thing.

A logistic model over what both share: words, pairs of letters, themes and, where the model
of meaning is loaded, their cosine. Fitted on phrases that people labelled kept or reworded
from one plan to the next, against all other pairs of those plans.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from kb.arrays import Matrix, Vectors
from kb.reference.tables import table_text
from kb.reference.themes import evidence
from kb.store.passages import squeeze, terms

FEATURES = ("bias", "words", "inside", "letters", "themes", "meaning")
SAME = 0.5
"""Phrases of at least this likeness count as shared, or reworded."""

_EMPTY_WORDS = frozenset(
    "การ ความ เป็น และ ของ ที่ มี ให้ ใน สู่ แห่ง ด้าน อย่าง เมือง ประชาชน พัฒนา จังหวัด ท้องถิ่น"
    " ส่งเสริม ดี คน".split()
)


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return the fitted weights of the features: `words` alone, and `meaning` with vectors."""
    fitted: dict[str, dict[str, float]] = json.loads(table_text("themes/likeness.json"))
    return fitted


def likeness(phrases: Sequence[str], vectors: Vectors | None = None) -> Matrix:
    """Return the likeness of each phrase to each, a square matrix, 1 for the same words."""
    fitted = weights()["words" if vectors is None else "meaning"]
    logit = sum(
        (fitted.get(name, 0.0) * feature for name, feature in features(phrases, vectors).items()),
        start=np.zeros((len(phrases), len(phrases))),
    )
    probabilities: Matrix = 1 / (1 + np.exp(-logit))
    keys = np.array([squeeze(phrase) for phrase in phrases])
    probabilities[keys[:, None] == keys[None, :]] = 1.0
    return probabilities


def features(phrases: Sequence[str], vectors: Vectors | None = None) -> dict[str, Matrix]:
    """Return the model's features, a square matrix each, in [0, 1] but for `meaning`."""
    count = len(phrases)
    words = [set(terms(phrase)) - _EMPTY_WORDS or set(terms(phrase)) for phrase in phrases]
    letters = [_pairs(squeeze(phrase)) for phrase in phrases]
    subjects: list[set[str]] = [
        {code for code, theme_words in evidence(phrase).items() if theme_words.terms}
        for phrase in phrases
    ]
    shared = _overlap(words)
    size = np.array([max(len(own), 1) for own in words], dtype=float)
    values = {
        "bias": np.ones((count, count)),
        "words": shared / np.maximum(size[:, None] + size[None, :] - shared, 1),
        "inside": shared / np.minimum(size[:, None], size[None, :]),
        "letters": _dice(letters),
        "themes": _dice(subjects),
    }
    if vectors is not None:
        cosines = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
        values["meaning"] = (cosines - 0.85) * 10
    return values


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}


def _dice(sets: Sequence[set[str]]) -> Matrix:
    size = np.array([len(items) for items in sets], dtype=float)
    shared: Matrix = 2 * _overlap(sets) / np.maximum(size[:, None] + size[None, :], 1)
    return shared


def _overlap(sets: Sequence[set[str]]) -> Matrix:
    """Return how many items each two sets share, a square matrix."""
    columns = {item: column for column, item in enumerate(sorted(set().union(*sets)))}
    incidence = np.zeros((len(sets), max(len(columns), 1)), dtype=np.float32)
    for row, items in enumerate(sets):
        incidence[row, [columns[item] for item in items]] = 1
    shared: Matrix = (incidence @ incidence.T).astype(np.float64)
    return shared
