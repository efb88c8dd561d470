"""Relevance: how likely it is that a person would call a passage an answer.

Raw scores mean little to people (cosines of the e5 family live between 0.75 and 0.95, and
a BM25 score depends on the query), so every mode's scores go through a logistic function
fitted on gold.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

FLOOR = 0.5
"""Below this relevance a passage is no answer, and "none found" is the honest one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a query and a passage; None where a mode does not look.

    `coverage` and `bm25` are those of `kb.words.WordMatch`, `cosine` is between vectors.
    """

    coverage: float | None = None
    bm25: float | None = None
    cosine: float | None = None


def relevance(evidence: Evidence) -> float:
    """Return the probability that the passage answers, in [0, 1]."""
    coverage, cosine = evidence.coverage or 0.0, evidence.cosine
    if cosine is None:
        return _logistic(7.0 * (coverage - 0.45))
    return _logistic(45.0 * (cosine - 0.845) + 3.0 * coverage - 0.6)


def source(evidence: Evidence) -> str:
    """Name what a relevance was worked out from."""
    parts = [
        name
        for name, value in (("words", evidence.coverage), ("meaning", evidence.cosine))
        if value is not None
    ]
    return "+".join(parts) or "exact"


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value))))
