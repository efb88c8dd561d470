"""Relevance: how likely it is that a person would call a record an answer.

Raw scores mean little to people (cosines of the e5 family live between 0.75 and 0.95, and
a BM25 score depends on the query), so what is known of a query and a record goes through a
logistic function fitted on gold (`benchmarks/fit_relevance.py`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

FLOOR = 0.5
"""Below this relevance a record is no answer, and "none found" is the honest one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a query and a record; None where a mode does not look.

    `coverage`, `bm25`, `grams`, `concepts` and `themes` are those of `kb.words.WordMatch`,
    `cosine` is that of the nearest vectors, `kind` and `body` tell whether the record is
    of the kind and the body asked for (`kb.intent`).
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
    "bias": -39.0, "cosine": 45.0, "coverage": 1.0, "bm25": 5.0, "grams": 6.0,
    "concepts": 1.0, "themes": 0.7, "kind": 1.5, "body": 2.5,
}  # fmt: skip
_MEANING: Mapping[str, float] = {"bias": -42.0, "cosine": 49.0, "kind": 1.0, "body": 2.0}
_WORDS: Mapping[str, float] = {
    "bias": -2.5, "coverage": 4.0, "bm25": 2.0, "grams": 3.0, "concepts": 2.0, "themes": 0.5,
    "kind": 1.0, "body": 2.0,
}  # fmt: skip


def relevance(evidence: Evidence) -> float:
    """Return the probability that the record answers, in [0, 1]."""
    if evidence.cosine is None:
        weights = _WORDS
    else:
        weights = _MEANING if evidence.coverage is None else _SMART
    value = weights["bias"] + sum(
        weight * (getattr(evidence, name) or 0.0)
        for name, weight in weights.items()
        if name != "bias"
    )
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value))))


def source(evidence: Evidence) -> str:
    """Name what a relevance was worked out from: `words`, `meaning`, `words+meaning`."""
    parts = [
        name
        for name, value in (("words", evidence.coverage), ("meaning", evidence.cosine))
        if value is not None
    ]
    return "+".join(parts) or "exact"
