"""What a whole set shows: duplicates in it, split procurement, two sources, planned already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from kb.review_sets.records import ReviewRow
from kb.review_sets.summary import row_money

FindingKind = Literal["duplicate", "split", "double", "planned", "dismissed"]
SPLIT_LIMIT = Decimal(500_000)
"""Baht: up to here a body may buy without a competition (ministerial regulation of 2560 under the
procurement act); several like works just below it are worth a look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Rows of a set that belong together. `match` is the nearest link, with its reasons.

    `score` is how sure the nearest link is, 1 for split procurement, which is a sum.
    """

    kind: FindingKind
    rows: tuple[ReviewRow, ...]
    score: float
    match: Mapping[str, Any] | None = None

    @property
    def money(self) -> Decimal:
        """The baht that its rows ask for together."""
        return sum((row_money(row) for row in self.rows), Decimal(0))


def findings_of(rows: Sequence[ReviewRow]) -> dict[FindingKind, list[Finding]]:
    """Return the findings among the rows of a set by kind, the nearest first."""
    result: dict[FindingKind, list[Finding]] = {
        "duplicate": [],
        "split": split_procurement(rows),
        "double": [],
        "planned": [],
        "dismissed": [],
    }
    result["duplicate"], result["dismissed"] = _within(rows)
    for row in rows:
        for match in _matches(row, in_workbook=False):
            own, other = row.proposal["organisation"], match["project"]["organisation"]
            is_other = own is not None and other is not None and own["name"] != other["name"]
            kind: FindingKind = "double" if is_other else "planned"
            if row.decision.duplicate == "not_duplicate":
                kind = "dismissed"
            result[kind].append(Finding(kind, (row,), match["score"], match))
            break
    for found in result.values():
        found.sort(key=lambda finding: -finding.score)
    return result


def split_procurement(rows: Iterable[ReviewRow], limit: Decimal = SPLIT_LIMIT) -> list[Finding]:
    """Return like works of one body, year and area, each within the limit and together above."""
    groups: dict[tuple[str, ...], list[ReviewRow]] = defaultdict(list)
    for row in rows:
        parts, money = (row.duplicates or {}).get("parts"), row_money(row)
        if parts and parts["work"] and 0 < money <= limit:
            body = row.proposal["organisation"]
            for year in row.proposal["years"]:
                area = ",".join(parts["places"].get("subdistrict", ()))
                village = ",".join(parts["places"].get("village", ()))
                key = (body["name"] if body else "", str(year), parts["work"], area, village)
                groups[key].append(row)
    return [
        Finding("split", tuple(members), 1.0)
        for members in groups.values()
        if len(members) > 1 and sum(map(row_money, members), Decimal(0)) > limit
    ]


def _within(rows: Sequence[ReviewRow]) -> tuple[list[Finding], list[Finding]]:
    """Return groups of rows that are one work, and those of which people said they are not."""
    by_id = {row.proposal["id"]: row for row in rows}
    by_place = {(row.sheet, row.row): row for row in rows}
    links: dict[frozenset[int], Mapping[str, Any]] = {}
    for row in rows:
        for match in _matches(row, in_workbook=True):
            project = match["project"]
            other = by_place.get((project["sheet"], project["row"])) or by_id.get(project["id"])
            if other is not None and other.number != row.number:
                links.setdefault(frozenset((row.number, other.number)), match)
    numbers = {row.number: row for row in rows}
    groups: list[Finding] = []
    dismissed: list[Finding] = []
    for members, match in links.items():
        pair = tuple(numbers[number] for number in sorted(members))
        is_dismissed = any(row.decision.duplicate == "not_duplicate" for row in pair)
        kind: FindingKind = "dismissed" if is_dismissed else "duplicate"
        (dismissed if is_dismissed else groups).append(Finding(kind, pair, match["score"], match))
    return groups, dismissed


def _matches(row: ReviewRow, *, in_workbook: bool) -> list[Mapping[str, Any]]:
    return [
        match
        for match in (row.duplicates or {}).get("matches", ())
        if match["relation"] == "duplicate" and match["in_workbook"] is in_workbook
    ]
