"""The rows of a table of projects: which are headers, sub-headings, totals and projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.extract.projects.columns import Column, Meaning, columns
from ingest.records import Table

_SEARCHED = 15
"""The header stands within so many rows: sheets have titles above it."""

_TOTAL = re.compile(
    r"\s*\(?(?:รวม(?!พลัง|ใจ|กลุ่ม|ตัว|ญาติ|มิตร)|ยอดรวม|ยอดยกมา|ยอดยกไป|ผลรวม"
    r"|grand total|sub-?total|total\b|sum\b)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\s*(?:[กข]\s?[.)]\s*|[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)?"
    r"(?:แผนงาน|ยุทธศาสตร์|กลยุทธ์|แนวทาง|ประเด็น(?:การพัฒนา|ยุทธศาสตร์)|ด้าน|แผนพัฒนา|แบบ ?ผ)"
)
_FORM_NUMBER = re.compile(r"\(?[0-9๐-๙]{1,2}\)?")

Kind = Literal["project", "heading", "total", "more"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table's header stands (rows `start` to `end`) and what its columns mean."""

    start: int
    end: int
    columns: tuple[Column | None, ...]

    def places(self, meaning: Meaning) -> tuple[int, ...]:
        """Return the columns of one meaning."""
        return tuple(i for i, c in enumerate(self.columns) if c and c.meaning == meaning)

    @property
    def titles(self) -> tuple[int, ...]:
        """The columns a project's name is written in: kinds of goods where none is named."""
        return self.places("title")[:1] or self.places("type")

    @property
    def lists_projects(self) -> bool:
        """Whether the table lists projects: it names them and tells something of each."""
        told = {c.meaning for c in self.columns if c} - {"number", "title", "type", "month"}
        if "count" in told or not self.titles:
            return False
        named = bool(self.places("title"))
        return bool(told) if named else {"budget", "target"} <= told or {"budget", "plan"} <= told


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header. `index` counts the table's rows from 0."""

    index: int
    kind: Kind
    cells: tuple[str, ...]


def layout(table: Table, known: Layout | None = None) -> Layout | None:
    """Find a table's header; `known` is that of the table before, for one that has none."""
    if table.headers:
        found = columns(table.rows[: table.headers], misread=table.unverified)
        if _told(found) >= 2:
            return _numbered(table, Layout(0, table.headers, found))
    best = max(
        (_header_at(table.rows, start) for start in range(min(_SEARCHED, len(table.rows)))),
        key=lambda header: (_told(header.columns), -header.start),
        default=None,
    )
    if best is not None and _told(best.columns) >= 2:
        return _numbered(table, best)
    width = max(map(len, table.rows), default=0)
    if known is not None and len(known.columns) == width:
        return Layout(0, 0, known.columns)
    return None


def _numbered(table: Table, found: Layout) -> Layout:
    """Take a first column without a known name for the numbers of the rows, where it is."""
    cells = [row[0].strip(" .)") for row in table.rows[found.end :] if row and row[0].strip()]
    numbers = sum(1 for cell in cells if cell.isdecimal() and len(cell) < 5)
    if found.places("number") or found.columns[0] is not None or numbers * 2 <= len(cells):
        return found
    return replace(found, columns=(Column("number"), *found.columns[1:]))


def _told(found: Sequence[Column | None]) -> int:
    """Count the different things the columns are known to mean."""
    return len({(column.meaning, column.year) for column in found if column})


def _header_at(rows: Sequence[Sequence[str]], start: int) -> Layout:
    """Read the header that begins at a row; a second row belongs to it where it tells more."""
    end = start + 1
    found = columns(rows[start:end])
    while end < min(start + 4, len(rows)) and _is_subheader(rows[end], found):
        end += 1
        found = columns(rows[start:end])
    return Layout(start, end, found)


def _is_subheader(row: Sequence[str], above: Sequence[Column | None]) -> bool:
    """Whether a row refines the header: years or brackets, and no name of a project."""
    if _told(above) < 2:
        return False
    filled = [(index, cell) for index, cell in enumerate(row) if cell.strip()]
    titles = {i for i, column in enumerate(above) if column and column.meaning == "title"}
    if not filled or any(index in titles and not cell.startswith("(") for index, cell in filled):
        return False
    told = columns([row])
    return all(told[index] is not None or cell.startswith("(") for index, cell in filled)


def body(table: Table, header: Layout) -> Iterator[Row]:
    """Yield the rows below a header; headers that stand again are left out."""
    again = {_tight(row) for row in table.rows[header.start : header.end]}
    for index in range(header.end, len(table.rows)):
        cells = tuple(" ".join(cell.split()) for cell in table.rows[index])
        if not any(cells) or _tight(cells) in again or _numbers_columns(cells):
            continue
        yield Row(index, _kind(cells, header), cells)


def _tight(row: Sequence[str]) -> str:
    return "".join("".join(row).split())


def _numbers_columns(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns, as some forms do: (1) (2) (3)."""
    return (
        len(cells) > 2
        and all(_FORM_NUMBER.fullmatch(cell) for cell in cells)
        and (len({*cells}) == len(cells))
    )


def _kind(cells: Sequence[str], header: Layout) -> Kind:
    filled = [cell for cell in cells if cell and cell != "-"]
    title = " ".join(cells[i] for i in header.titles if i < len(cells)).strip(" -")
    first = filled[0] if filled else ""
    if _TOTAL.match(first) or _TOTAL.match(title):
        return "total"
    if len(set(filled)) == 1 and (_HEADING.match(first) or not title or len(cells) > 3):
        return "heading"
    if not title:
        return "more"
    told = len(set(filled)) - (1 if _number(cells, header) else 0)
    return "heading" if told == 1 and _HEADING.match(title) else "project"


def _number(cells: Sequence[str], header: Layout) -> str:
    """Return what stands in the column that numbers the projects."""
    return next((cells[i] for i in header.places("number") if i < len(cells)), "")
