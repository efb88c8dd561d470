"""Coverage: which strategies and indicators projects serve, and where the money goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ingest.errors import UsageError
from ingest.records import baht
from kb.alignment.aligner import Aligner
from kb.alignment.body_plans import JudgedProjects, declared_name, judged_projects, statements_by_id
from kb.alignment.declared_links import declared_target
from kb.alignment.judgement import families
from kb.alignment.periods import newest_plans
from kb.alignment.subject_terms import subject_terms
from kb.alignment.targets import statement_targets
from kb.alignment.verdicts import ALIGNED, WEAK, Target
from kb.knowledge_base import KnowledgeBase
from kb.model.bundled import Progress, silent
from kb.store.filters import Filters
from kb.store.records import StoredProject, StoredStatement

ISSUE_KINDS = ("strategic_issue", "strategy")
"""Of each of these kinds a project serves the one that it serves best."""

Money = Mapping[int, Decimal]
"""Baht by fiscal year (BE)."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A strategy or an indicator, the projects declared under it, those that serve it, the money.

    `budget` is of the projects declared under it. `statement` is None for the projects that
    declare no strategy of the plan.
    """

    statement: StoredStatement | None
    declared: int
    served: int
    budget: Money

    @property
    def unserved(self) -> bool:
        """Whether no project is declared under it and none serves it."""
        return self.statement is not None and not (self.declared or self.served)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "statement": self.statement.to_dict() if self.statement else None,
            "declared": self.declared,
            "served": self.served,
            "unserved": self.unserved,
            "budget": {str(year): baht(money) for year, money in sorted(self.budget.items())},
        }


def coverage(
    kb: KnowledgeBase, aligner: Aligner, organisation: str, progress: Progress = silent
) -> list[CoverageRow]:
    """Return each strategic issue, strategy and indicator of a body with projects and money.

    Of several plans only those count that are not over before the newest begins. Raises
    UsageError `plan-missing` where the body has no issues or strategies.
    """
    statements = statements_by_id(kb, organisation)
    issues = _current_by_text(statements, ISSUE_KINDS)
    if not issues:
        raise UsageError("plan-missing", organisation=organisation)
    projects = list(kb.projects(Filters(organisation=organisation)))
    targets = statement_targets(newest_plans(statements.values()))
    served = dict.fromkeys(issues, 0)
    for batch in judged_projects(aligner, projects, targets, progress):
        for text in _texts_served(batch, targets, issues):
            served[text] += 1
    counts, money = _declared_totals(projects, statements, targets, issues)
    rows = [
        CoverageRow(issue, counts[text], served[text], dict(money[text]))
        for text, issue in issues.items()
    ]
    rows += _indicator_rows(aligner, projects, _current_by_text(statements, ("indicator",)))
    if counts[None]:
        rows.append(CoverageRow(None, counts[None], 0, dict(money[None])))
    return rows


def _current_by_text(
    statements: Mapping[str, StoredStatement], kinds: Sequence[str]
) -> dict[str, StoredStatement]:
    """Return the statements of some kinds by text, without plans that newer ones replaced."""
    by_text = {
        statement.text: statement for statement in statements.values() if statement.kind in kinds
    }
    return {statement.text: statement for statement in newest_plans(by_text.values())}


def _texts_served(
    batch: JudgedProjects, targets: Sequence[Target], issues: Mapping[str, StoredStatement]
) -> Iterator[str]:
    """Yield an issue's text for each project that surely serves it, or serves it best of its kind.

    An issue is served where a strategy below it is.
    """
    for plan in batch.scores.plans:
        texts = [targets[column].text for column in plan.columns]
        for kind in ISSUE_KINDS:
            rows = [
                row
                for row, text in enumerate(texts)
                if text in issues and issues[text].kind == kind
            ]
            scores = families(plan.judged.serves, plan.plan, rows)
            for number, of_project in enumerate(scores):
                best = int(of_project.argmax()) if rows else -1
                for place, row in enumerate(rows):
                    is_best = (
                        place == best and batch.scores.aligned[number] and of_project[place] >= WEAK
                    )
                    if of_project[place] >= ALIGNED or is_best:
                        yield texts[row]


def _declared_totals(
    projects: Sequence[StoredProject],
    statements: dict[str, StoredStatement],
    targets: Sequence[Target],
    issues: Mapping[str, StoredStatement],
) -> tuple[dict[str | None, int], dict[str | None, dict[int, Decimal]]]:
    """Return the projects and the money declared under each issue's text; None: under none."""
    counts: dict[str | None, int] = defaultdict(int)
    money: dict[str | None, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for project in projects:
        declared = declared_target(declared_name(project, statements) or "", targets)
        issue = declared.text if declared is not None and declared.text in issues else None
        counts[issue] += 1
        for year, amount in project.record.budget.items():
            money[issue][year] += amount
    return counts, money


def _indicator_rows(
    aligner: Aligner, projects: Sequence[StoredProject], indicators: Mapping[str, StoredStatement]
) -> list[CoverageRow]:
    if not indicators:
        return []
    counts = [0] * len(indicators)
    if projects:
        targets = [Target(text, text, subject_terms(text)) for text in indicators]
        for batch in judged_projects(aligner, projects, targets):
            serving = (batch.scores.serves >= WEAK).sum(axis=0)
            counts = [count + int(more) for count, more in zip(counts, serving, strict=True)]
    return [
        CoverageRow(indicator, 0, count, {})
        for indicator, count in zip(indicators.values(), counts, strict=True)
    ]
