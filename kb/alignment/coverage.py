"""Coverage: which strategies of a plan projects serve, and where the money goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ingest.errors import UsageError
from ingest.records import baht
from kb.alignment.aligner import Aligner
from kb.alignment.answers import WEAK
from kb.alignment.audit import declared_names, declared_of, project_scores
from kb.filters import Filters
from kb.knowledge_base import KnowledgeBase
from kb.stored import StoredStatement


@dataclass(frozen=True, slots=True)
class Covered:
    """A strategic issue, the projects declared under it, those that serve it, the money.

    `budget` is baht by fiscal year (BE) of the projects declared under it.
    """

    statement: StoredStatement
    declared: int
    served: int
    budget: Mapping[int, Decimal]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; `unserved` is true where no project is declared or serves."""
        return {
            "statement": self.statement.to_dict(), "declared": self.declared,
            "served": self.served, "unserved": not (self.declared or self.served),
            "budget": {str(year): baht(money) for year, money in sorted(self.budget.items())},
        }  # fmt: skip


def coverage(kb: KnowledgeBase, aligner: Aligner, organisation: str) -> list[Covered]:
    """Return each strategic issue and strategy of a body with its projects and money.

    Raises UsageError `plan-missing` where the body has none in the knowledge base.
    """
    names = declared_names(kb, organisation)
    issues = {s.text: s for s in names.values() if s.kind in ("strategic_issue", "strategy")}
    if not issues:
        raise UsageError("plan-missing", organisation=organisation)
    projects = list(kb.projects(Filters(organisation=organisation)))
    texts = list(issues)
    served: dict[str, int] = defaultdict(int)
    counted: dict[str, int] = defaultdict(int)
    money: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    if projects:
        scores = project_scores(aligner, projects, texts)
        for at, project in enumerate(projects):
            best = int(scores[at].argmax())
            served[texts[best]] += scores[at, best] >= WEAK
            declared = declared_of(project, names)
            if declared in issues:
                counted[declared] += 1
                for year, amount in project.record.budget.items():
                    money[declared][year] += amount
    return [Covered(issues[t], counted[t], served[t], dict(money[t])) for t in texts]
