"""Parts of tables on single pages, joined to the tables they are.

A table goes on where the next page begins with a part of the same columns. Headers that
stand again are dropped, and a row that runs over the page end is put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from ingest.records import Table
from ingest.thai.alphabet import THAI

_THAI = re.compile(f"[{THAI}]")
_ALIKE = 90.0
_SAME_LINE = 0.015
"""How far a column may move between pages, as a share of the table's width."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one page holds of a table. `xs` are the lines between its columns, as drawn.

    `opens` tells that the part is the first on its page, `closes` that it is the last.
    `spans` are cells over several rows: column, first and last row.
    """

    page: int
    rows: tuple[tuple[str, ...], ...]
    xs: tuple[float, ...]
    headers: int = 0
    above: tuple[str, ...] = ()
    opens: bool = True
    closes: bool = True
    unverified: bool = False
    spans: tuple[tuple[int, int, int], ...] = ()


def join(parts: Iterable[Part]) -> tuple[Table, ...]:
    """Join the parts of one document, in the order of its pages."""
    tables: list[Table] = []
    last: Part | None = None
    for part in parts:
        if last is not None and _goes_on(tables[-1], last, part):
            tables[-1] = _joined(tables[-1], part)
        else:
            tables.append(_table(part))
        last = part
    return tuple(tables)


def _table(part: Part) -> Table:
    return Table(
        part.page,
        part.rows,
        part.above,
        part.headers,
        (part.page,) * len(part.rows),
        unverified=part.unverified,
        spans=part.spans,
    )


def _goes_on(table: Table, last: Part, part: Part) -> bool:
    if not (last.closes and part.opens and part.page == last.page + 1):
        return False
    if len(last.xs) != len(part.xs):
        return False
    if not _repeated(table, part) and not _same_columns(last.xs, part.xs):
        return False
    return not part.above or _same_lines(part.above, table.above)


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    near = _SAME_LINE * max(one[-1] - one[0], 1.0)
    return all(abs((a - one[0]) - (b - other[0])) <= near for a, b in zip(one, other, strict=True))


def _same_lines(lines: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a page repeats what stands above its table, page numbers apart."""
    return all(any(fuzz.ratio(line, other) >= _ALIKE for other in above) for line in lines)


def _joined(table: Table, part: Part) -> Table:
    again = _repeated(table, part)
    rows = part.rows[again:]
    pages = (part.page,) * len(rows)
    known = table.rows
    shift = len(known) - again
    if rows and known and _runs_over(known[-1], rows[0]):
        known = (*known[:-1], _together(known[-1], rows[0]))
        rows, pages, shift = rows[1:], pages[1:], shift - 1
    moved = [(column, first + shift, last + shift) for column, first, last in part.spans]
    return replace(
        table,
        rows=(*known, *rows),
        row_pages=(*table.row_pages, *pages),
        unverified=table.unverified or part.unverified,
        spans=_over_the_page(table, moved, (*known, *rows)),
    )


def _over_the_page(
    table: Table, more: Sequence[tuple[int, int, int]], rows: Sequence[Sequence[str]]
) -> tuple[tuple[int, int, int], ...]:
    """Join cells that a page end cuts: below one that reaches it, one without words."""
    end = len(table.rows) - 1
    ends = {column: first for column, first, last in table.spans if last >= end}
    spans = [span for span in table.spans if span[0] not in ends]
    for column, first in ends.items():
        below = next((s for s in more if s[0] == column and s[1] <= end + 1 <= s[2]), None)
        last = below[2] if below else end + 1
        if end + 1 < len(rows) and not rows[end + 1][column]:
            spans.append((column, first, last))
            more = [span for span in more if span is not below]
        else:
            spans.append((column, first, end))
    return (*spans, *more)


def _repeated(table: Table, part: Part) -> int:
    """Count the header rows that stand again at the top of a part."""
    count = max(table.headers, 1)
    again = 0
    for row, header in zip(part.rows[:count], table.rows[:count], strict=False):
        if fuzz.ratio("".join(row), "".join(header)) < _ALIKE:
            break
        again += 1
    return again


def _runs_over(last: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row is the rest of the last one: no number, and every cell goes on."""
    filled = [index for index, cell in enumerate(row) if cell]
    return bool(filled) and not row[0] and bool(last[0]) and all(last[i] for i in filled)


def _together(last: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    return tuple(line_joined((a, b)) if b else a for a, b in zip(last, row, strict=True))


def line_joined(texts: Iterable[str]) -> str:
    """Join the lines of one cell; a blank at the end of a line is kept."""
    joined = ""
    for text in texts:
        if text.strip():
            joined += _joint(joined, text) + text
    return joined


def _joint(before: str, after: str) -> str:
    """Return what stands between two lines of a cell: Thai words need no blank."""
    if not before or before[-1] in " (/" or after[0] in ")":
        return ""
    return "" if _THAI.match(before[-1]) and _THAI.match(after) else " "
