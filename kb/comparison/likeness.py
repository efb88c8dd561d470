"""Likeness: how probable it is that two phrases want the same thing.

A logistic model over what both share: words and letters but those that only say how good a
thing is, themes and, where the model of meaning is loaded, their cosine. Fitted
(`tools/train_themes.py`) on wordings of some ninety wants, each with the others', and on
phrases that people labelled kept or reworded from one plan to the next.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

import numpy as np

from kb.arrays import Matrix, Vectors
from kb.comparison.qualifiers import content, qualifiers
from kb.reference.tables import table_rows, table_text
from kb.reference.themes import evidence
from kb.store.passages import squeeze, terms

FEATURES = (
    "bias",
    "words",
    "inside",
    "same",
    "content_letters",
    "letters",
    "qualifiers",
    "bare",
    "themes",
    "hints",
    "conflict",
    "evidence",
    "other_words",
    "meaning",
    "centred",
)
SAME = 0.5
"""Phrases of at least this likeness count as shared, or reworded."""


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return the fitted weights of the features: `words` alone, and `meaning` with vectors."""
    fitted: dict[str, dict[str, float]] = json.loads(table_text("themes/likeness.json"))
    return fitted


@lru_cache(maxsize=1)
def anchors() -> tuple[str, ...]:
    """Return a wording of each usual want; the mean of their vectors is what all wants share."""
    return tuple(row["wordings"].split(";")[0] for row in table_rows("themes/wordings.tsv"))


def likeness(
    phrases: Sequence[str], vectors: Vectors | None = None, centre: Vectors | None = None
) -> Matrix:
    """Return the likeness of each phrase to each, a square matrix, 1 for the same words.

    `vectors` are those of the phrases, `centre` is the mean of those of the `anchors`.
    """
    fitted = weights()["words" if vectors is None else "meaning"]
    logit = sum(
        (
            fitted.get(name, 0.0) * feature
            for name, feature in features(phrases, vectors, centre).items()
        ),
        start=np.zeros((len(phrases), len(phrases))),
    )
    probabilities: Matrix = 1 / (1 + np.exp(-logit))
    keys = np.array([squeeze(phrase) for phrase in phrases])
    probabilities[keys[:, None] == keys[None, :]] = 1.0
    return probabilities


def features(
    phrases: Sequence[str], vectors: Vectors | None = None, centre: Vectors | None = None
) -> dict[str, Matrix]:
    """Return the model's features, a square matrix each, in [0, 1] but for those of vectors."""
    count = len(phrases)
    words = [set(content(phrase)) for phrase in phrases]
    said = [evidence(phrase) for phrase in phrases]
    subjects = [_subjects(phrase) for phrase in phrases]
    shared, subjects_shared = _overlap(words), _overlap(subjects)
    size = np.array([len(own) for own in words], dtype=float)
    has_words = size > 0
    has_subject = np.array([bool(own) for own in subjects])
    smaller = np.minimum(size[:, None], size[None, :])
    both = has_words[:, None] & has_words[None, :]
    values = {
        "bias": np.ones((count, count)),
        "words": shared / np.maximum(size[:, None] + size[None, :] - shared, 1),
        "inside": (both & (shared == smaller)).astype(float),
        "same": (both & (shared == size[:, None]) & (shared == size[None, :])).astype(float),
        "content_letters": _dice([_pairs("".join(content(phrase))) for phrase in phrases]),
        "letters": _dice([_pairs(squeeze(phrase)) for phrase in phrases]),
        "qualifiers": _dice([set(terms(phrase)) & qualifiers() for phrase in phrases]),
        "bare": 1.0 - both,
        "themes": _dice(subjects),
        "hints": _dice([set(own) for own in said]),
        "conflict": (has_subject[:, None] & has_subject[None, :] & (subjects_shared == 0)).astype(
            float
        ),
    }
    terms_said = [{word for found in own.values() for word in found.terms} for own in said]
    in_common = _overlap(terms_said) > 0
    values["evidence"] = _dice(terms_said)
    values["other_words"] = ((subjects_shared > 0) & ~in_common).astype(float)
    if vectors is not None:
        values |= _of_meaning(vectors.astype(np.float64), centre)
    return values


def _of_meaning(vectors: Matrix, centre: Vectors | None) -> dict[str, Matrix]:
    """Return the cosines of vectors, and those of what they have beside what all share."""
    apart = vectors - (vectors.mean(axis=0) if centre is None else centre.astype(np.float64))
    length = np.linalg.norm(apart, axis=1, keepdims=True)
    unit = apart / np.where(length == 0, 1, length)
    return {"meaning": (vectors @ vectors.T - 0.85) * 10, "centred": unit @ unit.T * 5}


def _subjects(phrase: str) -> frozenset[str]:
    """Return the themes that a phrase names; not that of its qualifier where others are left.

    เกษตรอัจฉริยะ is about farming; it is smart as เมืองอัจฉริยะ is, and no town.
    """
    named = frozenset(code for code, found in evidence(phrase).items() if found.terms)
    return named & evidence("".join(content(phrase))).keys() or named


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or ({text} if text else set())


def _dice(sets: Sequence[AbstractSet[str]]) -> Matrix:
    size = np.array([len(items) for items in sets], dtype=float)
    shared: Matrix = 2 * _overlap(sets) / np.maximum(size[:, None] + size[None, :], 1)
    return shared


def _overlap(sets: Sequence[AbstractSet[str]]) -> Matrix:
    """Return how many items each two sets share, a square matrix."""
    columns = {item: column for column, item in enumerate(sorted(set().union(*sets)))}
    incidence = np.zeros((len(sets), max(len(columns), 1)), dtype=np.float32)
    for row, items in enumerate(sets):
        incidence[row, [columns[item] for item in items]] = 1
    shared: Matrix = (incidence @ incidence.T).astype(np.float64)
    return shared
