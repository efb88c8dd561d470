"""The rows of a table of projects: which are headers, sub-headings, totals and projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Literal

from ingest.extract.projects.amounts import summed
from ingest.extract.projects.column_words import declared_unit
from ingest.extract.projects.columns import Column, Meaning, columns
from ingest.records import Table

_SEARCHED = 15
"""The header stands within so many rows: sheets have titles above it."""

_TOTAL = re.compile(
    r"\s*[(*]?(?:[0-9๐-๙.]+\s*)?(?:รวม(?!พลัง|ใจ|กลุ่ม|ตัว|ญาติ|มิตร)|ยอดรวม|ยอดยกมา|ยอดยกไป|ผลรวม"
    r"|grand total|sub-?total|total\b|sum\b)",
    re.IGNORECASE,
)
_CARRIED = re.compile(r"\s*ยอดยก")
_HEADING = re.compile(
    r"\s*(?:[กข]\s?[.)]\s*|[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)?"
    r"(?:แผนงาน|ยุทธศาสตร์|กลยุทธ์|แนวทาง|ประเด็น(?:การพัฒนา|ยุทธศาสตร์)|ด้าน|แผนพัฒนา|แบบ ?ผ)"
)
_FORM_NUMBER = re.compile(r"\(?[0-9๐-๙]{1,2}\)?")
_NOTE = re.compile(r"\s*(?:\*+|หมายเหตุ|ที่มา\s*[:：]|note\b|remark)", re.IGNORECASE)
_OFFICE = re.compile(
    r"\s*(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)?(?:หน่วยงาน\s*[:：]?\s*)?(?:กระทรวง|กรม|สำนัก|กอง|ฝ่าย|ส่วน|องค์การ|เทศบาล|อบต|อบจ"
    r"|มหาวิทยาลัย|สถาบัน|จังหวัด|อำเภอ|คณะ|การรถไฟ|การทาง|การไฟฟ้า|การประปา|การเคหะ|การกีฬา|การท่องเที่ยวแห่ง|ธนาคาร)"
)
_LONGEST_OFFICE = 90
_WORK = re.compile(
    r"โครงการ|ก่อสร้าง|ปรับปรุง|ซ่อม|จัดซื้อ|จัดจ้าง|อบรม|ส่งเสริม|พัฒนา|สนับสนุน|อุดหนุน|ขุดลอก|จัดงาน|ค่า"
)
_PROJECT = re.compile(r"\s*(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*|[(-]\s*)*โครงการ")

_REPEATED = 3
_LABELLED = re.compile(r"(?:โครงการ|ผลผลิต|กิจกรรม)(?:ที่)?\s*[0-9๐-๙.]*\s*[:：]")

Kind = Literal["project", "heading", "total", "more", "note"]


@dataclass(frozen=True)
class Layout:
    """Where a table's header stands (rows `start` to `end`) and what its columns mean.

    `unit` is what figures are multiplied with to make baht where a column doesn't say it.
    """

    start: int
    end: int
    columns: tuple[Column | None, ...]
    unit: Decimal | None = None

    def places(self, meaning: Meaning) -> tuple[int, ...]:
        """Return the columns of one meaning."""
        return tuple(i for i, c in enumerate(self.columns) if c and c.meaning == meaning)

    @property
    def titles(self) -> tuple[int, ...]:
        """The columns a project's name is written in: kinds of goods where none is named."""
        return self.places("title")[:1] or self.places("item")[:1] or self.places("type")

    @cached_property
    def mixed(self) -> bool:
        """Whether names of agencies, plans and outputs stand among those of projects."""
        return any(c.name == "mixed" for c in self.columns if c and c.meaning == "title")

    @property
    def lists_projects(self) -> bool:
        """Whether the table lists projects: it names them and tells something of each."""
        stated = {c.meaning for c in self.columns if c} - _SAYS_LITTLE
        if "count" in stated or not self.titles:
            return False
        named = bool(self.places("title") or self.places("item"))
        return (
            bool(stated)
            if named
            else {"budget", "target"} <= stated or {"budget", "plan"} <= stated
        )


_SAYS_LITTLE: frozenset[str] = frozenset(
    {"number", "title", "type", "month", "item", "ignore", "measured_in", "change"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header. `index` counts the table's rows from 0.

    `shared` are the columns whose cell stands for other projects' rows as well.
    """

    index: int
    kind: Kind
    cells: tuple[str, ...]
    shared: frozenset[int] = frozenset()


def layout(
    table: Table, known: Layout | None = None, named: Mapping[str, Column] | None = None
) -> Layout | None:
    """Find a table's header; `known` is that of the table before, for one that has none.

    `named` are columns by their header's words, as somebody named them.
    """
    result = _header(table, known, named or {})
    if result is None:
        return None
    rows = [row for row in table.rows[result.end :] if not _numbers_columns(row)]
    unit = _unit(table, result) or (known.unit if known and result.end == 0 else None)
    return replace(result, columns=tuple(summed(result.columns, rows)), unit=unit)


def _header(table: Table, known: Layout | None, named: Mapping[str, Column]) -> Layout | None:
    if table.headers:
        result = columns(table.rows[: table.headers], misread=table.unverified, known=named)
        if _recognised(result) >= 2:
            return _numbered(table, Layout(0, table.headers, result))
    best = max(
        (_header_at(table.rows, start, named) for start in range(min(_SEARCHED, len(table.rows)))),
        key=lambda header: (_recognised(header.columns), -header.start),
        default=None,
    )
    if best is not None and _recognised(best.columns) >= 2:
        return _numbered(table, best)
    width = max(map(len, table.rows), default=0)
    if known is not None and len(known.columns) == width:
        return Layout(0, 0, known.columns)
    return None


def _unit(table: Table, header: Layout) -> Decimal | None:
    """Return the unit of money that the lines above a table declare, the nearest first."""
    titles = (" ".join(row) for row in table.rows[: header.end])
    declared = [declared_unit(line) for line in (*table.above, *titles)]
    return next((unit for unit in reversed(declared) if unit is not None), table.unit)


def _numbered(table: Table, find: Layout) -> Layout:
    """Take a first column without a known name for the numbers of the rows, where it is."""
    cells = [row[0].strip(" .)") for row in table.rows[find.end :] if row and row[0].strip()]
    numbers = sum(1 for cell in cells if cell.isdecimal() and len(cell) < 5)
    if find.places("number") or find.columns[0] is not None or numbers * 2 <= len(cells):
        return find
    return replace(find, columns=(Column("number"), *find.columns[1:]))


def _recognised(find: Sequence[Column | None]) -> int:
    """Count the different things the columns are known to mean."""
    return len({(column.meaning, column.year) for column in find if column})


def _header_at(rows: Sequence[Sequence[str]], start: int, named: Mapping[str, Column]) -> Layout:
    """Read the header that begins at a row; a second row belongs to it where it tells more."""
    end = start + 1
    result = columns(rows[start:end], known=named)
    while end < min(start + 4, len(rows)) and _is_subheader(rows[end], result):
        end += 1
        result = columns(rows[start:end], known=named)
    return Layout(start, end, result)


def _is_subheader(row: Sequence[str], above: Sequence[Column | None]) -> bool:
    """Whether a row refines the header: years or brackets, and no name of a project."""
    if _recognised(above) < 2:
        return False
    filled = [(index, cell) for index, cell in enumerate(row) if cell.strip()]
    titles = {i for i, column in enumerate(above) if column and column.meaning == "title"}
    if not filled or any(index in titles and not cell.startswith("(") for index, cell in filled):
        return False
    if len(filled) == 1 and _HEADING.match(filled[0][1]) and not filled[0][1].startswith("("):
        return False
    stated = columns([row])
    return all(
        cell.startswith("(") or _refines(stated[index], above[index]) for index, cell in filled
    )


def _refines(column: Column | None, above: Column | None) -> bool:
    """Whether a header may stand below another: nothing but months stand below a number."""
    return column is not None and (above is None or above.meaning != "number")


def body(table: Table, header: Layout) -> Iterator[Row]:
    """Yield the rows below a header; headers that stand again are left out.

    What stands in a cell over several rows belongs to each of them that names a project.
    """
    again = {_tight(row) for row in table.rows[header.start : header.end]}
    names = _names(table.rows[header.start : header.end], len(header.columns))
    spans = _spans(table, header)
    rows = (
        (index, cells)
        for index in range(header.end, len(table.rows))
        for cells in _parted([" ".join(cell.split()) for cell in table.rows[index]], header)
    )
    for index, cells in rows:
        if not any(cells) or _tight(cells) in again or _numbers_columns(cells):
            continue
        rest = _without_names(cells, names)
        if not any(rest):
            continue
        kind = _kind(rest, header) if rest == cells else "more"
        cells = rest
        if kind == "heading" and _goes_on(table, header, index, cells):
            kind = "more"
        spanned = spans.get(index, {}) if kind == "project" else {}
        cells = tuple(cell or spanned.get(i, "") for i, cell in enumerate(cells))
        yield Row(index, kind, cells, frozenset(spanned) & frozenset(_priced(header)))


def _names(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return what each column is called, without blanks."""
    return [
        "".join("".join(dict.fromkeys(row[i] for row in rows if i < len(row))).split())
        for i in range(width)
    ]


def _without_names(cells: tuple[str, ...], names: Sequence[str]) -> tuple[str, ...]:
    """Take the names of columns out of a row in which a header stands again with other text."""
    repeated = {
        i
        for i, (cell, name) in enumerate(zip(cells, names, strict=False))
        if len(name) > 1 and "".join(cell.split()).startswith(name)
    }
    if len(repeated) < _REPEATED or 2 * len(repeated) < sum(map(bool, names)):
        return cells
    return tuple(_behind(cell, names[i]) if i in repeated else "" for i, cell in enumerate(cells))


def _behind(cell: str, name: str) -> str:
    """Return what follows a name in a cell, wherever the cell has blanks."""
    pattern = r"\s*".join(map(re.escape, name))
    return re.sub(rf"^\s*{pattern}\s*", "", cell)


def _parted(cells: Sequence[str], header: Layout) -> list[tuple[str, ...]]:
    """Part a row without lines between several projects: each has a label and a figure a column."""
    if not header.mixed:
        return [tuple(cells)]
    column = header.titles[0]
    starts = [result.start() for result in _LABELLED.finditer(cells[column])]
    if len(starts) < 2 or cells[column][: starts[0]].strip():
        return [tuple(cells)]
    columns = [cell.split() for cell in cells]
    others = [words for i, words in enumerate(columns) if i != column and words]
    if any(len(words) != len(starts) for words in others):
        return [tuple(cells)]
    names = [cells[column][a:b].strip() for a, b in pairwise([*starts, len(cells[column])])]
    return [
        tuple(
            name if i == column else words[nth] if words else "" for i, words in enumerate(columns)
        )
        for nth, name in enumerate(names)
    ]


def _priced(header: Layout) -> Iterator[int]:
    for index, column in enumerate(header.columns):
        if column is not None and column.meaning in {"budget", "spending"}:
            yield index


def _spans(table: Table, header: Layout) -> dict[int, dict[int, str]]:
    """Return the texts of cells over several rows, by row and column, names and numbers apart."""
    own = {*header.titles, *header.places("number")}
    result: dict[int, dict[int, str]] = {}
    for column, first, last in table.spans:
        if column in own or first < header.end:
            continue
        text = (
            " ".join(table.rows[first][column].split()) if column < len(table.rows[first]) else ""
        )
        named = [row for row in range(first, last + 1) if _title(table.rows[row], header)]
        for row in named if text and len(named) > 1 else ():
            result.setdefault(row, {})[column] = text
    return result


def _title(cells: Sequence[str], header: Layout) -> str:
    title = " ".join(cells[i] for i in header.titles if i < len(cells)).strip(" -")
    items = header.places("item")[:1] if not title else ()
    return title or " ".join(cells[i] for i in items if i < len(cells)).strip(" -")


def _goes_on(table: Table, header: Layout, index: int, cells: Sequence[str]) -> bool:
    """Whether a row with nothing but words of a name is the rest of the one over a page end."""
    pages = table.row_pages
    if not header.places("number") or not 0 < index < len(pages) or index == header.end:
        return False
    turned = pages[index] != pages[index - 1]
    return turned and bool(_title(cells, header)) and not _HEADING.match(_title(cells, header))


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
    title = _title(cells, header)
    first = filled[0] if filled else ""
    if _TOTAL.match(first) or _TOTAL.match(title):
        return "total"
    if _NOTE.match(first) and len(set(filled)) <= 2:
        return "note"
    if header.mixed:
        return "project" if _PROJECT.match(title) else "heading" if title else "more"
    if len(set(filled)) == 1 and (_HEADING.match(first) or not title or len(cells) > 3):
        return "heading"
    if not title:
        return "more"
    stated = len(set(filled)) - (1 if _number(cells, header) else 0)
    if stated == 1 and _HEADING.match(title):
        return "heading"
    return "heading" if _is_sum_line(cells, title, header) else "project"


def _is_sum_line(cells: Sequence[str], title: str, header: Layout) -> bool:
    """Whether a row names an agency or a plan and gives the sum of what stands below it."""
    if _number(cells, header) or len(title) > _LONGEST_OFFICE or _WORK.search(title):
        return False
    money = {"budget", "spending", "percent", "change", "title"}
    others = [
        cell
        for cell, column in zip(cells, header.columns, strict=False)
        if cell.strip(" -") and (column is None or column.meaning not in money)
    ]
    return not others and bool(_OFFICE.match(title) or _HEADING.match(title))


def is_carried(cells: Sequence[str]) -> bool:
    """Whether a total is only carried from one page to the next."""
    return any(_CARRIED.match(cell) for cell in cells if cell)


def _number(cells: Sequence[str], header: Layout) -> str:
    """Return what stands in the column that numbers the projects."""
    return next((cells[i] for i in header.places("number") if i < len(cells)), "")
