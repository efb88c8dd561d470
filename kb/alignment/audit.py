"""DeclaredStrategies against inferred: projects that stand under one strategy and serve another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.errors import UsageError
from kb.alignment.aligner import Aligner, undecidable_note
from kb.alignment.declared_strategies import declared_strategies
from kb.alignment.issues import issue_scores, issues_of, whole_text
from kb.alignment.subject_terms import Matrix, proposal_terms
from kb.knowledge_base import KnowledgeBase
from kb.loading.proposals import Proposal
from kb.model.bundled import Progress, silent
from kb.store.filters import Filters
from kb.store.records import StoredProject, StoredStatement

LEAST_DOUBT = 0.25
"""A project is listed where the doubt of what it declares is this great."""

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
        """Say in one Thai sentence why it is listed."""
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
    doubtful stand first. Raises UsageError `audit-nothing` where no project of the body
    declares one.
    """
    names = statements_by_id(kb, organisation)
    projects = [
        each
        for each in kb.projects(Filters(organisation=organisation))
        if declared_strategy_of(each, names)
    ]
    if not projects:
        raise UsageError("audit-nothing", organisation=organisation)
    found = _compared(aligner, projects, names, progress)
    return len(projects), tuple(sorted(found, key=lambda each: -each.doubt))


def statements_by_id(kb: KnowledgeBase, organisation: str) -> dict[str, StoredStatement]:
    """Return the body's statements by id: what a project's `parent` stands for."""
    return {each.id: each for each in kb.statements(Filters(organisation=organisation))}


def declared_strategy_of(project: StoredProject, names: dict[str, StoredStatement]) -> str | None:
    """Return the strategy a project is declared under: told above its table, or its parent."""
    if project.record.declared_strategy:
        return declared_strategies(project.record.declared_strategy).name
    parent = names.get(project.record.parent or "")
    while parent and parent.kind != "strategic_issue" and parent.record.parent in names:
        parent = names[parent.record.parent]
    return parent.text if parent else None


def doubt(aligner: Aligner, declared: float, best: float) -> float:
    """Return the chance that a project does not belong where it is declared.

    A logistic model over the log-odds of the declared strategy and how much the best one
    is above them, fitted on plans put together from the training texts.
    """
    told, top = _log_odds(declared), _log_odds(best)
    return float(aligner.scorer.model.audit.chance(np.array([told, top - told])))


def _compared(
    aligner: Aligner,
    projects: Sequence[StoredProject],
    names: dict[str, StoredStatement],
    progress: Progress,
) -> Iterable[Mismatch]:
    told = [declared_strategy_of(each, names) or "" for each in projects]
    strategies = list(dict.fromkeys(told))
    scores = issue_scores(aligner, projects, issues_of(strategies, names), progress)
    for project, own, row in zip(projects, told, scores, strict=True):
        heard = proposal_terms(project.record.title)
        if not undecidable_note(Proposal(whole_text(project)), heard):
            yield from _judged(aligner, project, own, strategies, row)


def _judged(
    aligner: Aligner, project: StoredProject, own: str, strategies: Sequence[str], row: Matrix
) -> Iterable[Mismatch]:
    told, best = float(row[strategies.index(own)]), int(np.argmax(row))
    top = float(row[best])
    doubted = doubt(aligner, told, top)
    if doubted >= LEAST_DOUBT:
        serves = strategies[best] if top >= LEAST_SCORE and strategies[best] != own else None
        yield Mismatch(project, own, serves, told, top, doubted)


def _log_odds(chance: float) -> float:
    held = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(held / (1 - held))
