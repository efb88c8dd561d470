"""How the sheets of an XLSX workbook are shown, which calamine does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from ingest.formats.limits import Limits
from ingest.readers.office.number_formats import format_of
from ingest.readers.office.package import Package, child, local, open_package
from ingest.readers.office.shown import Shown

_BUILT_IN = {9: "0%", 10: "0.00%"}
"""Formats that files name by number alone; those of dates depend on the machine."""

_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class _Styles:
    formats: dict[int, str] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()


def shown_sheets(path: Path, limits: Limits) -> dict[str, Shown]:
    """Return how each sheet of a workbook is shown, by its name."""
    with open_package(path, limits) as package:
        sheets = dict(_sheets(package))
        styles = _styles(package)
        strings = _struck_strings(package)
        return {name: _shown(package, part, styles, strings) for name, part in sheets.items()}


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the sheets' names and the parts they stand in."""
    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if book not in package or links not in package:
        return
    targets = {link.get("Id"): (link.get("Target") or "") for link in package.xml(links)}
    for sheet in package.xml(book).iter("{*}sheet"):
        target = targets.get(sheet.get(f"{{{_RELATIONS}}}id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in package:
            yield sheet.get("name", ""), part


def _styles(package: Package) -> _Styles:
    if "xl/styles.xml" not in package:
        return _Styles()
    root = package.xml("xl/styles.xml")
    codes = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in root.iter("{*}numFmt")}
    fonts = child(root, "fonts")
    struck = {
        index
        for index, font in enumerate(fonts if fonts is not None else ())
        if _is_on(child(font, "strike"))
    }
    formats: dict[int, str] = {}
    lined: set[int] = set()
    cells = child(root, "cellXfs")
    for index, style in enumerate(cells if cells is not None else ()):
        number = int(style.get("numFmtId", "0"))
        code = codes.get(number) or _BUILT_IN.get(number, "")
        if code and format_of(code) is not None:
            formats[index] = code
        if int(style.get("fontId", "0")) in struck:
            lined.add(index)
    return _Styles(formats, frozenset(lined))


def _is_on(toggle: etree._Element | None) -> bool:
    return toggle is not None and (toggle.get("val") or "1") not in ("0", "false")


def _struck_strings(package: Package) -> dict[int, str]:
    """Return the shared strings that are struck out in part, without what is struck out."""
    name = "xl/sharedStrings.xml"
    if name not in package or not any(b"strike" in piece for piece in package.pieces(name)):
        return {}
    result: dict[int, str] = {}
    for index, item in enumerate(package.xml(name)):
        if (text := _without_struck(item)) is not None:
            result[index] = text
    return result


def _without_struck(item: etree._Element) -> str | None:
    """Return a rich text without what is struck out; None where nothing is."""
    runs = [run for run in item if local(run) == "r"]
    kept = [run for run in runs if not _is_on(child(run, "rPr", "strike"))]
    if len(kept) == len(runs):
        return None
    return "".join((text.text or "") for run in kept for text in run.iter("{*}t"))


def _shown(package: Package, part: str, styles: _Styles, strings: dict[int, str]) -> Shown:
    shown = Shown()
    reader = _Cells(shown, styles, strings)
    parser = etree.XMLPullParser(
        ("end",), tag=("{*}row", "{*}col"), resolve_entities=False, no_network=True
    )
    try:
        for piece in package.pieces(part):
            parser.feed(piece)
            for _, element in parser.read_events():
                if local(element) == "col":
                    reader.column(element)
                else:
                    reader.row(element)
                    element.clear()
    except etree.XMLSyntaxError:
        return Shown()  # what is wrong with it is said by who reads its cells
    return shown


class _Cells:
    """Goes over the rows of a sheet as they are read."""

    def __init__(self, shown: Shown, styles: _Styles, strings: dict[int, str]) -> None:
        self._shown, self._styles, self._strings = shown, styles, strings
        self._next = 0
        self._marked = bool(styles.formats or styles.struck or strings)

    def column(self, element: etree._Element) -> None:
        """Take up what is said of columns."""
        if element.get("hidden") in ("1", "true"):
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            self._shown.hidden_columns.update(range(first - 1, min(last, first + 16_384)))

    def row(self, element: etree._Element) -> None:
        """Take up what is said of a row and its cells."""
        row = int(element.get("r") or self._next + 1) - 1
        self._next = row + 1
        if element.get("hidden") in ("1", "true"):
            self._shown.hidden_rows.add(row)
        column = -1
        for cell in element:
            written = _REFERENCE.fullmatch(cell.get("r") or "")
            column = _column(written[1]) if written else column + 1
            self._cell(cell, (row, column))

    def _cell(self, cell: etree._Element, place: tuple[int, int]) -> None:
        if self._marked:
            style = int(cell.get("s") or 0)
            if style in self._styles.formats:
                self._shown.formats[place] = self._styles.formats[style]
            if style in self._styles.struck:
                self._shown.struck.add(place)
        kinds = {local(inner): inner for inner in cell}
        worked_out = kinds.get("v")
        if "f" in kinds and (worked_out is None or not worked_out.text) and "is" not in kinds:
            self._shown.formulas.add(place)
        if "is" in kinds and (rich := _without_struck(kinds["is"])) is not None:
            self._shown.texts[place] = rich
        if self._strings and cell.get("t") == "s" and worked_out is not None:
            text = self._strings.get(int(worked_out.text or -1))
            if text is not None:
                self._shown.texts[place] = text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
