"""The judgement of pairs: one way for a question, a workbook and a whole knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kb.arrays import Matrix
from kb.duplicates.evidence import evidence
from kb.duplicates.features import pair_features, places_incomparable
from kb.duplicates.profile import ProjectProfile
from kb.duplicates.relation import FeatureValues, relation_model

Pair = tuple[ProjectProfile, ProjectProfile]
Cosines = Callable[[Sequence[tuple[str, str]]], Sequence[float]]
"""Gives the cosine of each pair of works' texts."""

SURE = 0.97
"""A pair whose words and places are this sure is not compared by meaning."""

_MOST_UNKNOWN = 0.7
"""The most of the same work that here or elsewhere may have where places are unknown."""


def judged_by_words(pairs: Sequence[Pair]) -> Matrix:
    """Return the probabilities of `RELATIONS` by words and places alone, shape (pairs, 5)."""
    rows = [pair_evidence(a, b) for a, b in pairs]
    return _unknown_places_unknown(pairs, relation_model(meaning=False).probabilities(rows))


def judge(pairs: Sequence[Pair], cosines: Cosines | None) -> Matrix:
    """Return the probabilities of `RELATIONS`, shape (pairs, 5).

    Words and places decide where they are sure, elsewhere meaning helps, where `cosines` can
    give it. The judgement of a pair depends on the pair alone, not on what it is judged with.
    """
    chances = judged_by_words(pairs)
    return with_meaning(pairs, chances, cosines) if cosines is not None else chances


def with_meaning(pairs: Sequence[Pair], chances: Matrix, cosines: Cosines) -> Matrix:
    """Return the probabilities with those of unsure pairs judged again by meaning too."""
    unsure = np.flatnonzero(chances.max(axis=1) < SURE).tolist() if len(pairs) else []
    if not unsure:
        return chances
    asked = [pairs[number] for number in unsure]
    found = cosines([(a.traits.work, b.traits.work) for a, b in asked])
    rows = [pair_evidence(a, b, cosine) for (a, b), cosine in zip(asked, found, strict=True)]
    changed = chances.copy()
    changed[unsure] = _unknown_places_unknown(
        asked, relation_model(meaning=True).probabilities(rows)
    )
    return changed


def pair_evidence(
    a: ProjectProfile, b: ProjectProfile, cosine: float | None = None
) -> FeatureValues:
    """Return the values the model sees of a pair; `cosine` is that of the works' texts."""
    return evidence(a, b, pair_features(a, b), cosine)


def _unknown_places_unknown(pairs: Sequence[Pair], chances: Matrix) -> Matrix:
    """Keep here and elsewhere both likely where nothing said of the places can be compared."""
    for row, (a, b) in zip(chances, pairs, strict=True):
        both = row[0] + row[2]
        if places_incomparable(a, b) and both > 0:
            row[0] = min(max(row[0], (1 - _MOST_UNKNOWN) * both), _MOST_UNKNOWN * both)
            row[2] = both - row[0]
    return chances
