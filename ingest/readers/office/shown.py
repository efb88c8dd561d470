"""What of a spreadsheet people see: hidden rows and columns, struck-out words, formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Place = tuple[int, int]
"""A cell: its row and column, counted from 0."""

Span = tuple[int, int, int, int]
"""A cell over several: first row, first column, last row, last column."""


@dataclass(slots=True)
class Shown:
    """How one sheet is shown.

    `formats` are number formats by cell, `texts` what a cell shows in place of its value;
    `formulas` are cells with a formula that nothing has worked out.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[Place, str] = field(default_factory=dict)
    texts: dict[Place, str] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    formulas: set[Place] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)

    def leave_out(self, rows: list[list[str]]) -> Iterator[str]:
        """Empty the cells that nobody sees, in place; yield a code and a count for each kind."""
        hidden_rows = [r for r in sorted(self.hidden_rows) if r < len(rows) and any(rows[r])]
        for row in hidden_rows:
            rows[row] = [""] * len(rows[row])
        columns = {c for c in self.hidden_columns if any(c < len(r) and r[c] for r in rows)}
        struck = {
            (r, c) for r, c in self.struck if r < len(rows) and c < len(rows[r]) and rows[r][c]
        }
        for row, column in [*struck, *((r, c) for r in range(len(rows)) for c in columns)]:
            if column < len(rows[row]):
                rows[row][column] = ""
        formulas = {(r, c) for r, c in self.formulas if r not in self.hidden_rows}
        for code, count in (
            ("hidden-rows", len(hidden_rows)),
            ("hidden-columns", len(columns)),
            ("struck-out", len(struck)),
            ("formula-without-value", len(formulas)),
        ):
            if count:
                yield f"{code}: {{sheet}} ({count})"
