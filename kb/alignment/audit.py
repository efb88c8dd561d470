"""Declared against inferred: projects that stand under one strategy and serve another."""

from __future__ import annotations

from collections import defaultdict
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

CLEAR, FAINT = 0.12, 0.03
"""A project is listed where another strategy is served this well at least and the declared
one this little at most, and the better one stands out (`RATIO`), or where nothing is."""
RATIO, NOTHING = 6.0, 0.02


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

    A project is compared with all strategies that its document's projects declare and its
    plan names. Raises UsageError `organisation-unknown-here` where the body has no project.
    """
    names = declared_names(kb, organisation)
    by_document: dict[str, list[StoredProject]] = defaultdict(list)
    for project in kb.projects(Filters(organisation=organisation)):
        if declared_of(project, names):
            by_document[project.document].append(project)
    if not by_document:
        raise UsageError("audit-nothing", organisation=organisation)
    found: list[Mismatch] = []
    for projects in by_document.values():
        found += _compared(aligner, projects, names)
    return sum(map(len, by_document.values())), tuple(found)


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
    declared = [declared_of(each, names) or "" for each in projects]
    document = projects[0].document
    issues = [
        s.text for s in names.values() if s.document == document and s.kind == "strategic_issue"
    ]
    strategies = list(dict.fromkeys([*declared, *issues]))
    scores = project_scores(aligner, projects, strategies)
    for project, own, row in zip(projects, declared, scores, strict=True):
        heard = subject_of(project.record.title)
        if not untold(Proposal(whole_text(project)), heard):
            yield from _judged(project, own, strategies, row)


def _judged(
    project: StoredProject, own: str, strategies: Sequence[str], row: Matrix
) -> Iterable[Mismatch]:
    declared, best = float(row[strategies.index(own)]), int(np.argmax(row))
    top = float(row[best])
    if declared <= FAINT and top >= CLEAR and top >= RATIO * declared:
        yield Mismatch(project, own, strategies[best], declared, top)
    elif top <= NOTHING:
        yield Mismatch(project, own, None, declared, top)
