"""The learnt part of alignment: themes of planning, and two small logistic models.

Trained by `tools/train_alignment.py` on the project's own texts
(`corpora/training/alignment.jsonl`) over the vectors of the bundled model; kept as
`kb/alignment/model.npz`. Running it needs numpy alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import PhaenError
from kb.alignment.subject_terms import Matrix, SubjectTerms, overlap_counts
from kb.model.encoder import Role

Vectors = NDArray[Any]

SHARPNESS = 2.0
"""How much the themes' scores are sharpened before they are compared."""

PAIR_FEATURES = ("cosine", "themes", "concepts", "words", "same_theme")
NODE_FEATURES = ("description", "keywords", "name", "themes", "named", "concepts")


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """Which planning themes a vector speaks of: a linear model with a softmax."""

    weights: Matrix
    constants: Matrix
    mean_query: Matrix
    mean_passage: Matrix

    def centred(self, vectors: Vectors, role: Role) -> Matrix:
        """Take out what all texts of a role share; rows of length one."""
        mean = self.mean_query if role == "query" else self.mean_passage
        rest = np.asarray(vectors, dtype=np.float64) - mean
        unit: Matrix = rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-9)
        return unit

    def shares(self, centred: Matrix) -> Matrix:
        """Return how much of each theme is in each row; rows add up to one."""
        scores = (centred @ self.weights.T + self.constants) * SHARPNESS
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
        return shares

    def affinity(self, ones: Matrix, others: Matrix) -> Matrix:
        """Return how alike the themes are, in [0, 1] (Bhattacharyya's coefficient)."""
        alike: Matrix = np.sqrt(self.shares(ones)) @ np.sqrt(self.shares(others)).T
        return alike


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """A logistic model over a row of numbers."""

    weights: Matrix
    constant: float

    def chance(self, numbers: Matrix) -> Matrix:
        """Return the chance for each row of the last axis."""
        found: Matrix = 1 / (1 + np.exp(-(numbers @ self.weights + self.constant)))
        return found


@dataclass(frozen=True, slots=True)
class AlignmentModel:
    """Everything that was learnt, and the fingerprint of the vectors it was learnt on.

    `node_themes` is (themes, nodes): what share a theme's work has in serving a node.
    `node_vectors` is (3, nodes, dimensions): description, keywords, name. `audit` weighs
    the log-odds of a declared strategy and how far the best one is above it.
    """

    fingerprint: str
    themes: ThemeModel
    theme_names: tuple[str, ...]
    codes: tuple[str, ...]
    node_themes: Matrix
    node_vectors: Vectors
    pair: LogisticModel
    node: LogisticModel
    audit: LogisticModel


@cache
def alignment_model() -> AlignmentModel:
    """Load the model."""
    with (files("kb.alignment") / "model.npz").open("rb") as file:
        kept = dict(np.load(file, allow_pickle=False))
    return AlignmentModel(
        str(kept["fingerprint"]),
        ThemeModel(
            *(
                kept[f"theme_{name}"].astype(np.float64)
                for name in ("weights", "constants", "mean_query", "mean_passage")
            )
        ),
        tuple(kept["theme_names"].tolist()),
        tuple(kept["codes"].tolist()),
        kept["node_themes"],
        kept["node_vectors"],
        LogisticModel(kept["pair_weights"], float(kept["pair_constant"])),
        LogisticModel(kept["node_weights"], float(kept["node_constant"])),
        LogisticModel(kept["audit_weights"], float(kept["audit_constant"])),
    )


def fitting_model(fingerprint: str) -> AlignmentModel:
    """Return the model, which fits the vectors of one encoder alone.

    Raises PhaenError `alignment-model-changed` where the vectors are another encoder's.
    """
    model = alignment_model()
    if model.fingerprint != fingerprint:
        raise PhaenError("alignment-model-changed", kept=model.fingerprint, chosen=fingerprint)
    return model


def pair_features(
    themes: ThemeModel,
    queries: Vectors,
    passages: Vectors,
    ones: list[SubjectTerms],
    others: list[SubjectTerms],
) -> Matrix:
    """Compare proposals with statements: shape (proposals, statements, len(PAIR_FEATURES))."""
    q, p = themes.centred(queries, "query"), themes.centred(passages, "passage")
    return np.stack([q @ p.T, themes.affinity(q, p), *_shared(ones, others)], axis=2)


def node_features(
    themes: ThemeModel,
    node_themes: Matrix,
    node_vectors: Vectors,
    queries: Vectors,
    ones: list[SubjectTerms],
    nodes: list[SubjectTerms],
) -> Matrix:
    """Compare proposals with nodes: shape (proposals, nodes, len(NODE_FEATURES))."""
    q = themes.centred(queries, "query")
    near = [q @ themes.centred(part, "passage").T for part in node_vectors]
    concepts, words, _ = _shared(ones, nodes)
    return np.stack([*near, themes.shares(q) @ node_themes, words, concepts], axis=2)


def _shared(ones: list[SubjectTerms], others: list[SubjectTerms]) -> tuple[Matrix, Matrix, Matrix]:
    concepts = overlap_counts([s.concepts for s in ones], [s.concepts for s in others])
    words = overlap_counts([s.words for s in ones], [s.words for s in others])
    themes = overlap_counts([s.themes for s in ones], [s.themes for s in others])
    return np.minimum(concepts, 3), np.minimum(words, 3), np.minimum(themes, 1)
