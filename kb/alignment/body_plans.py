"""A body's projects against its own plans: the same judgement as for anybody's proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.records import Project
from kb.alignment.aligner import BATCH_SIZE, Aligner
from kb.alignment.declared_links import declared_target
from kb.alignment.evidence import ProposalEvidence
from kb.alignment.judgement import PlanScores
from kb.alignment.scorer import Scores
from kb.alignment.subject_terms import subject_terms
from kb.alignment.targets import statement_targets
from kb.alignment.verdicts import Target
from kb.knowledge_base import KnowledgeBase
from kb.loading.proposals import Proposal
from kb.model.bundled import Progress, silent
from kb.store.filters import Filters
from kb.store.records import StoredProject, StoredStatement

_DEEPEST = 5
"""Levels of a plan that are climbed from a statement upwards."""


@dataclass(frozen=True, slots=True)
class JudgedProjects:
    """Some projects as proposals, what they say, and their scores against the same targets."""

    projects: tuple[StoredProject, ...]
    evidence: ProposalEvidence
    scores: Scores


def statements_by_id(kb: KnowledgeBase, organisation: str) -> dict[str, StoredStatement]:
    """Return a body's statements by id, as the `parent` of a project names them."""
    statements = kb.statements(Filters(organisation=organisation))
    return {statement.id: statement for statement in statements}


def proposal_of(project: StoredProject) -> Proposal:
    """Return a project as the proposal it was."""
    record: Project = project.record
    return Proposal(
        record.title,
        record.objective,
        record.target,
        organisation=project.organisation,
        years=tuple(sorted(record.budget)),
        budget=record.budget,
        declared_strategy=record.declared_strategy,
        indicator=record.indicator,
        expected_result=record.expected_result,
    )


def judged_projects(
    aligner: Aligner,
    projects: Sequence[StoredProject],
    targets: Sequence[Target],
    progress: Progress = silent,
) -> Iterator[JudgedProjects]:
    """Judge projects against targets, some at a time."""
    for start in range(0, len(projects), BATCH_SIZE):
        batch = tuple(projects[start : start + BATCH_SIZE])
        evidence = aligner.scorer.read([proposal_of(project) for project in batch])
        yield JudgedProjects(batch, evidence, aligner.scorer.scores(evidence, targets))
        progress("align", start + len(batch), len(projects))


def plan_targets(
    projects: Sequence[StoredProject], statements: Mapping[str, StoredStatement]
) -> list[Target]:
    """Return a body's statements as targets, and strategies that only its projects name."""
    targets = statement_targets(statements.values())
    names = (declared_name(project, statements) for project in projects)
    unknown = [
        name for name in dict.fromkeys(names) if name and declared_target(name, targets) is None
    ]
    return [*targets, *(Target(name, name, subject_terms(name)) for name in unknown)]


def declared_name(project: StoredProject, statements: Mapping[str, StoredStatement]) -> str | None:
    """Return the strategy named above a project's table, else the issue it is nested under."""
    if project.record.declared_strategy:
        return project.record.declared_strategy
    parent = statements.get(project.record.parent or "")
    while parent and parent.kind != "strategic_issue":
        above = statements.get(parent.record.parent or "")
        if above is None:
            break
        parent = above
    return parent.text if parent else None


def declared_place(
    name: str, targets: Sequence[Target], plans: Sequence[PlanScores]
) -> tuple[PlanScores, int] | None:
    """Return the plan that has a declared strategy, and the strategy's row in it."""
    for plan in plans:
        own = [targets[column] for column in plan.columns]
        target = declared_target(name, own)
        if target is not None:
            return plan, own.index(target)
    return None


def issue_above(plan: PlanScores, targets: Sequence[Target], row: int) -> Target:
    """Return the strategic issue above a statement of a plan, or the statement itself."""
    place = row
    for _ in range(_DEEPEST):
        source = targets[plan.columns[place]].source
        is_issue = isinstance(source, StoredStatement) and source.kind == "strategic_issue"
        if is_issue or plan.plan.parent[place] < 0:
            break
        place = int(plan.plan.parent[place])
    return targets[plan.columns[place]]
