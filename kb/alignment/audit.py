"""Declared against inferred: projects declared under one strategy that serve another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.errors import UsageError
from kb.alignment.aligner import Aligner, undecidable_note
from kb.alignment.body_plans import (
    JudgedProjects,
    declared_name,
    declared_place,
    issue_above,
    judged_projects,
    plan_targets,
    proposal_of,
    statements_by_id,
)
from kb.alignment.judgement import PlanScores, declared_doubts, families, family_of
from kb.alignment.verdicts import MISDECLARED, WEAK, Sentence, Target
from kb.knowledge_base import KnowledgeBase
from kb.model.bundled import Progress, silent
from kb.store.filters import Filters
from kb.store.records import StoredProject, StoredStatement


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
    def reason(self) -> Sentence:
        """One sentence that says why the project is listed."""
        if self.serves is None:
            return Sentence(
                f"ระบุว่าอยู่ใต้ “{self.declared}” แต่ไม่พบว่าตอบยุทธศาสตร์ข้อใดของแผนนี้",
                f"Declared under “{self.declared}”, but serves no strategy of this plan",
            )
        return Sentence(
            f"ระบุว่าอยู่ใต้ “{self.declared}” แต่เนื้องานตอบ “{self.serves}” มากกว่า",
            f"Declared under “{self.declared}”, but rather serves “{self.serves}”",
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "project": self.project.to_dict(),
            "declared": self.declared,
            "serves": self.serves,
            "declared_score": round(self.declared_score, 3),
            "serves_score": round(self.serves_score, 3),
            "doubt": round(self.doubt, 3),
            "reason": self.reason.thai,
            "reason_en": self.reason.english,
        }


def audit(
    kb: KnowledgeBase, aligner: Aligner, organisation: str, progress: Progress = silent
) -> tuple[int, tuple[Mismatch, ...]]:
    """Return how many projects declare a strategy, and those that seem to serve another.

    A project is judged over the plan that has the strategy it declares, as `kb.alignment.judging`
    judges proposals; the most doubtful come first. Raises UsageError `audit-nothing` where no
    project of the body declares one.
    """
    statements = statements_by_id(kb, organisation)
    projects = [
        project
        for project in kb.projects(Filters(organisation=organisation))
        if declared_name(project, statements)
    ]
    if not projects:
        raise UsageError("audit-nothing", organisation=organisation)
    targets = plan_targets(projects, statements)
    mismatches = [
        mismatch
        for batch in judged_projects(aligner, projects, targets, progress)
        for mismatch in _mismatches(aligner, batch, targets, statements)
    ]
    return len(projects), tuple(sorted(mismatches, key=lambda mismatch: -mismatch.doubt))


def _mismatches(
    aligner: Aligner,
    batch: JudgedProjects,
    targets: Sequence[Target],
    statements: Mapping[str, StoredStatement],
) -> Iterator[Mismatch]:
    for row, project in enumerate(batch.projects):
        terms = batch.evidence.whole_terms[row]
        declared = declared_name(project, statements) or ""
        place = declared_place(declared, targets, batch.scores.plans)
        if place is not None and not undecidable_note(proposal_of(project), terms):
            yield from _mismatch(aligner, batch, row, targets, *place)


def _mismatch(
    aligner: Aligner,
    batch: JudgedProjects,
    row: int,
    targets: Sequence[Target],
    plan: PlanScores,
    place: int,
) -> Iterator[Mismatch]:
    """Yield the project where its declared strategy is doubtful enough."""
    doubt = float(declared_doubts(aligner.scorer.model, plan, place)[row])
    if doubt < MISDECLARED:
        return
    serves = plan.judged.serves
    best = int(np.argmax(plan.judged.order[row]))
    is_other = serves[row, best] >= WEAK and best not in family_of(plan.plan, place)
    yield Mismatch(
        batch.projects[row],
        targets[plan.columns[place]].text,
        issue_above(plan, targets, best).text if is_other else None,
        float(families(serves, plan.plan, [place])[row, 0]),
        float(serves[row, best]),
        doubt,
    )
