"""Scores: how surely proposals serve targets, calibrated to [0, 1]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.alignment.model import AlignmentModel, fitting_model, logistic, node_features, pair_features
from kb.alignment.subject_terms import SubjectTerms, subject_terms
from kb.alignment.verdicts import Target
from kb.arrays import HalfVectors, Matrix, Vectors
from kb.model.encoder import Encoder
from kb.model.vector_cache import VectorCache
from kb.reference.frameworks import Node

STATEMENT_SHIFT = 2.1
"""Added to log-odds: in training one of 74 statements was served, in a plan about one of nine."""

NODE_SLOPE, NODE_SHIFT = 1.98, 4.69
"""Fitted on two thirds of the judged pairs of government descriptions and nodes
(`benchmarks/alignment.py`); the last third has an expected calibration error of 0.058."""

NAME_VECTOR = 2
"""The number of a node's name among its vectors (description, keywords, name)."""


class Scorer:
    """Scores proposals against targets with one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.model: AlignmentModel = fitting_model(encoder.fingerprint)
        self._columns = {code: column for column, code in enumerate(self.model.codes)}
        self._passages = VectorCache()
        self._main_themes: dict[str, str] = {}

    def scores(
        self, queries: Vectors, proposals: Sequence[SubjectTerms], targets: Sequence[Target]
    ) -> Matrix:
        """Return how surely each proposal serves each target, shape (proposals, targets).

        `queries` are the proposals' vectors, one row each. Nodes that the model was trained
        on are scored by their own model, all other targets as statements.
        """
        scores = np.zeros((len(proposals), len(targets)))
        nodes = [column for column, target in enumerate(targets) if self._is_trained(target)]
        others = [column for column, target in enumerate(targets) if not self._is_trained(target)]
        if nodes:
            scores[:, nodes] = self._node_scores(
                queries, proposals, [targets[column] for column in nodes]
            )
        if others:
            scores[:, others] = self._statement_scores(
                queries, proposals, [targets[column] for column in others]
            )
        return scores

    def themes(self, queries: Vectors) -> list[str]:
        """Return the key of each proposal's main theme."""
        return self._main(self.model.themes.centred(queries, "query"))

    def themes_of(self, targets: Sequence[Target]) -> list[str]:
        """Return the key of each target's main theme; computed once for a text."""
        new = {target.text: target for target in targets if target.text not in self._main_themes}
        if new:
            vectors = self._target_vectors(list(new.values()))
            names = self._main(self.model.themes.centred(vectors, "passage"))
            self._main_themes.update(zip(new, names, strict=True))
        return [self._main_themes[target.text] for target in targets]

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of targets' texts, one row each; cached."""
        return self._passages.encode(self.encoder, texts, "passage")

    def _target_vectors(self, targets: Sequence[Target]) -> Vectors:
        """Return a row for each target: of trained nodes the stored vector of their name."""
        texts = [target.text for target in targets if not self._is_trained(target)]
        encoded = dict(zip(texts, self.passages(texts), strict=True)) if texts else {}
        rows: list[Vectors | HalfVectors] = [
            self.model.node_vectors[NAME_VECTOR, self._columns[target.id]]
            if self._is_trained(target)
            else encoded[target.text]
            for target in targets
        ]
        return np.array(rows)

    def _is_trained(self, target: Target) -> bool:
        return isinstance(target.source, Node) and target.id in self._columns

    def _node_scores(
        self, queries: Vectors, proposals: Sequence[SubjectTerms], targets: Sequence[Target]
    ) -> Matrix:
        model = self.model
        columns = [self._columns[target.id] for target in targets]
        features = node_features(
            model.themes,
            model.node_themes[:, columns],
            model.node_vectors[:, columns],
            queries,
            proposals,
            [target.terms for target in targets],
        )
        return logistic(NODE_SLOPE * model.node.log_odds(features) + NODE_SHIFT)

    def _statement_scores(
        self, queries: Vectors, proposals: Sequence[SubjectTerms], targets: Sequence[Target]
    ) -> Matrix:
        terms = [
            subject_terms(target.text) if isinstance(target.source, Node) else target.terms
            for target in targets
        ]
        passages = self.passages([target.text for target in targets])
        features = pair_features(self.model.themes, queries, passages, proposals, terms)
        return logistic(self.model.pair.log_odds(features) + STATEMENT_SHIFT)

    def _main(self, centred: Matrix) -> list[str]:
        """Return the key of the theme that has most of each row."""
        shares = self.model.themes.shares(centred)
        return [self.model.theme_names[best] for best in shares.argmax(axis=1)]
