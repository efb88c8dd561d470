"""Records of a review set: the set, a row of it, a decision, and a filter of rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, get_args

from ingest.records import Organisation
from kb.loading.proposals import Proposal

AlignmentDecision = Literal["agrees", "touches", "does_not", "cannot_tell"]
DuplicateDecision = Literal["not_duplicate", "continuation", "duplicate"]
SetState = Literal["waiting", "judged", "failed"]
RowState = Literal["pending", "done"]
ALIGNMENT_DECISIONS: tuple[AlignmentDecision, ...] = get_args(AlignmentDecision)
DUPLICATE_DECISIONS: tuple[DuplicateDecision, ...] = get_args(DuplicateDecision)


@dataclass(frozen=True, slots=True)
class ReviewSet:
    """A set of proposals under review. `against` are the plans they are judged against.

    `total` counts its rows, `decided` those on which both decisions are made.
    """

    id: str
    name: str
    file: str
    against: tuple[str, ...]
    state: SetState
    error: str | None
    job: str | None
    made_by: str | None
    made_at: str
    total: int = 0
    decided: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "id": self.id,
            "name": self.name,
            "file": self.file,
            "against": list(self.against),
            "state": self.state,
            "error": self.error,
            "job": self.job,
            "made_by": self.made_by,
            "made_at": self.made_at,
            "rows": self.total,
            "decided": self.decided,
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decides on a row; a decision that is None is still open."""

    alignment: AlignmentDecision | None = None
    duplicate: DuplicateDecision | None = None
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"alignment": self.alignment, "duplicate": self.duplicate, "note": self.note}


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A proposal of a set, its evidence, and what was decided.

    `number` counts from 1 within the set; `row` is the row of the sheet. `version` grows with
    every change; `verdict`, `relation` and `strategy` are the evidence in short.
    """

    number: int
    sheet: str | None
    row: int | None
    title: str
    proposal: Mapping[str, Any]
    alignment: Mapping[str, Any] | None
    duplicates: Mapping[str, Any] | None
    verdict: str | None
    relation: str | None
    strategy: str | None
    decision: Decision
    assigned: str | None
    version: int
    decided_by: str | None
    decided_at: str | None

    @property
    def state(self) -> RowState:
        """Whether both decisions are made."""
        made = self.decision.alignment and self.decision.duplicate
        return "done" if made else "pending"

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "number": self.number,
            "sheet": self.sheet,
            "row": self.row,
            "title": self.title,
            "state": self.state,
            "proposal": dict(self.proposal),
            "alignment": self.alignment,
            "duplicates": self.duplicates,
            "verdict": self.verdict,
            "relation": self.relation,
            "strategy": self.strategy,
            "decision": self.decision.to_dict(),
            "assigned": self.assigned,
            "version": self.version,
            "decided_by": self.decided_by,
            "decided_at": self.decided_at,
        }


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows of a set are meant; `assigned` empty means those assigned to nobody."""

    state: RowState | None = None
    verdict: str | None = None
    relation: str | None = None
    strategy: str | None = None
    assigned: str | None = None

    def condition(self) -> tuple[str, list[str]]:
        """Return the SQL condition and its values."""
        done = "(aligned_decision is not null and duplicate_decision is not null)"
        parts, values = ["1"], []
        if self.state is not None:
            parts.append(done if self.state == "done" else f"not {done}")
        for column in ("verdict", "relation", "strategy", "assigned"):
            value = getattr(self, column)
            if value is not None:
                parts.append(f"coalesce({column}, '') = ?")
                values.append(value)
        return " and ".join(parts), values


def row_of(row: sqlite3.Row) -> ReviewRow:
    """Read a row of the table `review_rows`."""
    return ReviewRow(
        row["number"],
        row["sheet"],
        row["row"],
        row["title"],
        json.loads(row["proposal"]),
        json.loads(row["alignment"]) if row["alignment"] else None,
        json.loads(row["duplicates"]) if row["duplicates"] else None,
        row["verdict"],
        row["relation"],
        row["strategy"],
        Decision(row["aligned_decision"], row["duplicate_decision"], row["note"]),
        row["assigned"],
        row["version"],
        row["decided_by"],
        row["decided_at"],
    )


def proposal_of(record: Mapping[str, Any]) -> Proposal:
    """Return the proposal whose JSON form this is."""
    body = record["organisation"]
    budget = {int(year): Decimal(str(amount)) for year, amount in record["budget"].items()}
    money = record["money"]
    return Proposal(
        record["title"],
        record["objective"],
        record["target"],
        record["place"],
        Organisation(**body) if body else None,
        tuple(record["years"]),
        MappingProxyType(budget),
        Decimal(str(money)) if money is not None else None,
        record["declared_strategy"],
        record["sheet"],
        record["row"],
        tuple(record["warnings"]),
        indicator=record["indicator"],
        expected_result=record["expected_result"],
    )
