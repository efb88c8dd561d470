"""The relation of two projects: a small calibrated model over what they share.

The model asks its three questions one after the other. Is the work the same, related or
different? If the same: is it done elsewhere? If here: is it the next stage or year? Each
question is a logistic model over its own numbers (`kb.duplicates.features`), and the five
relations are the products of the answers, so the probabilities add up to one. Trained by
`tools/train_relations.py` on `corpora/training/relations.jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import numpy as np

from kb.arrays import Matrix
from kb.duplicates.features import FeatureValues, PairFeatures

Relation = Literal["duplicate", "continuation", "same_activity_elsewhere", "related", "different"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)


@dataclass(frozen=True, slots=True)
class SoftmaxRegression:
    """One question: multinomial logistic regression over the features of these names.

    `weights` is (answers - 1, features), `constants` (answers - 1,): the first answer's are 0.
    """

    names: tuple[str, ...]
    weights: Matrix
    constants: Matrix

    def answers(self, rows: Sequence[FeatureValues]) -> Matrix:
        """Return the probability of each answer, shape (rows, answers)."""
        values = np.array([[row[name] for name in self.names] for row in rows], dtype=np.float64)
        scores = values.reshape(len(rows), len(self.names)) @ self.weights.T + self.constants
        scores = np.hstack([np.zeros((len(rows), 1)), scores])
        scores -= scores.max(axis=1, keepdims=True)
        exponentials: Matrix = np.exp(scores)
        probabilities: Matrix = exponentials / exponentials.sum(axis=1, keepdims=True)
        return probabilities


@dataclass(frozen=True, slots=True)
class RelationModel:
    """Three questions, and the relations that follow from their answers."""

    work: SoftmaxRegression
    place: SoftmaxRegression
    time: SoftmaxRegression

    def probabilities(self, pairs: Sequence[PairFeatures]) -> Matrix:
        """Return the probability of each of `RELATIONS`, shape (pairs, 5)."""
        if not pairs:
            return np.zeros((0, len(RELATIONS)))
        work = self.work.answers([pair.work for pair in pairs])
        here, elsewhere = self.place.answers([pair.place for pair in pairs]).T
        now, later = self.time.answers([pair.time for pair in pairs]).T
        same, related, different = work.T
        return np.stack(
            [same * here * now, same * here * later, same * elsewhere, related, different], axis=1
        )


@cache
def relation_model(*, meaning: bool) -> RelationModel:
    """Return the trained model, the one that uses cosines of meaning or the one without."""
    fitted = json.loads(files("kb.duplicates").joinpath("relation.json").read_text("utf-8"))
    questions: dict[str, Any] = fitted["meaning" if meaning else "words"]
    return RelationModel(*(_question(questions[name]) for name in ("work", "place", "time")))


def relations_by_name(probabilities: Matrix) -> list[dict[Relation, float]]:
    """Return the rows of `RelationModel.probabilities` by the names of the relations."""
    return [dict(zip(RELATIONS, map(float, row), strict=True)) for row in probabilities.tolist()]


def _question(fitted: dict[str, Any]) -> SoftmaxRegression:
    names = tuple(fitted["names"])
    return SoftmaxRegression(names, np.array(fitted["weights"]), np.array(fitted["constants"]))
