"""The trained part of alignment: themes of planning, and small logistic models.

Trained by `tools/train_alignment.py` on the project's own texts (`corpora/training`:
`alignment.jsonl` and graded `plans`) over the vectors of the bundled model and kept in
`kb/alignment/model.npz`. Running it needs NumPy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ingest.errors import PhaenError
from kb.alignment.subject_terms import SubjectTerms, overlap_counts
from kb.arrays import HalfVectors, Matrix, Vectors
from kb.model.chosen import weights_of
from kb.model.encoder import Role

SHARPNESS = 2.0
"""Factor on the themes' scores before the softmax: the greater, the fewer themes share a text."""

NODE_FEATURES = ("description", "keywords", "name", "themes", "named", "concepts")


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """Which planning themes a vector speaks of: a linear model with a softmax.

    `weights` is (themes, dimensions), `constants` (themes,), the means (dimensions,).
    """

    weights: Matrix
    constants: Matrix
    mean_query: Matrix
    mean_passage: Matrix

    def centred(self, vectors: Vectors | HalfVectors, role: Role) -> Matrix:
        """Return vectors without what all texts of a role share, rows of length one."""
        mean = self.mean_query if role == "query" else self.mean_passage
        rest = np.asarray(vectors, dtype=np.float64) - mean
        unit: Matrix = rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-9)
        return unit

    def shares(self, centred: Matrix) -> Matrix:
        """Return the share of each theme in each row, shape (rows, themes); rows add up to one."""
        scores = (centred @ self.weights.T + self.constants) * SHARPNESS
        exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Matrix = exponentials / exponentials.sum(axis=1, keepdims=True)
        return shares

    def affinity(self, queries: Matrix, passages: Matrix) -> Matrix:
        """Return how alike the themes are, shape (queries, passages), in [0, 1].

        Bhattacharyya's coefficient (1943) of the rows' shares.
        """
        coefficients: Matrix = np.sqrt(self.shares(queries)) @ np.sqrt(self.shares(passages)).T
        return coefficients


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """Logistic regression: weights, shape (features,), and a constant."""

    weights: Matrix
    constant: float

    def log_odds(self, features: Matrix) -> Matrix:
        """Return the log-odds of each row of the last axis."""
        odds: Matrix = features @ self.weights + self.constant
        return odds

    def probabilities(self, features: Matrix) -> Matrix:
        """Return the probability of each row of the last axis."""
        return logistic(self.log_odds(features))


@dataclass(frozen=True, slots=True)
class AlignmentModel:
    """Everything that was trained, and the fingerprint of the vectors it was trained on.

    `theme_names` and `codes` name the rows and columns of `node_themes`, shape (themes,
    nodes): what share a theme's work has in serving a node. `node_vectors` is (3, nodes,
    dimensions): description, keywords, name. `serves`, `touches` and `order` are over the numbers
    of `kb.alignment.pair_evidence`: whether a statement is served, whether it is at least touched,
    and which of several a reviewer names first. `served` and `touched` say the same of the whole
    plan, `misdeclared` that a declared strategy does not fit (`kb.alignment.judgement`).
    """

    fingerprint: str
    themes: ThemeModel
    theme_names: tuple[str, ...]
    codes: tuple[str, ...]
    node_themes: Matrix
    node_vectors: HalfVectors
    node: LogisticModel
    serves: LogisticModel
    touches: LogisticModel
    order: LogisticModel
    served: LogisticModel
    touched: LogisticModel
    misdeclared: LogisticModel


LOGISTIC = ("node", "serves", "touches", "order", "served", "touched", "misdeclared")
"""The logistic models by their names in the file, in the order of `AlignmentModel`."""


@cache
def alignment_model() -> AlignmentModel:
    """Return the trained model of `model.npz`."""
    with (files("kb.alignment") / "model.npz").open("rb") as file:
        arrays = dict(np.load(file, allow_pickle=False))
    themes = ThemeModel(
        *(
            arrays[f"theme_{name}"].astype(np.float64)
            for name in ("weights", "constants", "mean_query", "mean_passage")
        )
    )
    logistic_models = (
        LogisticModel(arrays[f"{name}_weights"], float(arrays[f"{name}_constant"]))
        for name in LOGISTIC
    )
    return AlignmentModel(
        str(arrays["fingerprint"]),
        themes,
        tuple(arrays["theme_names"].tolist()),
        tuple(arrays["codes"].tolist()),
        arrays["node_themes"],
        arrays["node_vectors"],
        *logistic_models,
    )


def fitting_model(fingerprint: str) -> AlignmentModel:
    """Return the model, which fits the vectors of one encoder alone, in any precision.

    Raises PhaenError `alignment-model-changed` where the vectors are another encoder's.
    """
    model = alignment_model()
    if model.fingerprint != weights_of(fingerprint):
        raise PhaenError("alignment-model-changed", kept=model.fingerprint, chosen=fingerprint)
    return model


def node_features(
    themes: ThemeModel,
    node_themes: Matrix,
    node_vectors: HalfVectors,
    centred: Matrix,
    proposals: Sequence[SubjectTerms],
    nodes: Sequence[SubjectTerms],
) -> Matrix:
    """Return `NODE_FEATURES`, shape (proposals, nodes, len(NODE_FEATURES)).

    `centred` are the proposals' vectors (`ThemeModel.centred`).
    """
    q = centred
    cosines = [q @ themes.centred(vectors, "passage").T for vectors in node_vectors]
    concepts, words = _shared_terms(proposals, nodes)
    return np.stack([*cosines, themes.shares(q) @ node_themes, words, concepts], axis=2)


def logistic(log_odds: Matrix) -> Matrix:
    """Return the probabilities of log-odds."""
    probabilities: Matrix = 1 / (1 + np.exp(-log_odds))
    return probabilities


def _shared_terms(
    ones: Sequence[SubjectTerms], others: Sequence[SubjectTerms]
) -> tuple[Matrix, Matrix]:
    """Return how many concepts and words each pair shares, 3 at most."""
    concepts = overlap_counts([t.concepts for t in ones], [t.concepts for t in others])
    words = overlap_counts([t.words for t in ones], [t.words for t in others])
    return np.minimum(concepts, 3), np.minimum(words, 3)
