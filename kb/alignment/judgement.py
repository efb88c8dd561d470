"""The one judgement: what proposals serve among the statements of a plan.

Alignment, the chain, coverage, the audit, the review form and the workbook all ask it, with the
same evidence: a proposal's title, objective and target, and the whole plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.alignment.evidence import PlanEvidence, ProposalEvidence
from kb.alignment.model import AlignmentModel, LogisticModel, logistic
from kb.alignment.pair_evidence import FEATURES, pair_evidence
from kb.arrays import Matrix

NEAR_BEST = 0.5
"""Statements served at least this share as surely as the surest are ordered as a reviewer would
name them: the most specific first."""

JUDGING = ("serves", "touches", "order", "served", "touched")
"""The models that a judgement takes."""

_MOST_ODDS = 8.0
_AIMS = ("vision", "mission", "goal")
WHOLE_NATURE = (
    "private",
    "perks_of_officials",
    "above_level",
    "bookkeeping",
    "empty",
    "has_purpose",
)
"""What a proposal is, beside the surest of its statements."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What each proposal serves, shapes (proposals, statements) and (proposals,).

    `serves`: how surely each statement is served. `order`: the greater, the earlier a reviewer
    names it. `served`, `touched`: how surely anything is served, or at least touched.
    """

    serves: Matrix
    order: Matrix
    served: Matrix
    touched: Matrix


@dataclass(frozen=True, slots=True)
class PlanScores:
    """One plan among several targets: the columns of its statements, and their judgement."""

    columns: tuple[int, ...]
    plan: PlanEvidence
    judged: Judgement


def judgement(model: AlignmentModel, proposals: ProposalEvidence, plan: PlanEvidence) -> Judgement:
    """Judge proposals over one plan."""
    models = {name: getattr(model, name) for name in JUDGING}
    return judged_by(models, pair_evidence(model.themes, proposals, plan))


def judged_by(models: Mapping[str, LogisticModel], evidence: Matrix) -> Judgement:
    """Judge by the models named in `JUDGING`; `evidence` is of `pair_evidence`."""
    odds = models["serves"].log_odds(evidence)
    touching = np.maximum(models["touches"].log_odds(evidence), odds)
    whole = whole_evidence(evidence, odds, touching)
    serves, served = logistic(odds), models["served"].probabilities(whole)
    return Judgement(
        serves,
        _order(serves, models["order"].log_odds(evidence)),
        served,
        np.maximum(models["touched"].probabilities(whole), served),
    )


def whole_evidence(evidence: Matrix, odds: Matrix, touching: Matrix) -> Matrix:
    """Return what says whether a proposal serves anything, shape (proposals, numbers).

    `odds` and `touching` are the log-odds of every pair that it is served, and touched.
    """
    columns = [FEATURES.index(name) for name in WHOLE_NATURE]
    nature = np.minimum(evidence[:, 0, columns], 1)
    return np.hstack([_surest(odds), _surest(touching), nature])


def family_of(plan: PlanEvidence, row: int) -> list[int]:
    """Return a statement and all that stands below it, by their rows."""
    family, frontier = [row], [row]
    while frontier:
        frontier = [
            child
            for child, parent in enumerate(plan.parent)
            if parent in frontier and child not in family
        ]
        family += frontier
    return family


def families(serves: Matrix, plan: PlanEvidence, rows: Sequence[int]) -> Matrix:
    """Return how surely each statement of `rows`, or one below it, is served."""
    best = [serves[:, family_of(plan, row)].max(axis=1) for row in rows]
    return np.stack(best, axis=1) if best else np.zeros((len(serves), 0))


def declared_evidence(serves: Matrix, served: Matrix, plan: PlanEvidence, row: int) -> Matrix:
    """Return what says whether a declared statement of a plan fits, shape (proposals, 3).

    The log-odds of the statement and what stands below it, how far the best of the others is
    above them, and the log-odds that anything is served. Missions and goals are no rivals: who
    serves an issue serves them too.
    """
    family = family_of(plan, row)
    rivals = [
        column
        for column, kind in enumerate(plan.kinds)
        if column not in family and kind not in _AIMS
    ]
    own = log_odds(serves[:, family].max(axis=1))
    best = log_odds(serves[:, rivals].max(axis=1)) if rivals else np.full(len(own), -_MOST_ODDS)
    return np.stack([own, np.maximum(best - own, 0), log_odds(served)], axis=1)


def declared_doubts(model: AlignmentModel, plan: PlanScores, row: int) -> Matrix:
    """Return how surely one statement of a plan does not fit each proposal that declares it."""
    numbers = declared_evidence(plan.judged.serves, plan.judged.served, plan.plan, row)
    return model.misdeclared.probabilities(numbers)


def log_odds(probabilities: Matrix) -> Matrix:
    """Return log-odds, between -8 and 8."""
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    odds: Matrix = np.clip(np.log(clipped / (1 - clipped)), -_MOST_ODDS, _MOST_ODDS)
    return odds


def _surest(odds: Matrix) -> Matrix:
    """Return the greatest of each row, shape (rows, 1)."""
    surest: Matrix = np.clip(odds.max(axis=1, keepdims=True), -_MOST_ODDS, _MOST_ODDS)
    return surest


def _order(serves: Matrix, preference: Matrix) -> Matrix:
    """Order the nearly surest by preference, above all others by how surely they are served."""
    near = serves >= NEAR_BEST * serves.max(axis=1, keepdims=True)
    order: Matrix = np.where(near, 2 + np.tanh(preference / 10), serves)
    return order
