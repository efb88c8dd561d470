"""Scores: how surely proposals serve targets, calibrated to [0, 1]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.alignment.model import AlignmentModel, Vectors, fitting_model, node_features, pair_features
from kb.alignment.subject_terms import Matrix, SubjectTerms, subject_terms
from kb.alignment.verdicts import Target
from kb.model.encoder import Encoder
from kb.reference.frameworks import Node

STATEMENT_SHIFT = 2.1
"""In training one of 74 statements was served; in a plan it is about one of nine."""

NODE_SLOPE, NODE_SHIFT = 1.98, 4.69
"""Fitted on two thirds of the judged pairs of government descriptions and nodes
(`benchmarks/alignment.py`); the last third has an expected calibration error of 0.058."""


NAME_VECTOR = 2
"""Where a node's name stands among its vectors (description, keywords, name)."""


class Scorer:
    """Scores proposals against targets with one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.model: AlignmentModel = fitting_model(encoder.fingerprint)
        self._columns = {code: at for at, code in enumerate(self.model.codes)}
        self._passages: dict[str, Vectors] = {}
        self._main_themes: dict[str, str] = {}

    def scores(
        self, queries: Vectors, ones: list[SubjectTerms], targets: Sequence[Target]
    ) -> Matrix:
        """Return a score for each proposal and target, shape (proposals, targets)."""
        found = np.zeros((len(ones), len(targets)))
        known = [at for at, target in enumerate(targets) if self._is_known(target)]
        others = [at for at in range(len(targets)) if at not in set(known)]
        if known:
            found[:, known] = self._nodes(queries, ones, [targets[at] for at in known])
        if others:
            found[:, others] = self._statements(queries, ones, [targets[at] for at in others])
        return found

    def themes(self, queries: Vectors) -> list[str]:
        """Return the key of each proposal's main theme."""
        return self._named(self.model.themes.shares(self.model.themes.centred(queries, "query")))

    def themes_of(self, targets: Sequence[Target]) -> list[str]:
        """Return the key of each target's main theme; each is found once."""
        new = list({t.text: t for t in targets if t.text not in self._main_themes}.values())
        if new:
            vectors = np.array([self._vector(target) for target in self._made(new)])
            centred = self.model.themes.centred(vectors, "passage")
            names = self._named(self.model.themes.shares(centred))
            self._main_themes.update(zip((target.text for target in new), names, strict=True))
        return [self._main_themes[target.text] for target in targets]

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of targets' texts; each is made once."""
        new = [text for text in dict.fromkeys(texts) if text not in self._passages]
        if new:
            made = self.encoder.encode(new, "passage")
            self._passages.update(zip(new, made, strict=True))
        kept = [self._passages[text] for text in texts]
        return np.array(kept)

    def _made(self, targets: list[Target]) -> list[Target]:
        """Make the vectors of all targets that are no nodes of the model at once."""
        self.passages([target.text for target in targets if not self._is_known(target)])
        return targets

    def _vector(self, target: Target) -> Vectors:
        if self._is_known(target):
            name: Vectors = self.model.node_vectors[NAME_VECTOR, self._columns[target.id]]
            return name
        return self._passages[target.text]

    def _is_known(self, target: Target) -> bool:
        return isinstance(target.source, Node) and target.id in self._columns

    def _nodes(self, queries: Vectors, ones: list[SubjectTerms], targets: list[Target]) -> Matrix:
        columns = [self._columns[target.id] for target in targets]
        model = self.model
        numbers = node_features(
            model.themes,
            model.node_themes[:, columns],
            model.node_vectors[:, columns],
            queries,
            ones,
            [target.said for target in targets],
        )
        raw = numbers @ model.node.weights + model.node.constant
        return _chance(NODE_SLOPE * raw + NODE_SHIFT)

    def _statements(
        self, queries: Vectors, ones: list[SubjectTerms], targets: list[Target]
    ) -> Matrix:
        heard = [
            subject_terms(target.text) if isinstance(target.source, Node) else target.said
            for target in targets
        ]
        numbers = pair_features(
            self.model.themes, queries, self.passages([t.text for t in targets]), ones, heard
        )
        raw = numbers @ self.model.pair.weights + self.model.pair.constant
        return _chance(raw + STATEMENT_SHIFT)

    def _named(self, shares: Matrix) -> list[str]:
        return [self.model.theme_names[at] for at in shares.argmax(axis=1)]


def _chance(scores: Matrix) -> Matrix:
    chance: Matrix = 1 / (1 + np.exp(-scores))
    return chance
