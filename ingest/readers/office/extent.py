"""How far the cells of an XLSX workbook reach, found before a library makes room for them.

Libraries that read spreadsheets make a cell for every place between those that are filled,
or within a merged range: a workbook of two kilobytes asks for as many as a sheet can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.readers.office.package import Package, local

_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d{1,7})["']""")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']"""
    rb"""\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})["']"""
)
_LONGEST_TAG = 512  # bytes
_RELATIONS = "xl/_rels/workbook.xml.rels"


def check_cells(package: Package, visible: list[bool], limits: Limits) -> None:
    """Refuse a workbook whose visible sheets span more cells than allowed.

    `visible` says of each sheet in turn whether it will be read. Raises ReadError
    `too-many-cells`.
    """
    left = limits.cells
    for name, wanted in zip(_sheets(package), visible, strict=False):
        if wanted and name in package:
            left -= _spanned(package, name)
        if left < 0:
            raise ReadError("too-many-cells", limit=limits.cells)


def check_merged(package: Package, limits: Limits) -> None:
    """Refuse a workbook whose merged ranges cover more cells than allowed, on any sheet.

    Raises ReadError `too-many-cells`.
    """
    left = limits.cells
    for name in package.names("xl/worksheets/"):
        for first, top, last, bottom in _matches(package, name, _MERGED):
            across = abs(_column(last) - _column(first)) + 1
            left -= across * (abs(int(bottom) - int(top)) + 1)
            if left < 0:
                raise ReadError("too-many-cells", limit=limits.cells)


def _spanned(package: Package, name: str) -> int:
    """Count the cells between the first and the last that stand on a sheet."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for column, row in _matches(package, name, _CELL):
        columns.add(column)
        rows.add(row)
    if not columns:
        return 0
    across, down = list(map(_column, columns)), list(map(int, rows))
    return (max(across) - min(across) + 1) * (max(down) - min(down) + 1)


def _matches(
    package: Package, name: str, pattern: re.Pattern[bytes]
) -> Iterator[tuple[bytes, ...]]:
    """Yield what a pattern matches in a part, which is never in memory as a whole."""
    rest = b""
    for piece in package.pieces(name):
        text = rest + piece
        end = 0
        for match in pattern.finditer(text):
            end = match.end()
            yield match.groups()
        rest = text[max(end, len(text) - _LONGEST_TAG) :]


def _sheets(package: Package) -> Iterator[str]:
    """Yield the names of the parts that hold the sheets, in the workbook's order."""
    if "xl/workbook.xml" not in package or _RELATIONS not in package:
        return
    targets = {item.get("Id"): item.get("Target") for item in package.xml(_RELATIONS)}
    for element in package.xml("xl/workbook.xml").iter():
        if local(element) == "sheet":
            ids = [value for key, value in element.items() if key.rpartition("}")[2] == "id"]
            target = str(targets.get(ids[0] if ids else None) or "")
            yield target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _column(letters: bytes) -> int:
    """Return a column's number, from 1, for its letters."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number
