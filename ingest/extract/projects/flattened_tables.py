"""Tables of projects that reached the text as lines: rows with bars, or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.layout.lines import Line
from ingest.layout.list_marks import arabic, mark_of
from ingest.records import Table

_BAR = re.compile(r"\s*\|\s*")
_RULE = re.compile(r"[-=+:\s]*$")
_COLUMN = re.compile(
    r"(?P<title>โครงการ|กิจกรรม)|(?P<objective>วัตถุประสงค์)|(?P<target>เป้าหมาย)|(?P<budget>งบประมาณ)"
    r"|(?P<indicator>ตัวชี้วัด)|(?P<result>ผลที่คาดว่า|ผลลัพธ์)|(?P<responsible>หน่วยงาน|ผู้รับผิดชอบ|หน่วยดำเนินการ)"
)
_YEAR = re.compile(r"(?<![0-9๐-๙])(?:25[5-9][0-9]|๒๕[๕-๙][๐-๙])(?![0-9๐-๙])")
_MONEY = re.compile(r"(?:[0-9๐-๙][0-9๐-๙,.]*|[-–—])(?:\s+(?:[0-9๐-๙][0-9๐-๙,.]*|[-–—]))*$")
_ALONE = re.compile(r"[0-9๐-๙]{1,3}[.)]?$")
_OVER = re.compile(r"รวม|แผนงาน|ยุทธศาสตร์|กลยุทธ์|แนวทาง|แบบ\s?ผ|หมายเหตุ|ส่วนที่|บทที่|[กข]\.\s")
_AIM = re.compile(r"เพื่อ")
_MEASURE = re.compile(r"ร้อยละ|จำนวน|ระดับ|อัตรา|ปริมาณ|สัดส่วน")
_OFFICE = re.compile(r"(?:กอง|สำนัก|ฝ่าย|งาน|หน่วย|อบต|อบจ|เทศบาล|สนง|ส่วน)")
_ABOVE = 8


@dataclass(frozen=True)
class Flattened:
    """Tables found in the lines, and the lines which they were."""

    tables: list[Table] = field(default_factory=list)
    lines: set[tuple[int, int]] = field(default_factory=set)


def flattened_tables(lines: Sequence[Line]) -> Flattened:
    """Return the tables of projects that stand in the lines."""
    result = Flattened()
    index = 0
    while index < len(lines):
        if not _may_head(lines[index].text):
            index += 1
            continue
        end = _barred(lines, index, result) or _cell_by_cell(lines, index, result)
        index = end or index + 1
    return result


def _may_head(text: str) -> bool:
    """Return, by a glance, whether a header could begin here."""
    if "|" in text or text.startswith(("ที่", "ลำดับ", "โครงการ", "ชื่อ")):
        return True
    return "โครงการ" in text and "วัตถุประสงค์" in text


def _barred(lines: Sequence[Line], start: int, find: Flattened) -> int | None:
    """Read rows with bars from a header row on; return where they end."""
    if "|" not in lines[start].text or len(_columns(lines[start].text)) < 2:
        return None
    rows: list[tuple[str, ...]] = []
    end = start
    while end < len(lines) and "|" in lines[end].text and lines[end].page == lines[start].page:
        if not _RULE.match(lines[end].text.replace("|", "")):
            rows.append(tuple(_BAR.split(lines[end].text)))
        end += 1
    if len(rows) < 2:
        return None
    _keep(find, lines, start, end, rows)
    return end


def _cell_by_cell(lines: Sequence[Line], start: int, find: Flattened) -> int | None:
    """Read a header of แบบ ผ.02, on one line or on several, and the rows below it."""
    head = _header_end(lines, start)
    if head is None:
        return None
    years = _YEAR.findall(" ".join(line.text for line in lines[start:head]))
    rows, end = _rows(lines, head, [arabic(year) for year in dict.fromkeys(years)])
    if not rows:
        return None
    header = (
        "ที่",
        "โครงการ",
        "วัตถุประสงค์",
        "เป้าหมาย",
        *_budgets(years),
        "ตัวชี้วัด",
        "ผลที่คาดว่าจะได้รับ",
        "หน่วยงานรับผิดชอบ",
    )
    _keep(find, lines, start, end, [header, *rows])
    return end


def _keep(
    find: Flattened, lines: Sequence[Line], start: int, end: int, rows: Sequence[tuple[str, ...]]
) -> None:
    above = tuple(
        line.text
        for line in lines[max(0, start - _ABOVE) : start]
        if line.page == lines[start].page
    )
    find.tables.append(Table(lines[start].page, tuple(rows), above, headers=1))
    find.lines.update((line.page, line.start) for line in lines[start:end])


def _columns(text: str) -> set[str]:
    return {match.lastgroup or "" for match in _COLUMN.finditer(text)}


def _header_end(lines: Sequence[Line], start: int) -> int | None:
    """Return the line after a header that begins at `start`: four columns, one the project."""
    seen: set[str] = set()
    for index in range(start, min(start + 24, len(lines))):
        text = lines[index].text
        columns = _columns(text)
        if index == start and not columns and text.strip() not in ("ที่", "ลำดับที่", "ลำดับ"):
            return None
        titled = mark_of(text) is not None and index > start
        if (not columns and not _part_of_header(text)) or len(text) > 220 or titled:
            return index if {"title"} < seen and len(seen) >= 4 else None
        seen |= columns
    return None


def _part_of_header(text: str) -> bool:
    rest = _YEAR.sub("", text).strip(" ()-–.พศ")
    return len(rest) <= 24 and (
        not rest or bool(re.match(r"ที่|ลำดับ|บาท|ผลผลิต|KPI|\(|หลัก|จะได้รับ|ที่รับผิดชอบ", rest))
    )


def _budgets(years: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"งบประมาณ {arabic(year)}" for year in dict.fromkeys(years)) or ("งบประมาณ",)


def _rows(
    lines: Sequence[Line], start: int, years: Sequence[str]
) -> tuple[list[tuple[str, ...]], int]:
    rows: list[tuple[str, ...]] = []
    index, number = start, None
    while index < len(lines):
        opened = _opens(lines, index, number)
        if opened is None:
            break
        number, first = opened
        end = _row_end(lines, first, number)
        cells = [line.text for line in lines[first:end]]
        mark = mark_of(cells[0])
        cells[0] = cells[0][mark.length :] if mark and first == index else cells[0]
        rows.append(_row(number, cells, len(years) or 1))
        index = end
    return rows, index


def _opens(lines: Sequence[Line], index: int, last: int | None) -> tuple[int, int] | None:
    """Return a row's number and the line with its title, if a row opens here."""
    text = lines[index].text
    mark = mark_of(text)
    if _ALONE.match(text) and index + 1 < len(lines):
        number, first = int(arabic(text.rstrip(".)"))), index + 1
    elif mark and mark.number and mark.number.isdecimal():
        number, first = int(mark.number), index
    else:
        return None
    return (number, first) if last is None or number == last + 1 else None


def _row_end(lines: Sequence[Line], first: int, number: int) -> int:
    for index in range(first + 1, len(lines)):
        if _opens(lines, index, number) or _OVER.match(lines[index].text):
            return index
    return len(lines)


def _row(number: int, cells: Sequence[str], years: int) -> tuple[str, ...]:
    """Return what each cell of a row is by its words; what is not clear is target or result."""
    parts: dict[str, list[str]] = {
        name: [] for name in ("title", "aim", "target", "measure", "result", "office")
    }
    money: list[str] = []
    for name, cell in _sorted_cells(cells):
        if name == "money":
            money.extend(cell.split())
        else:
            parts[name].append(cell)
    budget = [amount if re.search(r"[0-9๐-๙]", amount) else "" for amount in money]
    columns = (budget + [""] * years)[:years] if len(budget) <= years else [*budget[:years]]
    words = {name: " ".join(texts) for name, texts in parts.items()}
    return (
        str(number),
        words["title"],
        words["aim"],
        words["target"],
        *columns,
        words["measure"],
        words["result"],
        words["office"],
    )


def _sorted_cells(cells: Iterable[str]) -> Iterator[tuple[str, str]]:
    place = "title"
    for cell in cells:
        if _MONEY.match(cell):
            place = "result"
            yield "money", cell
        elif place == "title" and _AIM.match(cell):
            place = "aim"
            yield "aim", cell
        elif place == "title":
            yield "title", cell
        elif place == "result":
            yield _after_money(cell), cell
        else:
            place = "target"
            yield "target", cell


def _after_money(cell: str) -> str:
    if _OFFICE.match(cell) and len(cell) < 40:
        return "office"
    return "measure" if _MEASURE.match(cell) else "result"
