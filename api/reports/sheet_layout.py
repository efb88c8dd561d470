"""How a sheet is laid out so that every cell can be read, on a screen and on paper.

Only cells that a sheet has are looked at: one in the last corner makes 17 thousand million.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wcwidth import wcwidth

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SPARE = 1.3
"""Lines break between words, so that a text takes more room than its letters."""

_LEAST_WIDTH, _MOST_WIDTH = 9, 40
"""Letters of the columns that have no width of their own."""

_FORMULA_WIDTH = 14
_HEADS = 2
"""So many different texts stand in a row of heads at least; a title is one over all columns."""


def header_above(sheet: Worksheet, row: int) -> int:
    """Return the last row above a row in which several heads stand, else the row above."""
    texts: dict[int, set[str]] = {}
    for (at, _), cell in sheet._cells.items():
        if at < row and isinstance(cell.value, str) and cell.value.strip():
            texts.setdefault(at, set()).add(cell.value.strip())
    heads = [at for at, found in texts.items() if len(found) >= _HEADS]
    return max(heads, default=row - 1)


def show_cells(sheet: Worksheet, header: int, rows: Collection[int]) -> None:
    """Widen columns without a width of their own, wrap longer texts, and begin all at the top.

    Of the head and of `rows` alone; a merged cell stays as it is.
    """
    from openpyxl.utils import get_column_letter

    own = _own_widths(sheet)
    merged = _merged(sheet)
    needed: dict[int, float] = {}
    shown = [
        (column, cell)
        for (row, column), cell in sheet._cells.items()
        if (row in rows or row == header) and (row, column) not in merged
    ]
    for column, cell in shown:
        if column not in own:
            needed[column] = max(needed.get(column, _LEAST_WIDTH), _width_of(cell.value))
    for column, width in needed.items():
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = own[column] = min(math.ceil(width), _MOST_WIDTH)
    for column, cell in shown:
        layout = copy(cell.alignment)
        layout.vertical = layout.vertical or "top"
        if isinstance(cell.value, str) and lines_of(cell.value, own[column]) > 1:
            layout.wrap_text = True
        cell.alignment = layout


def their_lines(sheet: Worksheet) -> dict[int, int]:
    """Return how many lines the wrapped cells of each row take."""
    widths, merged = _own_widths(sheet), _merged(sheet)
    lines: dict[int, int] = {}
    for (row, column), cell in sheet._cells.items():
        if cell.alignment.wrap_text and (row, column) not in merged:
            width = widths.get(column, sheet.sheet_format.defaultColWidth or _LEAST_WIDTH)
            lines[row] = max(lines.get(row, 1), lines_of(cell.value, width))
    return lines


def print_wide(sheet: Worksheet, header: int) -> None:
    """Print a sheet across the page, all its columns on one, the head on every page."""
    if sheet.page_setup.orientation is None:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = _fitting()
    if not sheet.print_title_rows:
        sheet.print_title_rows = f"{header}:{header}"


def lines_of(value: Any, width: float) -> int:
    """Return how many lines a text takes in a column; Thai vowels and tone marks take no width."""
    text = str(value) if isinstance(value, str) else ""
    room = max(int(width), 1)
    return sum(
        1 if letters(line) <= room else math.ceil(letters(line) * _SPARE / room)
        for line in text.splitlines() or [""]
    )


def letters(text: str) -> int:
    """Return how many letters wide a text is."""
    return sum(wcwidth(char) > 0 for char in text)


def _width_of(value: Any) -> float:
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, int | float | Decimal):
        return len(f"{value:,.2f}")
    text = str(value)
    if text.startswith("="):
        return _FORMULA_WIDTH
    return max((letters(line) for line in text.splitlines()), default=0) + 1


def _own_widths(sheet: Worksheet) -> dict[int, float]:
    """Return the widths that columns have of their own; one entry may stand for many columns."""
    from openpyxl.utils import column_index_from_string

    widths: dict[int, float] = {}
    most = sheet.max_column
    for letter, dimension in sheet.column_dimensions.items():
        if dimension.customWidth:
            first = dimension.min or column_index_from_string(letter)
            last = min(dimension.max or first, most)
            widths |= dict.fromkeys(range(first, last + 1), dimension.width)
    return widths


def _merged(sheet: Worksheet) -> set[tuple[int, int]]:
    """Return the first cells of merged ranges; the other cells of a range hold nothing."""
    return {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges}


def _fitting() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)
