"""Relevance: how likely it is that a person would call a record an answer.

Raw scores mean little to people (cosines of the e5 family live between 0.75 and 0.95, and
a BM25 score depends on the query), so what is known of a query and a record goes through a
logistic function fitted on written questions (`tools/train_relevance.py`) whose writers the
encoder had not learnt from; the bias is raised by 0.91, as a knowledge base of one office holds
fewer texts that come near a question than the corpus it was fitted on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

FLOOR = 0.06
"""The best record must be at least so relevant to be an answer by itself; where
`kb.search.answerable` knows that plans answer the question, a weaker one is shown as weak."""

WEAK = 0.01
"""What is less relevant is shown by no question; between this and the floor an answer is weak."""

TAIL = 0.25
"""Records follow the best one down to this share of the floor."""


class Evidence(NamedTuple):
    """What is known of a query and a record; None where a mode does not look.

    `coverage`, `bm25`, `grams`, `concepts` and `themes` are those of `kb.search.lexical.WordMatch`,
    `cosine` is that of the nearest vectors; the rest says how the record fits what the question
    asks for besides its subject (`kb.search.fits`). `listed` is 1 where it asks for nothing else.
    """

    coverage: float | None = None
    bm25: float = 0.0
    grams: float = 0.0
    concepts: float = 0.0
    themes: float = 0.0
    cosine: float | None = None
    kind: float = 0.0
    body: float = 0.0
    year: float = 0.0
    place: float = 0.0
    number: float = 0.0
    refused: float = 0.0
    listed: float = 0.0


_SMART: Mapping[str, float] = {
    "bias": -8.19,
    "cosine": 9.59,
    "coverage": 1.72,
    "grams": 3.16,
    "concepts": 0.06,
    "kind": 1.17,
    "body": 2.0,
}
_WORDS: Mapping[str, float] = {
    "bias": -3.58,
    "coverage": 0.93,
    "bm25": 2.80,
    "grams": 2.80,
    "concepts": 0.93,
    "themes": 0.70,
    "kind": 0.93,
    "body": 1.86,
}
_MEANING: Mapping[str, float] = {"bias": -8.62, "cosine": 10.95, "kind": 1.23, "body": 2.11}
_FITS: Mapping[str, float] = {"year": 2.4, "place": 2.4, "number": 1.2, "refused": -8.0}
"""Weights by hand, the same in every mode: what fits comes before what does not."""

_LISTED: Mapping[str, float] = {"bias": -1.0, "kind": 2.0, "body": 2.5, **_FITS, "place": 2.5}
"""Where a question asks for no subject, a record that fits all it asks for is an answer."""

_LAID_OUT = {
    name: (weights["bias"], tuple(weights.get(part, 0.0) for part in Evidence._fields))
    for name, weights in (
        ("smart", {**_SMART, **_FITS}),
        ("words", {**_WORDS, **_FITS}),
        ("meaning", {**_MEANING, **_FITS}),
        ("listed", _LISTED),
    )
}


def answers(relevances: Sequence[float], floor: float = FLOOR) -> int:
    """Return how many of some relevances, best first, are answers: none if the best is too low."""
    if not relevances or relevances[0] < floor:
        return 0
    return sum(1 for value in relevances if value >= floor * TAIL)


def relevance(evidence: Evidence) -> float:
    """Return the probability that the record answers, in [0, 1]."""
    if evidence.listed:
        name = "listed"
    elif evidence.cosine is None:
        name = "words"
    else:
        name = "meaning" if evidence.coverage is None else "smart"
    bias, weights = _LAID_OUT[name]
    value = bias + sum(w * part for w, part in zip(weights, evidence, strict=True) if part)
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value))))


def source(evidence: Evidence) -> str:
    """Return what a relevance was worked out from: `words`, `meaning`, `words+meaning`.

    `listed` where the question asks for a kind, a body, a place or years and nothing else.
    """
    if evidence.listed:
        return "listed"
    parts = [
        name
        for name, value in (("words", evidence.coverage), ("meaning", evidence.cosine))
        if value is not None
    ]
    return "+".join(parts) or "exact"
