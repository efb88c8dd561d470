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
from kb.alignment.subject_terms import Matrix
from kb.alignment.verdicts import ALIGNED, WEAK
from kb.knowledge_base import KnowledgeBase
from kb.model.bundled import Progress, silent
from kb.store.filters import Filters
from kb.store.records import StoredProject, StoredStatement

ISSUES = ("strategic_issue", "strategy")
"""A project serves the one of these that it serves best; an indicator, beside that."""

Money = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A strategy or an indicator, the projects declared under it, those that serve it, the money.

    `budget` is baht by fiscal year (BE) of the projects declared under it. `statement` is
    None for the projects that declare no strategy of the plan.
    """

    statement: StoredStatement | None
    declared: int
    served: int
    budget: Money

    @property
    def unserved(self) -> bool:
        """Tell whether no project is declared under it or serves it."""
        return self.statement is not None and not (self.declared or self.served)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; `unserved` is true where no project is declared or serves."""
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
    names = statements_by_id(kb, organisation)
    issues = _current(_once(names, ISSUES))
    if not issues:
        raise UsageError("plan-missing", organisation=organisation)
    projects = list(kb.projects(Filters(organisation=organisation)))
    served: dict[str, int] = {}
    for kind in ISSUES:
        texts = [text for text, each in issues.items() if each.kind == kind]
        served |= _served(aligner, projects, issues_of(texts, names), progress)
    counted, money = _declared(projects, names, issues)
    found = [CoverageRow(s, counted[t], served[t], dict(money[t])) for t, s in issues.items()]
    found += _indicators(aligner, projects, _current(_once(names, ("indicator",))))
    if counted[None]:
        found.append(CoverageRow(None, counted[None], 0, dict(money[None])))
    return found


def _once(names: Mapping[str, StoredStatement], kinds: Sequence[str]) -> dict[str, StoredStatement]:
    return {each.text: each for each in names.values() if each.kind in kinds}


def _current(statements: dict[str, StoredStatement]) -> dict[str, StoredStatement]:
    """Leave out what belongs to a plan that was over when the newest one began."""
    newest = max((s.period.start for s in statements.values() if s.period), default=0)
    return {text: s for text, s in statements.items() if s.period is None or s.period.end >= newest}


def _served(
    aligner: Aligner, projects: Sequence[StoredProject], issues: Sequence[Issue], progress: Progress
) -> dict[str, int]:
    """Count the projects that surely serve each, or serve it best and at least weakly."""
    served = dict.fromkeys((issue.text for issue in issues), 0)
    if projects and issues:
        scores: Matrix = issue_scores(aligner, projects, issues, progress)
        best = scores.argmax(axis=1)
        for at, issue in enumerate(issues):
            sure = scores[:, at] >= ALIGNED
            served[issue.text] = int((sure | ((best == at) & (scores[:, at] >= WEAK))).sum())
    return served


def _declared(
    projects: Sequence[StoredProject],
    names: dict[str, StoredStatement],
    issues: Mapping[str, StoredStatement],
) -> tuple[dict[str | None, int], dict[str | None, dict[int, Decimal]]]:
    counted: dict[str | None, int] = defaultdict(int)
    money: dict[str | None, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    tight = {"".join(text.split()): text for text in issues}
    for project in projects:
        told = tight.get("".join((declared_strategy_of(project, names) or "").split()))
        counted[told] += 1
        for year, amount in project.record.budget.items():
            money[told][year] += amount
    return counted, money


def _indicators(
    aligner: Aligner, projects: Sequence[StoredProject], indicators: Mapping[str, StoredStatement]
) -> list[CoverageRow]:
    if not indicators:
        return []
    counts = [0] * len(indicators)
    if projects:
        scores = issue_scores(aligner, projects, [Issue(text) for text in indicators])
        counts = [int(count) for count in (scores >= WEAK).sum(axis=0)]
    return [CoverageRow(s, 0, n, {}) for s, n in zip(indicators.values(), counts, strict=True)]
