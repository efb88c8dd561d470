"""Learn the judgement from graded plans; `tools.train_alignment` calls it.

Every pair of a proposal and a statement of its plan is an example. What is said of the whole
plan, and of declared strategies, is learnt from scores of pairs by models that did not see the
plan, as it will be with plans of the world. Training twice gives the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.graded_plans import GRADES, GradedPlan, read_plans
from kb import KnowledgeBase
from kb.alignment.declared_links import declared_target
from kb.alignment.evidence import PlanEvidence, Reader
from kb.alignment.judgement import declared_evidence, family_of, judged_by, whole_evidence
from kb.alignment.model import LogisticModel, ThemeModel, logistic
from kb.alignment.pair_evidence import FEATURES, pair_evidence
from kb.alignment.targets import targets_of
from kb.alignment.verdicts import ALIGNED
from kb.alignment.verdicts import TOUCHED as LEAST_TOUCHED
from kb.evaluation.measures import auroc, calibration_error
from kb.model.encoder import Encoder

FOLDS = 5
PAIR_C, ORDER_C, WHOLE_C, DECLARED_C = 0.1, 0.001, 0.3, 0.3
"""scikit-learn's inverse penalties, the same at which models were compared by plan and writer."""

WRONG, DECLARED_WEIGHT = 0.16, 3.0
"""So many of a hundred declarations are wrong; what was declared weighs three planted ones."""

SERVED, TOUCHED = 2, 1
_OTHERS_SERVED, _SERVED_FIRST = 0.6, 0.3
"""Weights of what tells the best statement from others served, and these from the rest."""


@dataclass(frozen=True, slots=True)
class Example:
    """A plan's pairs: their evidence, grades (2 served, 1 touched), and each proposal's best.

    `best` is the row of the statement named first, -1 where none; `declared` the row of the
    statement declared, -1 where it declares none of the plan, and whether that is right.
    """

    plan: GradedPlan
    read: PlanEvidence
    evidence: np.ndarray
    grades: np.ndarray
    whole: np.ndarray
    best: np.ndarray
    declared: np.ndarray
    declared_right: np.ndarray


def read_examples(paths: Sequence[Path], encoder: Encoder, themes: ThemeModel) -> list[Example]:
    """Read the graded plans of some files; every text is encoded once."""
    reader = Reader(encoder, themes)
    return [_example(plan, reader) for path in paths for plan in read_plans(path)]


def learn(examples: Sequence[Example]) -> dict[str, LogisticModel]:
    """Fit all models of the judgement."""
    models = fit_pairs(examples)
    unseen = unseen_odds(examples)
    models |= fit_whole(examples, unseen)
    models["misdeclared"] = fit_declared(examples, unseen, models)
    return models


def fit_pairs(examples: Sequence[Example]) -> dict[str, LogisticModel]:
    """Fit what is learnt from single pairs, and their order."""
    evidence = np.concatenate([one.evidence.reshape(-1, len(FEATURES)) for one in examples])
    grades = np.concatenate([one.grades.ravel() for one in examples])
    return {
        "serves": fitted(evidence, grades == SERVED, PAIR_C),
        "touches": fitted(evidence, grades >= TOUCHED, PAIR_C),
        "order": _fit_order(examples, evidence),
    }


def unseen_odds(examples: Sequence[Example]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return each plan's log-odds of serving and touching by models that did not see it."""
    odds: list[tuple[np.ndarray, np.ndarray]] = [(np.empty(0), np.empty(0))] * len(examples)
    for fold in range(min(FOLDS, len(examples))):
        held = [number for number in range(len(examples)) if number % FOLDS == fold]
        models = fit_pairs([one for number, one in enumerate(examples) if number % FOLDS != fold])
        for number in held:
            evidence = examples[number].evidence
            serving = models["serves"].log_odds(evidence)
            odds[number] = serving, np.maximum(models["touches"].log_odds(evidence), serving)
    return odds


def fit_whole(
    examples: Sequence[Example], unseen: Sequence[tuple[np.ndarray, np.ndarray]]
) -> dict[str, LogisticModel]:
    """Fit whether a proposal serves or touches anything of its plan."""
    numbers = np.concatenate(
        [whole_evidence(one.evidence, *odds) for one, odds in zip(examples, unseen, strict=True)]
    )
    whole = np.concatenate([one.whole for one in examples])
    return {
        "served": fitted(numbers, whole == SERVED, WHOLE_C),
        "touched": fitted(numbers, whole >= TOUCHED, WHOLE_C),
    }


def fit_declared(
    examples: Sequence[Example],
    unseen: Sequence[tuple[np.ndarray, np.ndarray]],
    models: dict[str, LogisticModel],
) -> LogisticModel:
    """Fit that a declared strategy does not fit.

    Beside what was declared, every proposal is put under every issue and strategy of its plan,
    wrongly as often as offices do; what is only touched is left out.
    """
    numbers, wrong = declared_rows(examples, unseen, models)
    planted, misplaced = _planted_rows(examples, unseen, models)
    shares = np.where(misplaced, WRONG / misplaced.mean(), (1 - WRONG) / (1 - misplaced.mean()))
    return fitted(
        np.vstack([numbers, planted]),
        np.concatenate([wrong, misplaced]),
        DECLARED_C,
        np.concatenate([np.full(len(wrong), DECLARED_WEIGHT), shares]),
    )


def _planted_rows(
    examples: Sequence[Example],
    unseen: Sequence[tuple[np.ndarray, np.ndarray]],
    models: dict[str, LogisticModel],
) -> tuple[np.ndarray, np.ndarray]:
    """Return the evidence on every proposal under every issue and strategy, and which are wrong."""
    numbers, wrong = [], []
    for one, odds in zip(examples, unseen, strict=True):
        served = models["served"].probabilities(whole_evidence(one.evidence, *odds))
        for place, kind in enumerate(one.read.kinds):
            if kind in ("strategic_issue", "strategy"):
                grades = one.grades[:, family_of(one.read, place)].max(axis=1)
                clear = grades != TOUCHED
                evidence = declared_evidence(logistic(odds[0]), served, one.read, place)
                numbers.append(evidence[clear])
                wrong.append(grades[clear] < SERVED)
    return np.concatenate(numbers), np.concatenate(wrong)


def declared_rows(
    examples: Sequence[Example],
    unseen: Sequence[tuple[np.ndarray, np.ndarray]],
    models: dict[str, LogisticModel],
) -> tuple[np.ndarray, np.ndarray]:
    """Return the evidence on declared strategies that were found, and which are wrong."""
    numbers, wrong = [], []
    for one, odds in zip(examples, unseen, strict=True):
        served = models["served"].probabilities(whole_evidence(one.evidence, *odds))
        serves = logistic(odds[0])
        for row in np.flatnonzero(one.declared >= 0):
            own, place = slice(row, row + 1), int(one.declared[row])
            numbers.append(declared_evidence(serves[own], served[own], one.read, place))
            wrong.append(not one.declared_right[row])
    return np.concatenate(numbers), np.array(wrong)


def held_out_figures(examples: Sequence[Example]) -> Iterator[str]:
    """Yield how well plans are judged by models that saw neither them nor, then, their writer."""
    writers = sorted({one.plan.writer for one in examples})
    by_plan = [number % FOLDS for number in range(len(examples))]
    by_writer = [writers.index(one.plan.writer) for one in examples]
    for name, groups in (("plan", by_plan), ("writer", by_writer)):
        if len(set(groups)) > 1:
            yield f"held out by {name}: {_figures(examples, groups)}"


def _figures(examples: Sequence[Example], groups: Sequence[int]) -> str:
    verdicts, firsts, bests, idle, served, serves = [], [], [], [], [], []
    for group in sorted(set(groups)):
        models = learn([one for one, own in zip(examples, groups, strict=True) if own != group])
        for one in (one for one, own in zip(examples, groups, strict=True) if own == group):
            judged = judged_by(models, one.evidence)
            says = np.where(
                judged.served >= ALIGNED, SERVED, np.where(judged.touched >= LEAST_TOUCHED, 1, 0)
            )
            first = judged.order.argmax(axis=1)
            is_served = one.whole == SERVED
            rows = np.arange(len(first))
            verdicts += list(says == one.whole)
            firsts += list(one.grades[rows, first][is_served] == SERVED)
            bests += list((first == one.best)[is_served])
            idle += list(says[~is_served] == SERVED)
            served += list(zip(judged.served, is_served, strict=True))
            serves += list(zip(judged.serves.ravel(), one.grades.ravel() == SERVED, strict=True))
    scores, right = zip(*serves, strict=True)
    area = auroc([s for s, r in serves if r], [s for s, r in serves if not r])
    return (
        f"verdict right {np.mean(verdicts):.3f}, first served {np.mean(firsts):.3f}, first best "
        f"{np.mean(bests):.3f}, not served called aligned {np.mean(idle):.3f}, AUROC {area:.3f}, "
        f"calibration error of pairs {calibration_error(scores, right):.3f}, of verdicts "
        f"{calibration_error(*zip(*served, strict=True)):.3f}"
    )


def fitted(
    numbers: np.ndarray, labels: np.ndarray, c: float, weights: np.ndarray | None = None
) -> LogisticModel:
    """Fit logistic regression over standardised numbers; the scale is kept in the weights."""
    scaler = StandardScaler().fit(numbers)
    model = LogisticRegression(C=c, max_iter=5000, tol=1e-8)
    model.fit(scaler.transform(numbers), labels, sample_weight=weights)
    slopes = model.coef_[0] / scaler.scale_
    return LogisticModel(slopes, float(model.intercept_[0] - slopes @ scaler.mean_))


def _fit_order(examples: Sequence[Example], evidence: np.ndarray) -> LogisticModel:
    """Fit which statement is named first, from differences of pairs."""
    scale = StandardScaler().fit(evidence).scale_
    rows, weights = [], []
    for one in examples:
        for row in np.flatnonzero(one.best >= 0):
            numbers, grades, best = one.evidence[row] / scale, one.grades[row], one.best[row]
            for other in range(len(grades)):
                if other != best:
                    rows.append(numbers[best] - numbers[other])
                    weights.append(_OTHERS_SERVED if grades[other] == SERVED else 1.0)
                if grades[other] == SERVED:
                    idle = np.flatnonzero(grades < SERVED)
                    rows += list(numbers[other] - numbers[idle])
                    weights += [_SERVED_FIRST] * len(idle)
    differences = np.array(rows)
    model = LogisticRegression(C=ORDER_C, fit_intercept=False, max_iter=5000, tol=1e-8)
    model.fit(
        np.vstack([differences, -differences]),
        np.repeat([1, 0], len(rows)),
        sample_weight=np.array(weights * 2),
    )
    return LogisticModel(model.coef_[0] / scale, 0.0)


def _example(plan: GradedPlan, reader: Reader) -> Example:
    body = plan.document.organisation
    with (
        tempfile.TemporaryDirectory() as folder,
        KnowledgeBase(Path(folder) / "kb.db", create=True) as kb,
    ):
        kb.add(plan.document)
        targets = targets_of(kb, [body.name if body else ""])
    names = [plan.numbers[target.id] for target in targets]
    proposals = reader.proposals([graded.proposal for graded in plan.proposals])
    read = reader.plan(targets)
    grade = {name: len(GRADES) - 1 - place for place, name in enumerate(GRADES)}
    declared = [
        declared_target(graded.proposal.declared_strategy or "", targets)
        for graded in plan.proposals
    ]
    return Example(
        plan,
        read,
        pair_evidence(reader.themes, proposals, read),
        np.array([[grade[one.grade_of(name)] for name in names] for one in plan.proposals]),
        np.array([grade[one.grade] for one in plan.proposals]),
        np.array([names.index(one.best) if one.best in names else -1 for one in plan.proposals]),
        np.array([targets.index(one) if one else -1 for one in declared]),
        np.array([bool(one.declared_right) for one in plan.proposals]),
    )
