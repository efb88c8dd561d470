"""Declared against inferred: projects that stand under one strategy and serve another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.errors import UsageError
from kb.alignment.aligner import Aligner, untold
from kb.alignment.answers import Target
from kb.alignment.declared import declared
from kb.alignment.texts import Matrix, said, subject_of
from kb.filters import Filters
from kb.knowledge_base import KnowledgeBase
from kb.proposals import Proposal
from kb.stored import StoredProject, StoredStatement

FAINT = 0.014
"""A project whose declared strategy scores less serves nothing of it."""

CLEAR, ODDS = 0.9, 9.0
"""A project is listed too where another strategy is served this surely, at odds so many
times those of the declared one."""

NAMED = 0.03
"""The least score of a strategy that is named as the one served."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A project, what it is declared under, and the strategy it serves better (None: none)."""

    project: StoredProject
    declared: str
    serves: str | None
    declared_score: float
    serves_score: float

    @property
    def reason(self) -> str:
        """Say in one Thai sentence why it is listed."""
        if self.serves is None:
            return f"ระบุว่าอยู่ใต้ “{self.declared}” แต่ไม่พบว่าตอบยุทธศาสตร์ข้อใดของแผนนี้"
        return f"ระบุว่าอยู่ใต้ “{self.declared}” แต่เนื้องานตอบ “{self.serves}” มากกว่า"

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "project": self.project.to_dict(), "declared": self.declared, "serves": self.serves,
            "declared_score": round(self.declared_score, 3),
            "serves_score": round(self.serves_score, 3), "reason": self.reason,
        }  # fmt: skip


def audit(
    kb: KnowledgeBase, aligner: Aligner, organisation: str
) -> tuple[int, tuple[Mismatch, ...]]:
    """Return how many projects declare a strategy, and those that serve another one better.

    A project is compared with all strategies that the body's projects declare. Raises
    UsageError `audit-nothing` where no project of the body declares one.
    """
    names = declared_names(kb, organisation)
    projects = [
        each for each in kb.projects(Filters(organisation=organisation)) if declared_of(each, names)
    ]
    if not projects:
        raise UsageError("audit-nothing", organisation=organisation)
    return len(projects), tuple(_compared(aligner, projects, names))


def declared_names(kb: KnowledgeBase, organisation: str) -> dict[str, StoredStatement]:
    """Return the body's statements by id: what a project's `parent` stands for."""
    return {each.id: each for each in kb.statements(Filters(organisation=organisation))}


def declared_of(project: StoredProject, names: dict[str, StoredStatement]) -> str | None:
    """Return the strategy a project is declared under: told above its table, or its parent."""
    if project.record.declared_strategy:
        return declared(project.record.declared_strategy).name
    parent = names.get(project.record.parent or "")
    while parent and parent.kind != "strategic_issue" and parent.record.parent in names:
        parent = names[parent.record.parent]
    return parent.text if parent else None


def project_scores(
    aligner: Aligner, projects: Sequence[StoredProject], strategies: Sequence[str]
) -> Matrix:
    """Return how surely each project serves each strategy: by name, or name and objective."""
    targets = [Target(text, text, said(text)) for text in strategies]
    whole = aligner.scores([whole_text(each) for each in projects], targets)
    named = aligner.scores([each.record.title for each in projects], targets)
    return np.maximum(whole, named)


def whole_text(project: StoredProject) -> str:
    """Return what a project's row says of its work."""
    record = project.record
    parts = (record.title, record.objective, record.target, record.expected_result)
    return " ".join(part for part in parts if part)


def _compared(
    aligner: Aligner, projects: Sequence[StoredProject], names: dict[str, StoredStatement]
) -> Iterable[Mismatch]:
    told = [declared_of(each, names) or "" for each in projects]
    strategies = list(dict.fromkeys(told))
    scores = project_scores(aligner, projects, strategies)
    for project, own, row in zip(projects, told, scores, strict=True):
        heard = subject_of(project.record.title)
        if not untold(Proposal(whole_text(project)), heard):
            yield from _judged(project, own, strategies, row)


def _judged(
    project: StoredProject, own: str, strategies: Sequence[str], row: Matrix
) -> Iterable[Mismatch]:
    told, best = float(row[strategies.index(own)]), int(np.argmax(row))
    top = float(row[best])
    if told <= FAINT or (top >= CLEAR and _odds(top) >= ODDS * _odds(told)):
        serves = strategies[best] if top >= NAMED and strategies[best] != own else None
        yield Mismatch(project, own, serves, told, top)


def _odds(chance: float) -> float:
    return chance / max(1 - chance, 1e-9)
