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
from kb.alignment.texts import Matrix, Said, overlaps
from kb.model.chosen import weights_of
from kb.model.encoder import Role

Vectors = NDArray[Any]

SHARPNESS = 2.0
"""How much the themes' scores are sharpened before they are compared."""

PAIR = ("cosine", "themes", "concepts", "words", "same_theme")
NODE = ("description", "keywords", "name", "themes", "named", "concepts")


@dataclass(frozen=True, slots=True)
class Themes:
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
class Logistic:
    """A logistic model over a row of numbers."""

    weights: Matrix
    constant: float

    def chance(self, numbers: Matrix) -> Matrix:
        """Return the chance for each row of the last axis."""
        found: Matrix = 1 / (1 + np.exp(-(numbers @ self.weights + self.constant)))
        return found


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that was learnt, and the fingerprint of the vectors it was learnt on.

    `node_themes` is (themes, nodes): what share a theme's work has in serving a node.
    `node_vectors` is (3, nodes, dimensions): description, keywords, name. `audit` weighs
    the log-odds of a declared strategy and how far the best one is above it.
    """

    fingerprint: str
    themes: Themes
    theme_names: tuple[str, ...]
    codes: tuple[str, ...]
    node_themes: Matrix
    node_vectors: Vectors
    pair: Logistic
    node: Logistic
    audit: Logistic


@cache
def alignment_model() -> Model:
    """Load the model."""
    with (files("kb.alignment") / "model.npz").open("rb") as file:
        kept = dict(np.load(file, allow_pickle=False))
    return Model(
        str(kept["fingerprint"]),
        Themes(
            *(
                kept[f"theme_{name}"].astype(np.float64)
                for name in ("weights", "constants", "mean_query", "mean_passage")
            )
        ),
        tuple(kept["theme_names"].tolist()),
        tuple(kept["codes"].tolist()),
        kept["node_themes"],
        kept["node_vectors"],
        Logistic(kept["pair_weights"], float(kept["pair_constant"])),
        Logistic(kept["node_weights"], float(kept["node_constant"])),
        Logistic(kept["audit_weights"], float(kept["audit_constant"])),
    )


def fitting_model(fingerprint: str) -> Model:
    """Return the model, which fits the vectors of one encoder alone, in any precision.

    Raises PhaenError `alignment-model-changed` where the vectors are another encoder's.
    """
    model = alignment_model()
    if model.fingerprint != weights_of(fingerprint):
        raise PhaenError("alignment-model-changed", kept=model.fingerprint, chosen=fingerprint)
    return model


def pair_numbers(
    themes: Themes, queries: Vectors, passages: Vectors, ones: list[Said], others: list[Said]
) -> Matrix:
    """Compare proposals with statements: shape (proposals, statements, len(PAIR))."""
    q, p = themes.centred(queries, "query"), themes.centred(passages, "passage")
    return np.stack([q @ p.T, themes.affinity(q, p), *_shared(ones, others)], axis=2)


def node_numbers(
    themes: Themes,
    node_themes: Matrix,
    node_vectors: Vectors,
    queries: Vectors,
    ones: list[Said],
    nodes: list[Said],
) -> Matrix:
    """Compare proposals with nodes: shape (proposals, nodes, len(NODE))."""
    q = themes.centred(queries, "query")
    near = [q @ themes.centred(part, "passage").T for part in node_vectors]
    concepts, words, _ = _shared(ones, nodes)
    return np.stack([*near, themes.shares(q) @ node_themes, words, concepts], axis=2)


def _shared(ones: list[Said], others: list[Said]) -> tuple[Matrix, Matrix, Matrix]:
    concepts = overlaps([s.concepts for s in ones], [s.concepts for s in others])
    words = overlaps([s.words for s in ones], [s.words for s in others])
    themes = overlaps([s.themes for s in ones], [s.themes for s in others])
    return np.minimum(concepts, 3), np.minimum(words, 3), np.minimum(themes, 1)
