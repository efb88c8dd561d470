"""Likeness: how probable it is that two phrases want the same thing.

A logistic model over what both share: words, pairs of letters, themes and, where the model
of meaning is there, their cosine. Fitted on phrases that people read as kept or reworded
from one plan to the next, against all other pairs of those plans.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from kb.reference.themes import evidence
from kb.store.passages import squeeze, terms

Matrix = NDArray[np.float64]

NAMES = ("bias", "words", "inside", "letters", "themes", "meaning")
SAME = 0.5
"""Phrases of at least this likeness are told to be shared, or reworded."""

_EMPTY = frozenset(
    "การ ความ เป็น และ ของ ที่ มี ให้ ใน สู่ แห่ง ด้าน อย่าง เมือง ประชาชน พัฒนา จังหวัด ท้องถิ่น"
    " ส่งเสริม ดี คน".split()
)


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return the fitted weights: `words` alone, and `meaning` where vectors are there."""
    text = (files("corpora") / "themes" / "likeness.json").read_text("utf-8")
    fitted: dict[str, dict[str, float]] = json.loads(text)
    return fitted


def likeness(phrases: Sequence[str], vectors: NDArray[np.float32] | None = None) -> Matrix:
    """Return the likeness of each phrase to each, 1 where the words are the same."""
    fitted = weights()["words" if vectors is None else "meaning"]
    logit = sum(
        (fitted.get(name, 0.0) * part for name, part in features(phrases, vectors).items()),
        start=np.zeros((len(phrases), len(phrases))),
    )
    found: Matrix = 1 / (1 + np.exp(-logit))
    keys = np.array([squeeze(phrase) for phrase in phrases])
    found[keys[:, None] == keys[None, :]] = 1.0
    return found


def features(
    phrases: Sequence[str], vectors: NDArray[np.float32] | None = None
) -> dict[str, Matrix]:
    """Return what the model weighs, a square matrix each, in [0, 1] but for `meaning`."""
    count = len(phrases)
    words = [set(terms(phrase)) - _EMPTY or set(terms(phrase)) for phrase in phrases]
    letters = [_pairs(squeeze(phrase)) for phrase in phrases]
    subjects: list[set[str]] = [
        {code for code, (told, _) in evidence(phrase).items() if told} for phrase in phrases
    ]
    both = _overlap(words)
    size = np.array([max(len(held), 1) for held in words], dtype=float)
    made = {
        "bias": np.ones((count, count)),
        "words": both / np.maximum(size[:, None] + size[None, :] - both, 1),
        "inside": both / np.minimum(size[:, None], size[None, :]),
        "letters": _dice(letters),
        "themes": _dice(subjects),
    }
    if vectors is not None:
        cosines = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
        made["meaning"] = (cosines - 0.85) * 10
    return made


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}


def _dice(sets: Sequence[set[str]]) -> Matrix:
    size = np.array([len(held) for held in sets], dtype=float)
    shared: Matrix = 2 * _overlap(sets) / np.maximum(size[:, None] + size[None, :], 1)
    return shared


def _overlap(sets: Sequence[set[str]]) -> Matrix:
    """Count what each two sets share."""
    places = {item: at for at, item in enumerate(sorted(set().union(*sets)))}
    table = np.zeros((len(sets), max(len(places), 1)), dtype=np.float32)
    for row, held in enumerate(sets):
        table[row, [places[item] for item in held]] = 1
    shared: Matrix = (table @ table.T).astype(np.float64)
    return shared
