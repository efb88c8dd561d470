"""Relevance: how likely it is that a person would call a record an answer.

Raw scores mean little to people (cosines of the e5 family live between 0.75 and 0.95, and
a BM25 score depends on the query), so what is known of a query and a record goes through a
logistic function fitted on gold (`benchmarks/fit_relevance.py`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

FLOOR = 0.12
"""The best record must be at least so relevant, or "none found" is the honest answer."""

TAIL = 0.25
"""Records follow the best one down to this share of the floor."""


class Evidence(NamedTuple):
    """What is known of a query and a record; None where a mode does not look.

    `coverage`, `bm25`, `grams`, `concepts` and `themes` are those of `kb.search.lexical.WordMatch`,
    `cosine` is that of the nearest vectors, `kind` and `body` tell whether the record is
    of the kind and the body asked for (`kb.search.intent`).
    """

    coverage: float | None = None
    bm25: float = 0.0
    grams: float = 0.0
    concepts: float = 0.0
    themes: float = 0.0
    cosine: float | None = None
    kind: float = 0.0
    body: float = 0.0


_SMART: Mapping[str, float] = {
    "bias": -24.41,
    "cosine": 25.79,
    "coverage": 0.40,
    "bm25": 2.87,
    "grams": 3.44,
    "concepts": 0.57,
    "themes": 0.40,
    "kind": 0.86,
    "body": 1.43,
}
_WORDS: Mapping[str, float] = {
    "bias": -2.82,
    "coverage": 0.93,
    "bm25": 2.80,
    "grams": 2.80,
    "concepts": 0.93,
    "themes": 0.70,
    "kind": 0.93,
    "body": 1.86,
}
_MEANING: Mapping[str, float] = {"bias": -66.96, "cosine": 76.05, "kind": 2.53, "body": 4.22}


_LAID_OUT = {
    name: (weights["bias"], tuple(weights.get(part, 0.0) for part in Evidence._fields))
    for name, weights in (("smart", _SMART), ("words", _WORDS), ("meaning", _MEANING))
}


def answers(relevances: Sequence[float], floor: float = FLOOR) -> int:
    """Tell how many of some relevances, best first, are answers: none if the best is too low."""
    if not relevances or relevances[0] < floor:
        return 0
    return sum(1 for value in relevances if value >= floor * TAIL)


def relevance(evidence: Evidence) -> float:
    """Return the probability that the record answers, in [0, 1]."""
    coverage, bm25, grams, concepts, themes, cosine, kind, body = evidence
    if cosine is None:
        weights = _LAID_OUT["words"]
    else:
        weights = _LAID_OUT["meaning" if coverage is None else "smart"]
    bias, (w1, w2, w3, w4, w5, w6, w7, w8) = weights
    value = bias + w1 * (coverage or 0.0) + w2 * bm25 + w3 * grams + w4 * concepts
    value += w5 * themes
    value += w6 * (cosine or 0.0)
    value += w7 * kind
    value += w8 * body
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value))))


def source(evidence: Evidence) -> str:
    """Name what a relevance was worked out from: `words`, `meaning`, `words+meaning`."""
    parts = [
        name
        for name, value in (("words", evidence.coverage), ("meaning", evidence.cosine))
        if value is not None
    ]
    return "+".join(parts) or "exact"
