"""Spreadsheets (XLSX, XLSB, XLS, ODS): each visible sheet a page and a table.

Hidden sheets are skipped and noted: they hold drafts and lists for drop-down boxes. So are
hidden rows and columns, struck-out words and formulas that no program has worked out.
"""

import datetime
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.formats.sniff import Format
from ingest.readers import format_of
from ingest.readers.office.extent import check_cells
from ingest.readers.office.number_formats import format_of as number_format
from ingest.readers.office.number_formats import shown as shown_value
from ingest.readers.office.ods import ods_shown
from ingest.readers.office.package import open_package
from ingest.readers.office.shown import Shown, Span
from ingest.readers.office.xlsx_shown import shown_sheets
from ingest.readers.pages import clean_cell, clean_rows, measured_page
from ingest.readers.tables.delimited import rows_as_text
from ingest.records import Content, Page, Table

_HEADER_ROWS = 20


def read(path: Path, limits: Limits) -> Content:
    """Read every visible sheet of a workbook."""
    kind = format_of(path, limits)
    if zipfile.is_zipfile(path):
        with open_package(path, limits) as package:
            package.check()
    try:
        with load_workbook(str(path)) as workbook:
            if kind is Format.XLSX:
                with open_package(path, limits) as package:
                    check_cells(package, list(map(_is_read, workbook.sheets_metadata)), limits)
            return _content(workbook, kind.value, limits, _shown_sheets(path, kind, limits))
    except PasswordError as error:
        raise ReadError("encrypted") from error
    except CalamineError as error:
        raise ReadError("damaged", reason=str(error)) from error


def _shown_sheets(path: Path, kind: Format, limits: Limits) -> Mapping[str, Shown]:
    if kind is Format.ODS:
        return ods_shown(path, limits)
    return shown_sheets(path, limits) if kind is Format.XLSX else {}


def _content(
    workbook: CalamineWorkbook, media_type: str, limits: Limits, shown: Mapping[str, Shown]
) -> Content:
    pages: list[Page] = []
    tables: list[Table] = []
    notes: list[str] = []
    left = limits.cells
    for nth, about in enumerate(workbook.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        name = clean_cell(about.name)
        if about.visible is not SheetVisibleEnum.Visible:
            notes.append(f"hidden-sheet: {name}")
            continue
        sheet = workbook.get_sheet_by_index(nth)
        left -= sheet.total_height * sheet.total_width
        if left < 0:
            raise ReadError("too-many-cells", limit=limits.cells)
        seen = shown.get(sheet.name) or Shown()
        seen.spans = seen.spans or _merged(sheet)
        page, table, left_out = _sheet(sheet, len(pages) + 1, seen)
        pages.append(page)
        tables += [table] if table.rows else []
        notes += [note.format(sheet=name) for note in left_out]
    if not tables:
        raise ReadError("empty-file")
    return Content(media_type, tuple(pages), tuple(tables), notes=tuple(notes))


def _is_read(about: SheetMetadata) -> bool:
    """Return whether a sheet is one of cells that people see."""
    return about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible


def _merged(sheet: CalamineSheet) -> list[Span]:
    """List the merged cells that calamine tells of."""
    return [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]


def _sheet(sheet: CalamineSheet, number: int, seen: Shown) -> tuple[Page, Table, list[str]]:
    values = sheet.to_python(skip_empty_area=False)
    raw = [[_text(value) for value in row] for row in values]
    _as_shown(raw, values, seen)
    left_out = list(seen.leave_out(raw))
    while raw and not any(raw[-1]):
        raw.pop()
    _repeat_merged_headers(raw, seen.spans)
    rows = clean_rows(raw)
    table = Table(
        number,
        rows,
        row_pages=(number,) * len(rows),
        sheet=clean_cell(sheet.name),
        spans=tuple(_down(seen.spans, raw)),
    )
    return measured_page(number, rows_as_text(rows), "sheet"), table, left_out


def _as_shown(raw: list[list[str]], values: list[list[Any]], seen: Shown) -> None:
    """Write dates, shares and struck-out words as the sheet shows them, in place."""
    for (row, column), code in seen.formats.items():
        if row < len(raw) and column < len(raw[row]) and (result := number_format(code)):
            text = shown_value(result, values[row][column])
            raw[row][column] = raw[row][column] if text is None else text
    for (row, column), text in seen.texts.items():
        if row < len(raw) and column < len(raw[row]):
            raw[row][column] = text


def _down(spans: Iterable[Span], raw: list[list[str]]) -> Iterator[tuple[int, int, int]]:
    """Yield the cells over several rows, as tables keep them."""
    for top, first, bottom, _ in spans:
        last = min(bottom, len(raw) - 1)
        if top < last:
            yield first, top, last


def _repeat_merged_headers(raw: list[list[str]], spans: Iterable[Span]) -> None:
    """Write the text of a header that spans columns over each of them.

    Titles that span the whole width stay one cell; further down, merged cells are
    sub-headings and stay one cell too.
    """
    width = max(map(len, raw), default=0)
    for top, first, _, last in spans:
        if top >= min(_HEADER_ROWS, len(raw)) or not first < last < width:
            continue
        if last - first < 0.6 * width:
            row = raw[top]
            row[first + 1 : last + 1] = [row[first]] * (last - first)


def _text(value: Any) -> str:
    """Write a cell's value as people read it: no trailing zeros, dates in ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{Decimal(format(value, '.15g')):f}" if value % 1 else str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
