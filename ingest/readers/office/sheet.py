"""Spreadsheets (XLSX, XLSB, XLS, ODS): each visible sheet a page and a table.

Hidden sheets are skipped and noted: they hold drafts and lists for drop-down boxes.
"""

import datetime
import zipfile
from collections.abc import Iterable
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
from ingest.readers.extent import check_cells
from ingest.readers.office.ods import Spans, header_spans
from ingest.readers.office.package import open_package
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
            spans = header_spans(path, limits, _HEADER_ROWS) if kind is Format.ODS else {}
            return _content(workbook, kind.value, limits, spans)
    except PasswordError as error:
        raise ReadError("encrypted") from error
    except CalamineError as error:
        raise ReadError("damaged", reason=str(error)) from error


def _content(workbook: CalamineWorkbook, media_type: str, limits: Limits, spans: Spans) -> Content:
    pages: list[Page] = []
    tables: list[Table] = []
    notes: list[str] = []
    left = limits.cells
    for nth, about in enumerate(workbook.sheets_metadata):
        if not _is_read(about):
            if about.typ is SheetTypeEnum.WorkSheet:
                notes.append(f"hidden-sheet: {clean_cell(about.name)}")
            continue
        sheet = workbook.get_sheet_by_index(nth)
        left -= sheet.total_height * sheet.total_width
        if left < 0:
            raise ReadError("too-many-cells", limit=limits.cells)
        page, table = _sheet(sheet, len(pages) + 1, spans.get(sheet.name) or _merged(sheet))
        pages.append(page)
        tables += [table] if table.rows else []
    if not tables:
        raise ReadError("empty-file")
    return Content(media_type, tuple(pages), tuple(tables), notes=tuple(notes))


def _is_read(about: SheetMetadata) -> bool:
    """Return whether a sheet is one of cells that people see."""
    return about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible


def _merged(sheet: CalamineSheet) -> list[tuple[int, int, int]]:
    """List the merged cells that calamine tells of: row, first and last column."""
    return [(top, first, last) for (top, first), (_, last) in sheet.merged_cell_ranges or ()]


def _sheet(
    sheet: CalamineSheet, number: int, spans: Iterable[tuple[int, int, int]]
) -> tuple[Page, Table]:
    raw = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    while raw and not any(raw[-1]):
        raw.pop()
    _repeat_merged_headers(raw, spans)
    rows = clean_rows(raw)
    table = Table(number, rows, row_pages=(number,) * len(rows), sheet=clean_cell(sheet.name))
    return measured_page(number, rows_as_text(rows), "sheet"), table


def _repeat_merged_headers(raw: list[list[str]], spans: Iterable[tuple[int, int, int]]) -> None:
    """Write the text of a header that spans columns over each of them.

    Titles that span the whole width stay one cell; further down, merged cells are
    sub-headings and stay one cell too.
    """
    width = max(map(len, raw), default=0)
    for top, first, last in spans:
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
