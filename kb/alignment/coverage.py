"""Coverage: which strategies and indicators projects serve, and where the money goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ingest.errors import UsageError
from ingest.records import baht
from kb.alignment.aligner import Aligner
from kb.alignment.audit import declared_strategy_of, statements_by_id
from kb.alignment.issues import Issue, issue_scores, issues_of
from kb.alignment.levels import newest_plans
from kb.alignment.verdicts import ALIGNED, WEAK
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
    served: dict[str, int] = {}
    for kind in ISSUE_KINDS:
        texts = [text for text, issue in issues.items() if issue.kind == kind]
        served |= _count_serving(aligner, projects, issues_of(texts, statements), progress)
    counts, money = _declared_totals(projects, statements, issues)
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


def _count_serving(
    aligner: Aligner, projects: Sequence[StoredProject], issues: Sequence[Issue], progress: Progress
) -> dict[str, int]:
    """Count for each issue the projects that surely serve it, or serve it best and weakly."""
    counts = dict.fromkeys((issue.text for issue in issues), 0)
    if projects and issues:
        scores = issue_scores(aligner, projects, issues, progress)
        best = scores.argmax(axis=1)
        for column, issue in enumerate(issues):
            sure = scores[:, column] >= ALIGNED
            weak = (best == column) & (scores[:, column] >= WEAK)
            counts[issue.text] = int((sure | weak).sum())
    return counts


def _declared_totals(
    projects: Sequence[StoredProject],
    statements: dict[str, StoredStatement],
    issues: Mapping[str, StoredStatement],
) -> tuple[dict[str | None, int], dict[str | None, dict[int, Decimal]]]:
    """Return the projects and the money declared under each issue's text; None: under none."""
    counts: dict[str | None, int] = defaultdict(int)
    money: dict[str | None, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    text_without_blanks = {"".join(text.split()): text for text in issues}
    for project in projects:
        declared = declared_strategy_of(project, statements) or ""
        issue = text_without_blanks.get("".join(declared.split()))
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
        scores = issue_scores(aligner, projects, [Issue(text) for text in indicators])
        counts = [int(count) for count in (scores >= WEAK).sum(axis=0)]
    return [
        CoverageRow(indicator, 0, count, {})
        for indicator, count in zip(indicators.values(), counts, strict=True)
    ]
