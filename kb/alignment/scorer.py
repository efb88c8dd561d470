"""Scores: how surely proposals serve targets, calibrated to [0, 1].

Statements are judged plan by plan (`kb.alignment.judgement`), nodes of frameworks by a model of
their own: under which node does a proposal fall, if under any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kb.alignment.evidence import ProposalEvidence, Reader
from kb.alignment.judgement import PlanScores, judgement
from kb.alignment.model import AlignmentModel, fitting_model, logistic, node_features
from kb.alignment.office_matters import level_of
from kb.alignment.verdicts import ALIGNED, NODE_ALIGNED, TOUCHED, WEAK, AlignmentVerdict, Target
from kb.arrays import HalfVectors, Mask, Matrix, Vectors
from kb.loading.proposals import Proposal
from kb.model.encoder import Encoder
from kb.model.vector_cache import VectorCache
from kb.reference.frameworks import Node
from kb.store.records import StoredStatement

NODE_SLOPE, NODE_SHIFT = 2.03, 6.90
"""Fitted on two thirds of the judged pairs of government descriptions and nodes
(`benchmarks/alignment.py`); the last third has an expected calibration error of 0.062."""

NAME_VECTOR = 2
"""The number of a node's name among its vectors (description, keywords, name)."""

_OFFICE_SHARE = 0.15
"""What an office spends on itself or books falls under no node: this share of a score is left."""

_SHORT = 160
"""Letters of the longest proposal whose words of offices are taken for its subject."""

_MOST_SHORT = 0.95
"""Nodes were judged over long descriptions: of a short text nothing is said more surely."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Proposals against targets of several kinds.

    `serves` and `order` are (proposals, targets), `served` (proposals,): how surely anything is
    served. `aligned`, `weak`: whether that is sure enough, or at least something is touched.
    `plans` are the judgements of single plans.
    """

    serves: Matrix
    order: Matrix
    served: Matrix
    aligned: Mask
    weak: Mask
    plans: tuple[PlanScores, ...]

    @property
    def level(self) -> int:
        """The level of the highest body whose plan is among the targets (`office_matters`)."""
        return max((plan.plan.level for plan in self.plans), default=level_of(None))

    def verdict(self, row: int) -> AlignmentVerdict:
        """Return the verdict on one proposal."""
        if self.aligned[row]:
            return "aligned"
        return "weak" if self.weak[row] else "not_aligned"


class Scorer:
    """Scores proposals against targets with one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.model: AlignmentModel = fitting_model(encoder.fingerprint)
        self.reader = Reader(encoder, self.model.themes)
        self._columns = {code: column for column, code in enumerate(self.model.codes)}
        self._passages = VectorCache()
        self._main_themes: dict[str, str] = {}

    def read(self, proposals: Sequence[Proposal]) -> ProposalEvidence:
        """Read proposals once, for all that is asked about them."""
        return self.reader.proposals(proposals)

    def scores(self, proposals: ProposalEvidence, targets: Sequence[Target]) -> Scores:
        """Score proposals against targets: statements plan by plan, and nodes."""
        shape = (len(proposals), len(targets))
        serves, order = np.zeros(shape), np.zeros(shape)
        served = np.zeros(shape[0])
        aligned, weak = np.zeros(shape[0], dtype=bool), np.zeros(shape[0], dtype=bool)
        plans: list[PlanScores] = []
        for columns in self._plans(targets):
            plan = self.reader.plan([targets[column] for column in columns])
            judged = judgement(self.model, proposals, plan)
            serves[:, columns], order[:, columns] = judged.serves, judged.order
            served = np.maximum(served, judged.served)
            aligned |= judged.served >= ALIGNED
            weak |= judged.touched >= TOUCHED
            plans.append(PlanScores(tuple(columns), plan, judged))
        nodes = [column for column, target in enumerate(targets) if self._is_trained(target)]
        if nodes:
            scores = self._node_scores(proposals, [targets[column] for column in nodes])
            serves[:, nodes] = order[:, nodes] = scores
            best = scores.max(axis=1)
            served = np.maximum(served, best)
            aligned |= best >= NODE_ALIGNED
            weak |= best >= WEAK
        return Scores(serves, order, served, aligned, weak, tuple(plans))

    def themes(self, proposals: ProposalEvidence) -> list[str]:
        """Return the key of each proposal's main theme."""
        return self._main(proposals.whole)

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

    def _plans(self, targets: Sequence[Target]) -> Iterator[list[int]]:
        """Yield the columns of each document's statements.

        Texts without a document stand beside the first document's statements, nodes of a
        framework of the user's own by themselves.
        """
        groups: dict[str, list[int]] = {}
        others: dict[str, list[int]] = {"text": [], "node": []}
        for column, target in enumerate(targets):
            if isinstance(target.source, StoredStatement):
                groups.setdefault(target.source.document, []).append(column)
            elif not self._is_trained(target):
                others["text" if target.source is None else "node"].append(column)
        first = next(iter(groups.values()), [])
        first += others["text"]
        yield from groups.values() if groups else [first] if first else []
        if others["node"]:
            yield others["node"]

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

    def _node_scores(self, proposals: ProposalEvidence, targets: Sequence[Target]) -> Matrix:
        model = self.model
        columns = [self._columns[target.id] for target in targets]
        features = node_features(
            model.themes,
            model.node_themes[:, columns],
            model.node_vectors[:, columns],
            proposals.whole,
            proposals.whole_terms,
            [target.terms for target in targets],
        )
        odds = NODE_SLOPE * model.node.log_odds(features) + NODE_SHIFT
        short = np.array([len(terms.text) <= _SHORT for terms in proposals.whole_terms])
        for_itself = short & proposals.is_for_office
        most = np.where(for_itself, _OFFICE_SHARE, np.where(short, _MOST_SHORT, 1.0))
        scores: Matrix = logistic(odds) * most[:, None]
        return scores

    def _main(self, centred: Matrix) -> list[str]:
        """Return the key of the theme that has most of each row."""
        shares = self.model.themes.shares(centred)
        return [self.model.theme_names[best] for best in shares.argmax(axis=1)]
