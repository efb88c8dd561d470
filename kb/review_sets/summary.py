"""What came of a review set: rows and money by verdict, relation, strategy and decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ingest.records import baht
from kb.review_sets.records import ReviewRow
from kb.review_sets.sets import ReviewSets

COLUMNS = ("verdict", "relation", "strategy", "alignment", "duplicate", "assigned")


@dataclass(frozen=True, slots=True)
class Tally:
    """So many rows, and the baht they ask for in all their years."""

    rows: int = 0
    money: Decimal = Decimal(0)

    def plus(self, money: Decimal) -> Tally:
        """Return the tally with one more row."""
        return Tally(self.rows + 1, self.money + money)


@dataclass(frozen=True, slots=True)
class Summary:
    """The tallies of a set: of all rows, of those decided, and by each column's values.

    A row without a value stands under the empty text.
    """

    all: Tally
    decided: Tally
    by: Mapping[str, Mapping[str, Tally]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; money in baht."""
        return {
            "rows": self.all.rows,
            "money": baht(self.all.money),
            "decided": self.decided.rows,
            "decided_money": baht(self.decided.money),
            "by": {
                column: {
                    name: {"rows": one.rows, "money": baht(one.money)}
                    for name, one in tallies.items()
                }
                for column, tallies in self.by.items()
            },
        }


def summary_of(sets: ReviewSets, review_set: str) -> Summary:
    """Return the summary of a set; raise UsageError `review-set-unknown`."""
    sets.get(review_set)
    return summarise(sets.rows(review_set))


def summarise(rows: Iterable[ReviewRow]) -> Summary:
    """Count rows and sum their money."""
    whole, decided = Tally(), Tally()
    by: dict[str, dict[str, Tally]] = {column: {} for column in COLUMNS}
    for row in rows:
        money = row_money(row)
        whole = whole.plus(money)
        if row.state == "done":
            decided = decided.plus(money)
        values = {
            "verdict": row.verdict,
            "relation": row.relation,
            "strategy": row.strategy,
            "alignment": row.decision.alignment,
            "duplicate": row.decision.duplicate,
            "assigned": row.assigned,
        }
        for column, value in values.items():
            tallies = by[column]
            tallies[value or ""] = tallies.get(value or "", Tally()).plus(money)
    ordered = {
        column: dict(sorted(tallies.items(), key=lambda item: (-item[1].rows, item[0])))
        for column, tallies in by.items()
    }
    return Summary(whole, decided, ordered)


def row_money(row: ReviewRow) -> Decimal:
    """Return the baht that a proposal asks for in all its years."""
    money = row.proposal["money"]
    return Decimal(str(money)) if money is not None else Decimal(0)
