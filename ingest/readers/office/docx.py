"""Word documents: paragraphs, lists with their numbers, tables, text boxes.

Tracked changes are read as accepted. Headers, footers, notes and the table of contents
are set aside as furniture. Pages end where Word last laid them out, or, where a file
does not tell, where its writer asked for a new page.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lxml import etree

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.formats.sniff import Format
from ingest.readers.office.docx_diagram import data_id, diagrams
from ingest.readers.office.docx_numbering import Numbering
from ingest.readers.office.docx_text import (
    Break,
    begins_page,
    ends_deleted,
    ends_page,
    is_unseen,
    pieces,
)
from ingest.readers.office.package import Package, child, local, number, open_package, value
from ingest.readers.pages import clean_cell, clean_rows, clean_tabbed, measured_page
from ingest.readers.tables.grid import Grid, row_text
from ingest.records import Content, Table

_CONTENTS = re.compile(r"^(?:toc|สารบัญ)\s*\d", re.I)
_AROUND = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_LINES_ABOVE = 12
_ARRANGED = 3
"""Tables of fewer columns that hold other tables arrange the page."""


def read(path: Path, limits: Limits) -> Content:
    """Read a Word document (.docx, .docm)."""
    with open_package(path, limits) as package:
        main = _main_part(package)
        folder = main.rpartition("/")[0]
        document = package.xml(main)
        parts = {name: _optional(package, f"{folder}/{name}.xml") for name in _PARTS}
        furniture = list(_furniture(package, folder))
        title = _title(package)
        drawn = diagrams(package, main)
    body = child(document, "body")
    if body is None:
        raise ReadError("damaged", reason="no body")
    flow = _Flow(Numbering(parts["numbering"], parts["styles"]), parts["styles"], drawn, limits)
    flow.rendered = any(local(result) == "lastRenderedPageBreak" for result in body.iter())
    flow.walk(body)
    return replace(flow.content(furniture, title), notes=tuple(_left_out(body)))


_PARTS = ("numbering", "styles")


def _main_part(package: Package) -> str:
    """Find the part with the text; a few programs call it other than word/document.xml."""
    for relation in package.xml("_rels/.rels"):
        if (relation.get("Type") or "").endswith("/officeDocument"):
            return (relation.get("Target") or "").lstrip("/")
    raise ReadError("damaged", reason="no main part")


def _optional(package: Package, name: str) -> etree._Element | None:
    return package.xml(name) if name in package else None


def _title(package: Package) -> str | None:
    core = _optional(package, "docProps/core.xml")
    result = child(core, "title")
    return clean_cell(result.text or "") or None if result is not None else None


def _furniture(package: Package, folder: str) -> Iterable[str]:
    """Yield the lines of headers, footers and notes, each once."""
    lines: dict[str, None] = {}
    for kind in ("header", "footer", "footnotes", "endnotes"):
        for name in package.names(f"{folder}/{kind}"):
            for paragraph in package.xml(name).iter("{*}p"):
                text = "".join(piece for piece in pieces(paragraph) if isinstance(piece, str))
                lines[text.strip()] = None
    return (line for line in lines if line)


class _Flow:
    """The document as it is read: lines of the current page, pages and tables so far."""

    def __init__(
        self,
        numbering: Numbering,
        styles: etree._Element | None,
        diagrams: dict[str, list[str]],
        limits: Limits,
    ) -> None:
        self.rendered = False
        self._numbering = numbering
        self._contents = _contents_styles(styles)
        self._diagrams = diagrams
        self._limits = limits
        self._pages: list[list[str]] = [[]]
        self._aside: list[str] = []
        self._tables: list[Table] = []
        self._above: list[str] = []
        self._joined = ""
        self._within = 0

    def content(self, furniture: list[str], title: str | None) -> Content:
        """Return what was read, cleaned."""
        texts = [clean_tabbed("\n".join(lines)) for lines in self._pages]
        if not any(texts) and not self._tables:
            raise ReadError("empty-file")
        around = [*furniture, *self._aside]
        pages = [
            measured_page(number, text, "docx", around if number == 1 else ())
            for number, text in enumerate(texts, start=1)
        ]
        return Content(Format.DOCX.value, tuple(pages), tuple(self._tables), title)

    def walk(self, parent: etree._Element) -> None:
        """Read all paragraphs and tables within `parent`."""
        for result in parent:
            name = local(result)
            if name == "p":
                self._paragraph(result)
            elif name == "tbl":
                self._table(result)
            elif name in _AROUND:
                self.walk(result)

    def _paragraph(self, paragraph: etree._Element) -> None:
        if begins_page(paragraph) and not self.rendered:
            self._turn()
        text, boxes = self._text(paragraph)
        if ends_deleted(paragraph):
            self._joined = text
        elif self._is_contents(paragraph):
            self._aside.append(text)
        else:
            self._say(text)
        for box in boxes:
            if local(box) == "relIds":
                self._say("\n".join(self._diagrams.get(data_id(box), ())))
            else:
                self.walk(box)
        if ends_page(paragraph) and not self.rendered:
            self._turn()

    def _text(self, paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
        """Return a paragraph's text with its list number; turn pages where it does."""
        text = self._joined
        boxes: list[etree._Element] = []
        self._joined = ""
        for piece in pieces(paragraph):
            if isinstance(piece, str):
                text += piece
            elif isinstance(piece, Break):
                if (piece is Break.RENDERED) == self.rendered:
                    self._say(text)
                    text = ""
                    self._turn()
            else:
                boxes.append(piece)
        label = self._numbering.label(child(paragraph, "pPr")) if text.strip() else ""
        return f"{label} {text}" if label else text, boxes

    def _say(self, text: str) -> None:
        lines = [line for line in text.split("\n") if line.strip()]
        self._pages[-1] += lines
        self._above = [*self._above, *lines][-_LINES_ABOVE:]

    def _turn(self) -> None:
        if not self._pages[-1] and len(self._pages) == 1 and not self._tables:
            return  # a break before anything was said makes no page of its own
        if len(self._pages) >= self._limits.pages:
            raise ReadError("too-many-pages", pages=len(self._pages), limit=self._limits.pages)
        self._pages.append([])

    def _is_contents(self, paragraph: etree._Element) -> bool:
        return value(child(paragraph, "pPr", "pStyle")) in self._contents

    def _table(self, table: etree._Element) -> None:
        rows = [result for result in _unwrapped(table, "tr") if _is_seen(result)]
        if self._within:
            for row in rows:
                cells = (" ".join(self._cell(cell).split()) for cell in _unwrapped(row, "tc"))
                self._say(" ".join(filter(None, cells)))
            return
        if _arranges(rows):
            for row in rows:
                for cell in _unwrapped(row, "tc"):
                    self.walk(cell)
            return
        self._data(rows)

    def _data(self, rows: list[etree._Element]) -> None:
        above, page = tuple(map(clean_cell, self._above)), len(self._pages)
        grid = Grid(self._limits)
        row_pages: list[int] = []
        for row in rows:
            row_pages.append(len(self._pages))
            header = child(row, "trPr", "tblHeader") is not None
            grid.skip(number(value(child(row, "trPr", "gridBefore"))))
            for cell in _unwrapped(row, "tc"):
                properties = child(cell, "tcPr")
                merged = child(properties, "vMerge")
                across = number(value(child(properties, "gridSpan")), 1)
                if merged is not None and value(merged) != "restart":
                    grid.below(across)
                    continue
                grid.begin()
                grid.put(self._cell(cell), across, header=header)
            grid.end_row(header=header)
            self._pages[-1] += row_text(grid.rows[-1])
        clean = clean_rows(grid.filled())
        self._tables.append(
            Table(page, clean, above, grid.headers, tuple(row_pages), spans=grid.end())
        )
        self._above = []

    def _cell(self, cell: etree._Element) -> str:
        """Return the lines of a cell; a page that ends within it ends for the row."""
        before, above = len(self._pages), self._above
        kept = self._pages[-1]
        self._pages[-1] = []
        self._within += 1
        self.walk(cell)
        self._within -= 1
        lines = [line for page in self._pages[before - 1 :] for line in page]
        turned = len(self._pages) - before
        self._pages[before - 1 :] = [kept, *([] for _ in range(turned))]
        self._above = above
        return "\n".join(lines)


def _unwrapped(parent: etree._Element, name: str) -> Iterable[etree._Element]:
    """Yield the children called `name`, through content controls and accepted insertions."""
    for result in parent:
        if local(result) == name:
            yield result
        elif local(result) in _AROUND:
            yield from _unwrapped(result, name)


def _is_seen(row: etree._Element) -> bool:
    """Return whether a row is neither deleted nor hidden."""
    return child(row, "trPr", "del") is None and child(row, "trPr", "hidden") is None


def _arranges(rows: list[etree._Element]) -> bool:
    """Return whether a table only arranges the page: one column, or few that hold other tables."""
    widths = [sum(1 for _ in _unwrapped(row, "tc")) for row in rows]
    if max(widths, default=0) < 2:
        return True
    cells = [cell for row in rows for cell in _unwrapped(row, "tc")]
    holding = sum(1 for cell in cells if any(local(result) == "tbl" for result in cell.iter()))
    return holding > 0 and (max(widths) < _ARRANGED or holding * 2 > len(cells))


def _left_out(body: etree._Element) -> Iterable[str]:
    """Yield codes of what the document holds and does not show, with their number."""
    unseen = sum(1 for run in body.iter("{*}r") if is_unseen(run) and run.find("{*}t") is not None)
    rows = sum(1 for row in body.iter("{*}tr") if child(row, "trPr", "hidden") is not None)
    for code, count in (("hidden-text", unseen), ("hidden-rows", rows)):
        if count:
            yield f"{code}: ({count})"


def _contents_styles(styles: etree._Element | None) -> set[str | None]:
    """Return the ids of the styles in which tables of contents are set."""
    return {
        value(style, "styleId")
        for style in (styles if styles is not None else ())
        if _CONTENTS.match(value(child(style, "name")) or "")
    }
