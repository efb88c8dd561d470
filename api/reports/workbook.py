"""Workbooks (XLSX): sheets of answers, and answers beside the rows of somebody's workbook.

A workbook that somebody sent is opened in a reading process only, and only cells it has are
looked at: one cell in the last corner of a sheet makes 17 thousand million of them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.reports.sheet_layout import header_above, lines_of, print_wide, show_cells, their_lines
from ingest.errors import ReadError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ingest.formats.limits import Limits
    from ingest.sandbox.pool import Workers

FONT = "TH Sarabun New"
"""The font of Thai offices; where it is not installed Excel takes its own."""

LAST_COLUMN = 16_384
"""A sheet of a workbook has so many columns."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by spreadsheet programs (CWE-1236)."""
_MACROS = "xl/vbaProject.bin"
_LINE_POINTS, _MARGIN_POINTS = 22.0, 6.0
_MOST_POINTS = 409.0
"""Excel knows no taller row."""
_LONGEST_CELL = 32_000  # characters
_LONGEST_TITLE = 31  # characters


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of a row, and the colour (RRGGBB) behind those from `coloured` on."""

    cells: tuple[Any, ...]
    colour: str | None = None
    coloured: int = 0


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """A sheet: headings in bold, lines, and how wide the columns are, in letters.

    `caption` stands above the headings, over all columns.
    """

    title: str
    headings: tuple[str, ...]
    lines: tuple[SheetRow, ...]
    widths: tuple[int, ...]
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class RowAnswers:
    """What to write beside the rows of a workbook, by sheet and row (from 1).

    `headings` stand above the first answer of a sheet, `front` are added before their sheets,
    `sheets` at the end; `untitled` is what a table is called that has no name.
    """

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    beside: Mapping[tuple[str | None, int], SheetRow]
    untitled: str
    sheets: tuple[AnswerSheet, ...] = field(default=())
    front: tuple[AnswerSheet, ...] = field(default=())


def workbook(sheets: Sequence[AnswerSheet]) -> bytes:
    """Write a workbook of these sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _add(book, sheet)
    return _bytes(book)


def answered(source: Path, answers: RowAnswers, workers: Workers | None = None) -> bytes:
    """Return the workbook at `source` with answers beside its rows.

    An XLSX workbook keeps its sheets, cells, formulas and styles; tables of other kinds are
    copied cell by cell. The work is done in one of `workers`, or one started for it. Raises
    ReadError: what reading raises, `too-many-cells` where the answers find no room.
    """
    from ingest.sandbox.pool import Workers as Started

    if workers is not None:
        return workers.call(_answered, source, workers.limits, answers, kind=bytes)
    with Started(1) as started:
        return started.call(_answered, source, started.limits, answers, kind=bytes)


def _answered(source: Path, limits: Limits, answers: RowAnswers) -> bytes:
    """Annotate a workbook; runs in a reading process."""
    from ingest.failures import failures_of
    from ingest.formats.limits import display_name

    with failures_of(display_name(source)):
        book, sheets = _original(source, limits) or _copied(source, limits, answers.untitled)
        for name, sheet in sheets.items():
            beside = {row: line for (where, row), line in answers.beside.items() if where == name}
            if beside:
                _annotate(sheet, beside, answers)
        for place, added in enumerate(answers.front):
            _add(book, added, place)
        for added in answers.sheets:
            _add(book, added)
        if answers.front:
            _open_at_first(book)
        return _bytes(book)


def _original(source: Path, limits: Limits) -> tuple[Workbook, dict[str | None, Worksheet]] | None:
    """Open an XLSX workbook; return it, and its visible sheets by the names proposals have."""
    from openpyxl import load_workbook

    from ingest.formats.sniff import Format
    from ingest.readers import format_of
    from ingest.readers.office.extent import check_merged
    from ingest.readers.office.package import open_package
    from ingest.readers.pages import clean_cell

    if format_of(source, limits) is not Format.XLSX or not zipfile.is_zipfile(source):
        return None
    with open_package(source, limits) as package:
        package.check()
    with open_package(source, limits) as package:
        check_merged(package, limits)
    with source.open("rb") as file:  # a name without an ending is as good as any
        book = load_workbook(file, keep_vba=_MACROS in zipfile.ZipFile(source).namelist())
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return book, {clean_cell(sheet.title): sheet for sheet in visible}


def _copied(
    source: Path, limits: Limits, untitled: str
) -> tuple[Workbook, dict[str | None, Worksheet]]:
    """Copy the tables of a file that is no XLSX workbook into one."""
    from openpyxl import Workbook

    from ingest.readers import read_content

    book = Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[str | None, Worksheet] = {}
    for table in read_content(source, limits).tables:
        sheet = book.create_sheet(_title(table.sheet or untitled))
        for row, cells in enumerate(table.rows, start=1):
            _write(sheet, row, 1, SheetRow(cells), bold=False)
        sheets.setdefault(table.sheet, sheet)
    return book, sheets


def _annotate(sheet: Worksheet, beside: Mapping[int, SheetRow], answers: RowAnswers) -> None:
    """Put answers right of the rows they belong to, and headings above the first."""
    from openpyxl.utils import get_column_letter

    first = sheet.max_column + 1
    last = first + len(answers.headings) - 1
    if last > LAST_COLUMN:
        raise ReadError("too-many-cells", limit=LAST_COLUMN)
    header = header_above(sheet, min(beside))
    show_cells(sheet, header, set(beside))
    theirs = their_lines(sheet)
    for row, line in beside.items():
        _set_height(sheet, row, line.cells, answers.widths, theirs.get(row, 1))
        _write(sheet, row, first, line, bold=False)
        _rule(sheet, row, first, last, head=False)
    if header:
        _set_height(sheet, header, answers.headings, answers.widths, theirs.get(header, 1))
        _write(sheet, header, first, SheetRow(answers.headings), bold=True)
        _rule(sheet, header, first, last, head=True)
        if sheet.freeze_panes is None:
            sheet.freeze_panes = f"A{header + 1}"
        print_wide(sheet, header)
    for column, width in enumerate(answers.widths, start=first):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.auto_filter.ref = f"A{header or 1}:{get_column_letter(last)}{sheet.max_row}"


def _add(book: Workbook, sheet: AnswerSheet, place: int | None = None) -> None:
    """Add a sheet: heads bold and frozen, a filter on every column."""
    from openpyxl.utils import get_column_letter

    made = book.create_sheet(_title(sheet.title), place)
    header = 2 if sheet.caption else 1
    last = get_column_letter(len(sheet.headings))
    if sheet.caption:
        _write(made, 1, 1, SheetRow((sheet.caption,)), bold=True)
        made.merge_cells(f"A1:{last}1")
        _set_height(made, 1, (sheet.caption,), (sum(sheet.widths),))
    for row, line in enumerate(_lines(sheet), start=header):
        _set_height(made, row, line.cells, sheet.widths)
        _write(made, row, 1, line, bold=row == header)
        _rule(made, row, 1, len(sheet.headings), head=row == header)
    for column, width in enumerate(sheet.widths, start=1):
        made.column_dimensions[get_column_letter(column)].width = width
    made.freeze_panes = f"A{header + 1}"
    made.auto_filter.ref = f"A{header}:{last}{len(sheet.lines) + header}"
    print_wide(made, header)


def _rule(sheet: Worksheet, row: int, first: int, last: int, *, head: bool) -> None:
    """Rule the cells of a row between two columns, and shade those of the head."""
    from openpyxl.styles import Border, PatternFill, Side

    side = Side("thin", "BFBFBF")
    for column in range(first, last + 1):
        sheet.cell(row, column).border = Border(side, side, side, side)
        if head:
            sheet.cell(row, column).fill = PatternFill("solid", fgColor="DDE5EE")


def _open_at_first(book: Workbook) -> None:
    """Let the workbook open at its first sheet, that one alone chosen."""
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]


def _lines(sheet: AnswerSheet) -> Iterator[SheetRow]:
    yield SheetRow(sheet.headings)
    yield from sheet.lines


def _set_height(
    sheet: Worksheet, row: int, cells: Sequence[Any], widths: Sequence[int], theirs: int = 1
) -> None:
    """Make a row as tall as its texts need; one that is tall enough stays.

    `theirs` is how many lines the cells take that the row had before.
    """
    dimension = sheet.row_dimensions[row]
    ours = [lines_of(cell, width) for cell, width in zip(cells, widths, strict=False)]
    needed = min(max([*ours, theirs]) * _LINE_POINTS + _MARGIN_POINTS, _MOST_POINTS)
    if dimension.height is None or dimension.height < needed:
        dimension.height = needed


def _write(sheet: Worksheet, row: int, first: int, line: SheetRow, *, bold: bool) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    font = Font(name=FONT, size=14, bold=bold)
    layout = Alignment(wrap_text=True, vertical="top")
    fill = PatternFill("solid", fgColor=line.colour) if line.colour else None
    for offset, value in enumerate(line.cells):
        cell = sheet.cell(row, first + offset)
        _put(cell, value)
        cell.font, cell.alignment = font, layout
        if fill is not None and offset >= line.coloured:
            cell.fill = fill


def _put(cell: Any, value: Any) -> None:
    """Write a value; a text that looks like a formula stays that very text and is never run."""
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, int | Decimal) and cell.number_format == "General":
            cell.number_format = "#,##0" if value == int(value) else "#,##0.00"
        return
    text = "".join(char for char in value if char.isprintable() or char == "\n")[:_LONGEST_CELL]
    cell.value = text
    if text.startswith(FORMULA_STARTS):
        cell.data_type = "s"
        cell.quotePrefix = True


def _title(title: str) -> str:
    """Return a name that a sheet may have; openpyxl numbers those that come twice."""
    return "".join("_" if char in "[]:*?/\\" else char for char in title)[:_LONGEST_TITLE] or "1"


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
