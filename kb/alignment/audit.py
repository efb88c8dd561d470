"""Declared against inferred: projects declared under one strategy that serve another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.errors import UsageError
from kb.alignment.aligner import Aligner, undecidable_note
from kb.alignment.declared_strategies import declared_strategies
from kb.alignment.issues import issue_scores, issues_of, whole_text
from kb.alignment.subject_terms import proposal_terms
from kb.arrays import Matrix
from kb.knowledge_base import KnowledgeBase
from kb.loading.proposals import Proposal
from kb.model.bundled import Progress, silent
from kb.store.filters import Filters
from kb.store.records import StoredProject, StoredStatement

LEAST_DOUBT = 0.25
"""A project is listed where the doubt of what it declares is at least this."""

LEAST_SCORE = 0.1
"""The least score of a strategy that is named as the one served."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A project, what it is declared under, and the strategy it serves better (None: none)."""

    project: StoredProject
    declared: str
    serves: str | None
    declared_score: float
    serves_score: float
    doubt: float

    @property
    def reason(self) -> str:
        """One Thai sentence that says why the project is listed."""
        if self.serves is None:
            return f"ระบุว่าอยู่ใต้ “{self.declared}” แต่ไม่พบว่าตอบยุทธศาสตร์ข้อใดของแผนนี้"
        return f"ระบุว่าอยู่ใต้ “{self.declared}” แต่เนื้องานตอบ “{self.serves}” มากกว่า"

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "project": self.project.to_dict(),
            "declared": self.declared,
            "serves": self.serves,
            "declared_score": round(self.declared_score, 3),
            "serves_score": round(self.serves_score, 3),
            "doubt": round(self.doubt, 3),
            "reason": self.reason,
        }


def audit(
    kb: KnowledgeBase, aligner: Aligner, organisation: str, progress: Progress = silent
) -> tuple[int, tuple[Mismatch, ...]]:
    """Return how many projects declare a strategy, and those that seem to serve another.

    A project is compared with all strategies that the body's projects declare; the most
    doubtful come first. Raises UsageError `audit-nothing` where no project of the body
    declares one.
    """
    statements = statements_by_id(kb, organisation)
    projects = [
        project
        for project in kb.projects(Filters(organisation=organisation))
        if declared_strategy_of(project, statements)
    ]
    if not projects:
        raise UsageError("audit-nothing", organisation=organisation)
    mismatches = _mismatches(aligner, projects, statements, progress)
    return len(projects), tuple(sorted(mismatches, key=lambda mismatch: -mismatch.doubt))


def statements_by_id(kb: KnowledgeBase, organisation: str) -> dict[str, StoredStatement]:
    """Return a body's statements by id, as the `parent` of a project names them."""
    statements = kb.statements(Filters(organisation=organisation))
    return {statement.id: statement for statement in statements}


def declared_strategy_of(
    project: StoredProject, statements: dict[str, StoredStatement]
) -> str | None:
    """Return the strategy named above a project's table, else the statement it is nested under."""
    if project.record.declared_strategy:
        return declared_strategies(project.record.declared_strategy).name
    parent = statements.get(project.record.parent or "")
    while parent and parent.kind != "strategic_issue" and parent.record.parent in statements:
        parent = statements[parent.record.parent]
    return parent.text if parent else None


def doubt(aligner: Aligner, declared: float, best: float) -> float:
    """Return the probability that a project does not belong where it is declared.

    `declared` and `best` are the scores of the declared strategy and of the best one. A
    logistic model over the log-odds of the first and how far the second is above them,
    fitted on plans put together from the training texts (`tools/train_alignment.py`).
    """
    declared_odds, best_odds = _log_odds(declared), _log_odds(best)
    features = np.array([declared_odds, best_odds - declared_odds])
    return float(aligner.scorer.model.audit.probabilities(features))


def _mismatches(
    aligner: Aligner,
    projects: Sequence[StoredProject],
    statements: dict[str, StoredStatement],
    progress: Progress,
) -> Iterator[Mismatch]:
    declared = [declared_strategy_of(project, statements) or "" for project in projects]
    strategies = list(dict.fromkeys(declared))
    scores = issue_scores(aligner, projects, issues_of(strategies, statements), progress)
    for project, own, row in zip(projects, declared, scores, strict=True):
        terms = proposal_terms(project.record.title)
        if not undecidable_note(Proposal(whole_text(project)), terms):
            yield from _mismatch(aligner, project, own, strategies, row)


def _mismatch(
    aligner: Aligner, project: StoredProject, declared: str, strategies: Sequence[str], row: Matrix
) -> Iterator[Mismatch]:
    """Yield the project where its declared strategy is doubtful enough."""
    best = int(np.argmax(row))
    declared_score, best_score = float(row[strategies.index(declared)]), float(row[best])
    project_doubt = doubt(aligner, declared_score, best_score)
    if project_doubt >= LEAST_DOUBT:
        is_other = best_score >= LEAST_SCORE and strategies[best] != declared
        serves = strategies[best] if is_other else None
        yield Mismatch(project, declared, serves, declared_score, best_score, project_doubt)


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(clipped / (1 - clipped))
