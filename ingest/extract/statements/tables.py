"""Tables of statements: columns or rows headed ประเด็นการพัฒนา, เป้าประสงค์, ตัวชี้วัด, แนวทาง….

A table is laid out again as sections, one a cell, so that it is read like a plan that has
the same headings one below the other. Its cells are looked up in the page's text, which
holds them in one order or another; what is not there as it stands in the cell is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.extract.projects.repeated_lines import repeats, words_of
from ingest.layout.heading_words import Topic
from ingest.layout.headings import Heading, heading_of
from ingest.layout.lines import Line
from ingest.layout.sections import Section
from ingest.records import Table

_READ: tuple[Topic, ...] = (
    "vision",
    "mission",
    "value",
    "goal",
    "strategic_issue",
    "strategy",
    "indicator",
    "project",
)
_FIGURE = re.compile(r"[\d๐-๙.,%\s–-]*$")


def laid_out(
    lines: Sequence[Line], tables: Iterable[Table], texts: Mapping[int, str]
) -> list[Line | Section]:
    """Return the lines with the tables of statements laid out again, each in its place."""
    entries: list[Line | Section] = list(lines)
    for table in tables:
        cells = _headed_cells(table)
        where = [
            i
            for i, e in enumerate(entries)
            if isinstance(e, Line) and e.page == table.page and repeats(e, words_of(table))
        ]
        if not cells or not where:
            continue
        first = entries[where[0]]
        start = first.start if isinstance(first, Line) else 0
        sections = _Finder(texts[table.page], table.page, start).sections(cells)
        if sections:
            taken = set(where)
            kept = [e for i, e in enumerate(entries) if i not in taken]
            entries = [*kept[: where[0]], *sections, *kept[where[0] :]]
    return entries


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with the heading of its column, or of its row."""

    heading: Heading
    text: str
    note: str | None = None


def _headed_cells(table: Table) -> list[_Cell]:
    return _by_column(table) or _by_row(table)


def _by_column(table: Table) -> list[_Cell]:
    """Read the cells row by row under the topics of the first row; two topics at least.

    A lone column of indicators counts where figures fill the others.
    """
    if len(table.rows) < 2:
        return []
    head = [_bare(cell) for cell in table.rows[0]]
    topics = {heading.topic for heading in head if heading}
    figures = all(_FIGURE.match(cell) for row in table.rows for cell in row[1:])
    if len(topics) < 2 and not (topics == {"indicator"} and head[0] and figures):
        return []
    above: list[str] = [""] * len(head)
    cells: list[_Cell] = []
    for row in table.rows[1:]:
        for index, (heading, text) in enumerate(zip(head, row, strict=False)):
            if heading and text.strip(" -–") and text != above[index]:
                note = _targets(table.rows[0], row) if heading.topic == "indicator" else None
                cells.append(_Cell(heading, text, note))
                above[index] = text
    return cells


def _targets(head: Sequence[str], row: Sequence[str]) -> str | None:
    """Write the figures of a row with the heads of their columns: 2566: 3; 2567: 4."""
    pairs = [
        f"{' '.join(name.split())}: {' '.join(cell.split())}"
        for name, cell in zip(head, row, strict=False)
        if re.search(r"\d{4}|[๐-๙]{4}|ค่าเป้าหมาย|หน่วย", name) and cell.strip(" -–")
    ]
    return "; ".join(pairs) or None


def _by_row(table: Table) -> list[_Cell]:
    """Read tables of two columns, the first of which names what the second says."""
    if any(len([cell for cell in row if cell.strip()]) > 2 for row in table.rows):
        return []
    cells = [
        _Cell(heading, row[1]) for row in table.rows if len(row) > 1 and (heading := _bare(row[0]))
    ]
    return cells if len({cell.heading.topic for cell in cells}) > 1 else []


def _bare(cell: str) -> Heading | None:
    text = " ".join(cell.split())
    heading = heading_of(Line(0, 0, len(text), text, 1)) if text else None
    return heading if heading and heading.rest is None and heading.topics[0] in _READ else None


class _Finder:
    """Looks cells up in a page's text, one after the other."""

    def __init__(self, text: str, page: int, start: int) -> None:
        self._text, self._page, self._start = text, page, start

    def sections(self, cells: Iterable[_Cell]) -> list[Section]:
        """Return a section a cell, for those that stand in the text as they are."""
        result: list[Section] = []
        for cell in cells:
            lines = self._lines(cell.text)
            if not lines:
                continue
            result.append(_section(cell, lines))
        return result

    def _lines(self, cell: str) -> list[Line]:
        """Return the cell's lines with their places; nothing if one of them is not there."""
        lines: list[Line] = []
        for part in filter(str.strip, cell.split("\n")):
            pattern = re.compile(r"\s*".join(map(re.escape, "".join(part.split()))))
            match = pattern.search(self._text, self._start) or pattern.search(self._text)
            if match is None:
                return []
            words = match.group().replace("\n", " ").replace("\t", " ")
            lines.append(Line(self._page, match.start(), match.end(), words, 0))
        return lines


def _section(cell: _Cell, lines: list[Line]) -> Section:
    """Return a cell as a section; an issue's name stands alone, what follows is its children."""
    heading, named = cell.heading, heading_of(lines[0])
    if named and named.label is not None:
        return Section(named, lines[1:], cell.note)
    label = "" if heading.topic == "strategic_issue" and len(lines) == 1 else None
    stated = Heading(lines[0], heading.topics, None, label, None, 0, named_as=heading.text)
    return Section(stated, lines, cell.note)
