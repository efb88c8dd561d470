"""Rows of projects held against the totals that a document prints below or above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.records import Project

_Sums = dict[int, Decimal]


@dataclass(slots=True)
class Totals:
    """The sums of a document's tables while their rows are read, one table after the other.

    A total may be that of the rows since the last one, of its table, of the totals before it
    or of all tables so far; where it is none of these, the rows since the last one are marked.
    """

    _rows: dict[int, Mapping[int, Decimal]] = field(default_factory=dict)
    _block: _Sums = field(default_factory=dict)
    _table: _Sums = field(default_factory=dict)
    _all: _Sums = field(default_factory=dict)
    _marked: set[int] = field(default_factory=set)
    _first: int = 0
    _opening: Mapping[int, Decimal] = field(default_factory=dict)

    def add(self, index: int, budget: Mapping[int, Decimal]) -> None:
        """Add the row of that place in its table."""
        self._rows[index] = budget
        for sums in (self._block, self._table, self._all):
            for year, amount in budget.items():
                sums[year] = sums.get(year, Decimal(0)) + amount

    def total(self, printed: Mapping[int, Decimal]) -> None:
        """Hold a printed total against the rows; one above them waits for the table's end."""
        if not printed:
            return
        if not self._rows:
            self._opening = self._opening or printed
            return
        if not self._bears_out(printed):
            self._marked.update(range(self._first, len(self._rows)))
        self._block = {}
        self._first = len(self._rows)

    def checked(self, project: Project, index: int) -> Project:
        """Return a project of the table just read, with a warning where its total disagrees."""
        if index not in self._marked:
            return project
        return replace(project, warnings=(*project.warnings, "total-differs"))

    def turn(self) -> None:
        """Begin another table."""
        self._rows, self._table, self._marked, self._first = {}, {}, set(), 0
        self._opening = {}

    def _bears_out(self, printed: Mapping[int, Decimal]) -> bool:
        return any(_agrees(printed, sums) for sums in (self._block, self._table, self._all))


def _agrees(printed: Mapping[int, Decimal], sums: Mapping[int, Decimal]) -> bool:
    return all(sums.get(year, Decimal(0)) == amount for year, amount in printed.items())


def added(budgets: Iterable[Mapping[int, Decimal]]) -> dict[int, Decimal]:
    """Add budgets up, year by year."""
    sums: dict[int, Decimal] = {}
    for budget in budgets:
        for year, amount in budget.items():
            sums[year] = sums.get(year, Decimal(0)) + amount
    return dict(sorted(sums.items()))
