"""Cells of OpenDocument spreadsheets that span columns, which calamine does not tell."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from lxml import etree

from ingest.formats.limits import Inflater, Limits
from ingest.formats.zips import open_zip
from ingest.readers.office.package import archive_errors, local

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TABLE, _ROW = f"{_SPACE}table", f"{_SPACE}table-row"
_CELLS = frozenset({"table-cell", "covered-table-cell"})

Spans = dict[str, list[tuple[int, int, int]]]


def header_spans(path: Path, limits: Limits, rows: int) -> Spans:
    """Return the cells in the first `rows` rows of each sheet that span columns.

    Each as (row, first column, last column), counted from 0, by the sheet's name. A file
    that cannot be parsed has none: what is wrong with it is told by who reads its cells.
    """
    found: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    parser = etree.XMLPullParser(
        ("start", "end"), tag=(_TABLE, _ROW), resolve_entities=False, no_network=True
    )
    sheet, row = "", 0
    try:
        with archive_errors(), open_zip(path) as archive:
            for piece in Inflater(archive, limits).chunks("content.xml"):
                parser.feed(piece)
                for event, element in parser.read_events():
                    if event == "start" and element.tag == _TABLE:
                        sheet, row = element.get(f"{_SPACE}name", ""), 0
                    elif event == "end" and element.tag == _ROW:
                        if row < rows:
                            found[sheet] += [(row, *span) for span in _spans(element)]
                        row += _count(element, "number-rows-repeated")
                        element.clear()
    except etree.XMLSyntaxError:
        return {}
    return dict(found)


def _spans(row: etree._Element) -> list[tuple[int, int]]:
    """List the first and last columns of a row's cells that span several."""
    found: list[tuple[int, int]] = []
    column = 0
    for cell in row:
        if local(cell) not in _CELLS:
            continue
        across = _count(cell, "number-columns-spanned")
        if across > 1:
            found.append((column, column + across - 1))
        column += _count(cell, "number-columns-repeated")
    return found


def _count(element: etree._Element, name: str) -> int:
    told = element.get(_SPACE + name, "1")
    return int(told) if told.isdecimal() else 1
