"""How the sheets of an OpenDocument spreadsheet are shown, which calamine does not say."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from ingest.formats.limits import Inflater, Limits
from ingest.formats.zips import open_zip
from ingest.readers.office.package import archive_errors, local
from ingest.readers.office.shown import Shown

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE, _ROW, _COLUMN = f"{_SPACE}table", f"{_SPACE}table-row", f"{_SPACE}table-column"
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_MOST = 20_000
"""Rows and columns that are repeated more often than this fill the sheet's empty end."""


def ods_shown(path: Path, limits: Limits) -> dict[str, Shown]:
    """Return how each sheet is shown, by its name: spans, hidden rows and columns, shares.

    A file that cannot be parsed has none: its fault is reported by the reader of its cells.
    """
    result: dict[str, Shown] = {}
    parser = etree.XMLPullParser(
        ("start", "end"), tag=(_TABLE, _ROW, _COLUMN), resolve_entities=False, no_network=True
    )
    sheet, row, column = Shown(), 0, 0
    try:
        with archive_errors(), open_zip(path) as archive:
            for piece in Inflater(archive, limits).chunks("content.xml"):
                parser.feed(piece)
                for event, element in parser.read_events():
                    if event == "start" and element.tag == _TABLE:
                        sheet, row, column = Shown(), 0, 0
                        result[element.get(f"{_SPACE}name", "")] = sheet
                    elif event == "end" and element.tag == _COLUMN:
                        column = _take_column(sheet, element, column)
                    elif event == "end" and element.tag == _ROW:
                        row = _take_row(sheet, element, row)
                        element.clear()
    except etree.XMLSyntaxError:
        return {}
    return result


def _take_column(sheet: Shown, element: etree._Element, column: int) -> int:
    count = _count(element, "number-columns-repeated")
    if _is_hidden(element) and count < _MOST:
        sheet.hidden_columns.update(range(column, column + count))
    return column + count


def _take_row(sheet: Shown, element: etree._Element, row: int) -> int:
    count = _count(element, "number-rows-repeated")
    if _is_hidden(element) and count < _MOST:
        sheet.hidden_rows.update(range(row, row + count))
    column = 0
    for cell in element:
        if local(cell) not in _CELLS:
            continue
        across = _count(cell, "number-columns-spanned")
        down = _count(cell, "number-rows-spanned")
        if across > 1 or down > 1:
            sheet.spans.append((row, column, row + down - 1, column + across - 1))
        if cell.get(f"{_OFFICE}value-type") in ("percentage", "date"):
            shown = " ".join("".join(text.itertext()) for text in cell.iter("{*}p")).strip()
            if shown:
                sheet.texts[(row, column)] = shown
        column += _count(cell, "number-columns-repeated")
    return row + count


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{_SPACE}visibility") in ("collapse", "filter")


def _count(element: etree._Element, name: str) -> int:
    stated = element.get(_SPACE + name, "1")
    return int(stated) if stated.isdecimal() else 1
