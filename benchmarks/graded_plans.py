"""Plans whose proposals were graded by their writers, as `corpora/training/plans` has them.

One JSON object a line: a plan, its `statements` (kind, text, parent) and its `proposals`
with the statements each `serves` and `touches`, the `best` one, and what it declares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from ingest.records import Document, Organisation, Page, Period, Statement, fingerprint
from kb.loading.proposals import Proposal

Grade = Literal["served", "touched", "none"]
GRADES: tuple[Grade, ...] = ("served", "touched", "none")

_KINDS = {
    "sao": "sao",
    "municipality": "municipality",
    "pao": "pao",
    "province": "province",
    "cluster": "province_group",
    "ministry": "ministry",
}


@dataclass(frozen=True, slots=True)
class GradedProposal:
    """A proposal and the numbers of the statements that it serves and touches.

    `best` is the one a reviewer names first. `declared_right` is None where it declares none.
    """

    proposal: Proposal
    serves: frozenset[str]
    touches: frozenset[str]
    best: str | None
    declared_right: bool | None
    trap: str | None

    @property
    def grade(self) -> Grade:
        """The grade of the proposal over the whole plan."""
        return "served" if self.serves else "touched" if self.touches else "none"

    def grade_of(self, statement: str) -> Grade:
        """Return the grade of one statement."""
        if statement in self.serves:
            return "served"
        return "touched" if statement in self.touches else "none"


@dataclass(frozen=True, slots=True)
class GradedPlan:
    """A plan as a document, the writer's number of each of its statements by id, its proposals."""

    name: str
    writer: str
    document: Document
    numbers: Mapping[str, str]
    proposals: tuple[GradedProposal, ...]


def read_plans(path: Path) -> list[GradedPlan]:
    """Return the plans of a file, in order."""
    lines = path.read_text("utf-8").splitlines()
    return [_plan(json.loads(line)) for line in lines if line.strip()]


def _plan(row: Mapping[str, Any]) -> GradedPlan:
    key = fingerprint("graded plan", row["plan"])
    ids = {said["id"]: fingerprint(key, said["id"]) for said in row["statements"]}
    statements, place = [], 0
    for said in row["statements"]:
        text = " ".join(said["text"].split())
        parent = ids.get(said["parent"] or "")
        end = place + len(text)
        statements.append(
            Statement(ids[said["id"]], said["kind"], text, 1, place, end, parent=parent)
        )
        place = end + 1
    document = Document(
        id=key,
        file=f"{row['plan']}.txt",
        media_type="text/plain",
        title=None,
        organisation=Organisation(row["body"], _KINDS[row["level"]]),  # type: ignore[arg-type]
        plan_kind="local_plan" if row["level"] in ("sao", "municipality", "pao") else "other",
        period=Period(2566, 2570),
        published=None,
        pages=(Page(1, "\n".join(one.text for one in statements), quality=0.99),),
        statements=tuple(statements),
    )
    numbers = {identity: number for number, identity in ids.items()}
    proposals = tuple(_proposal(one) for one in row["proposals"])
    return GradedPlan(row["plan"], row["writer"], document, numbers, proposals)


def _proposal(row: Mapping[str, Any]) -> GradedProposal:
    year, money = row.get("year"), row.get("budget")
    amounts = {int(year): Decimal(str(money))} if year and money else {}
    asked = Proposal(
        row["title"],
        row.get("objective"),
        row.get("target"),
        row.get("place"),
        years=tuple(amounts),
        budget=MappingProxyType(amounts),
        money=Decimal(str(money)) if money else None,
        declared_strategy=row.get("declared"),
    )
    return GradedProposal(
        asked,
        frozenset(row["serves"]),
        frozenset(row["touches"]),
        row.get("best"),
        row.get("declared_right") if row.get("declared") else None,
        row.get("trap"),
    )
