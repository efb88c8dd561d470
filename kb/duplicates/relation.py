"""The relation of two projects: a small calibrated model over the evidence of a pair.

Half of an answer comes from a multinomial logistic regression, half from boosted trees, both
as plain arrays (`relation.json`); their mean is sharpened so that a score of 0.8 is right
eight times in ten. Trained by `tools/train_relations.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import numpy as np

from kb.arrays import Matrix, RowNumbers

Relation = Literal["duplicate", "continuation", "same_activity_elsewhere", "related", "different"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)

FeatureValues = dict[str, float]


@dataclass(frozen=True, slots=True)
class BoostedTrees:
    """Trees whose leaves add up to a score for each relation.

    All arrays but `base` have one row a tree and one column a node: `feature` is the column
    that a node looks at (-1 at a leaf), `left` and `right` its children, `value` a leaf's part.
    `relation` says to whose score a tree adds.
    """

    feature: RowNumbers
    threshold: Matrix
    left: RowNumbers
    right: RowNumbers
    value: Matrix
    relation: RowNumbers
    base: Matrix

    def scores(self, rows: Matrix) -> Matrix:
        """Return the score of each relation, shape (rows, 5)."""
        trees = np.arange(len(self.feature))[None]
        at = np.zeros((len(rows), len(self.feature)), dtype=np.int64)
        places = np.arange(len(rows))[:, None]
        while True:
            column = self.feature[trees, at]
            if (column < 0).all():
                break
            goes_left = rows[places, np.maximum(column, 0)] <= self.threshold[trees, at]
            child = np.where(goes_left, self.left[trees, at], self.right[trees, at])
            at = np.where(column < 0, at, child)
        scores = np.tile(self.base, (len(rows), 1))
        leaves = self.value[trees, at]
        for relation in range(len(RELATIONS)):
            scores[:, relation] += leaves[:, self.relation == relation].sum(axis=1)
        return scores


@dataclass(frozen=True, slots=True)
class RelationModel:
    """A regression and trees over the features of these names.

    `weights` is (5, features) and `constants` (5,) for values less `means` over `spreads`;
    `sharpness` is the power to which their mean is raised.
    """

    names: tuple[str, ...]
    means: Matrix
    spreads: Matrix
    weights: Matrix
    constants: Matrix
    trees: BoostedTrees
    sharpness: float

    def probabilities(self, pairs: Sequence[FeatureValues]) -> Matrix:
        """Return the probability of each of `RELATIONS`, shape (pairs, 5)."""
        if not pairs:
            return np.zeros((0, len(RELATIONS)))
        rows = np.array([[pair[name] for name in self.names] for pair in pairs], dtype=np.float64)
        linear = softmax((rows - self.means) / self.spreads @ self.weights.T + self.constants)
        mean = (linear + softmax(self.trees.scores(rows))) / 2
        return softmax(np.log(np.maximum(mean, 1e-12)) * self.sharpness)


def softmax(scores: Matrix) -> Matrix:
    """Return probabilities that grow with the scores, each row adding up to one."""
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: Matrix = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probabilities


@cache
def relation_model(*, meaning: bool) -> RelationModel:
    """Return the trained model, the one that uses cosines of meaning or the one without."""
    fitted = json.loads(files("kb.duplicates").joinpath("relation.json").read_text("utf-8"))
    return model_from_json(fitted["meaning" if meaning else "words"])


def model_from_json(fitted: dict[str, Any]) -> RelationModel:
    """Return the model that the trainer wrote."""
    trees = fitted["trees"]
    return RelationModel(
        tuple(fitted["names"]),
        np.array(fitted["means"]),
        np.array(fitted["spreads"]),
        np.array(fitted["weights"]),
        np.array(fitted["constants"]),
        BoostedTrees(**{name: np.array(trees[name]) for name in trees}),
        float(fitted["sharpness"]),
    )


def relations_by_name(probabilities: Matrix) -> list[dict[Relation, float]]:
    """Return the rows of `RelationModel.probabilities` by the names of the relations."""
    return [dict(zip(RELATIONS, map(float, row), strict=True)) for row in probabilities.tolist()]
