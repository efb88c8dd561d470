"""Lists under a heading: marked in any style, inline in a paragraph, or without marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ingest.extract.statements.candidates import joined, whole
from ingest.layout.exclusions import defines, introduces, latin, narrates, tabular
from ingest.layout.furniture import furniture
from ingest.layout.headings import continues_heading
from ingest.layout.lines import Line
from ingest.layout.list_marks import Mark, arabic, inline_items, mark_of

_UNFINISHED = re.compile(
    r"(?:และ|หรือ|ของ|ที่|เพื่อ|ให้|การ|ใน|แห่ง|ด้วย|จาก|โดย|ตาม|สู่|กับ|แก่|ต่อ|เป็น|รวมถึง|รวมทั้ง|ตลอดจน|เช่น|ด้าน|,)\s*$"
)
_GOES_ON = re.compile(
    r"(?:และ|หรือ|ตลอดจน|รวมทั้ง|รวมถึง|กับ|ของ|ในเขต|อย่าง|แก่|ให้(?!บริการ|ความ|การ|ประชา))"
)
# Verbs and nouns with which the items of plans begin: a line that does, opens an item.
_BEGINS = re.compile(
    r"(?:การ|ส่งเสริม|สนับสนุน|พัฒนา|สร้าง|เสริมสร้าง|เพิ่ม|ยกระดับ|ปรับปรุง|ก่อสร้าง|จัด|บริหาร|อนุรักษ์|ฟื้นฟู|ป้องกัน"
    r"|แก้ไข|ลด|ขยาย|บูรณาการ|บำรุง|ดูแล|ดำเนิน|เพื่อ|ประชาชน|ชุมชน|เด็ก|เกษตรกร|ผลักดัน|ขับเคลื่อน|มี|เป็น|ร้อยละ|จำนวน"
    r"|อัตรา|ระดับ|ด้าน|ยุทธศาสตร์|โครงการ|สืบสาน|ปลูก|รักษา|กระตุ้น|เตรียม|ให้บริการ|อำนวย|รณรงค์|ถ่ายทอด|องค์กร|นักท่องเที่ยว)"
)
# Words with which a paragraph takes its leave of the list above.
_TURNS = re.compile(r"(?:ส่วน|ทั้งนี้|โดย|หมายเหตุ|สำหรับ|นอกจาก|ดังนั้น|อย่างไรก็|จาก|เมื่อ|ในการ|เพื่อให้การ)")
_CLOSED = re.compile(r"(?:เป็นต้น|ฯลฯ)\s*$")
_FULL = 60
_WRAPPED = 45


@dataclass(frozen=True)
class Item:
    """A list item: its lines (the first one cut after the mark), mark and sub-items.

    `group` is the unmarked line that heads a group of items.
    """

    lines: list[Line]
    mark: Mark | None = None
    group: str | None = None
    section: str | None = None
    number: str | None = None
    children: list[Item] = field(default_factory=list)

    @cached_property
    def line(self) -> Line:
        """The item as one line; it is asked for when the last line has come in."""
        return whole(self.lines)

    @property
    def text(self) -> str:
        """The item's words."""
        return self.line.text

    @property
    def words(self) -> str:
        """The item's words with the signs around them: what `upto` counts in."""
        return joined(self.lines)

    def upto(self, end: int) -> Item:
        """Return the item cut off at an offset into its `words`."""
        kept = list(self.lines)
        while len(kept) > 1 and end <= len(joined(kept[:-1])):
            kept.pop()
        before = len(joined(kept)) - len(kept[-1].text)
        last = kept[-1].head(end - before)
        return replace(self, lines=[*kept[:-1], last] if last.text or len(kept) == 1 else kept[:-1])

    def continues(self, line: Line) -> bool:
        """Return whether a line without a mark goes on with this marked item."""
        last = self.lines[-1]
        if line.page != last.page or line.barred:
            return False
        if introduces(line.text) or _TURNS.match(line.text):
            return False
        if _CLOSED.search(last.text):
            return False
        if _UNFINISHED.search(last.text) or _GOES_ON.match(line.text):
            return True
        return line.gap == 0 and len(last.text) >= _WRAPPED and not continues_heading(line.text)


def marked(line: Line) -> Mark | None:
    """Return the mark of a line, unless it is a bare number, which only tables set."""
    mark = mark_of(line.text)
    return mark if mark and mark.style != "bare" else None


def wraps(above: Line, line: Line) -> bool:
    """Return whether a line goes on with the one above where neither has a mark."""
    if line.page != above.page or line.barred or introduces(line.text) or marked(line):
        return False
    if _CLOSED.search(above.text):
        return False
    if _UNFINISHED.search(above.text) or _GOES_ON.match(line.text):
        return True
    return line.gap == 0 and len(above.text) >= _FULL and not _BEGINS.match(line.text)


_LONG = 60
_FOLLOWING = {"dot": r"\s{n}\.(?!\d)", "paren": r"\s{n}\)", "parens": r"\s\({n}\)"}


def marked_items(lines: Sequence[Line], groups: str) -> list[Item]:
    """Return the items of the marked list; `groups` is the vision's text."""
    reader = _ListReader(groups)
    for index, line in enumerate(lines):
        mark = marked(line)
        following = next((m for later in lines[index + 1 :] if (m := marked(later))), None)
        goes_on = reader.marked(line, mark) if mark else reader.plain(line, following)
        if not goes_on:
            break
    return reader.items


class _ListReader:
    """Reads a marked list line by line; the first style seen is the top level."""

    def __init__(self, groups: str) -> None:
        self.items: list[Item] = []
        self._groups = re.sub(r"\s+", "", groups)
        self._group: str | None = None
        self._opened = True
        self._top: Mark | None = None

    def marked(self, line: Line, mark: Mark) -> bool:
        """Take a line with a mark: an item, or one below the last; False where the list ends."""
        item = Item([line.tail(mark.length)], mark, self._group, number=mark.number)
        if self._top is None:
            if not _begins(mark.number):
                return False
            self._top = mark
        if self.items and line.page - self._last.lines[-1].page > 1:
            return False
        if self.items and _below(self._top, mark):
            self.items[-1].children.append(item)
            return True
        if self.items and not self._opened and not _follows(self.items[-1].number, mark.number):
            return False
        self._opened = False
        self.items.extend(_split(item))
        return True

    def plain(self, line: Line, following: Mark | None) -> bool:
        """Take a line without a mark; return False where the list is over."""
        if self._is_group(line, following):
            self._group, self._opened = line.text.strip(' :：“”"'), True
            return True
        if not self.items:
            return True
        if self._last.continues(line):
            self._last.lines.append(line)
            return True
        if following is None:
            return False
        climbs = following.number not in (None, "1") and _follows(
            self.items[-1].number, following.number
        )
        return climbs or (line.gap > 0 and len(line.text) > _LONG)

    @property
    def _last(self) -> Item:
        top = self.items[-1]
        return top.children[-1] if top.children else top

    def _is_group(self, line: Line, following: Mark | None) -> bool:
        if following is None or len(line.text) > _LONG:
            return False
        squeezed = re.sub(r"[\s“”\":：]+", "", line.text)
        if squeezed and squeezed in self._groups:
            return True
        return bool(self.items) and following.number in ("1", "ก") and line.gap > 0


def _below(top: Mark, mark: Mark) -> bool:
    if mark.style == top.style:
        return mark.depth > top.depth
    return not (top.style == "bullet" and mark.number is not None)


def _begins(number: str | None) -> bool:
    """Return whether a list may begin with this number; a later one is a heading's or a table's."""
    return number is None or not number.isdecimal() or int(number) <= 1


def _follows(last: str | None, number: str | None) -> bool:
    """Return whether a number may come next; one may be left out or set twice by mistake."""
    if last is None or number is None or not (last.isdecimal() and number.isdecimal()):
        return True
    return int(last) <= int(number) <= int(last) + 2


def _split(item: Item) -> list[Item]:
    """Part an item from the next ones where they follow on the same line (3. … 4. …)."""
    line, number = item.lines[0], item.number
    if not (item.mark and number and number.isdecimal() and item.mark.style in _FOLLOWING):
        return [item]
    pattern = _FOLLOWING[item.mark.style].format(n=int(number) + 1)
    following = re.search(pattern, arabic(line.text))
    if following is None:
        return [item]
    rest = Item([line.tail(following.end())], item.mark, item.group, number=str(int(number) + 1))
    return [replace(item, lines=[line.head(following.start())]), *_split(rest)]


_LONG_LINE = 120


def plain_items(lines: Sequence[Line]) -> list[Item]:
    """Return the items; the list ends at a wider gap, a new page, prose or a table."""
    items: list[Item] = []
    widest = 0
    for line in lines:
        if _skipped(line):
            if items:
                break
            continue
        if items and wraps(items[-1].lines[-1], line):
            items[-1].lines.append(line)
            continue
        if items and (line.page != items[-1].lines[-1].page or line.gap > widest):
            break
        if tabular(line.text):
            break
        widest = max(widest, line.gap)
        items.append(Item([line]))
    return items


def _skipped(line: Line) -> bool:
    text = line.text
    if defines(text) or introduces(text) or latin(text) or continues_heading(text):
        return True
    return len(text) > _LONG_LINE and narrates(text)


__all__ = ["Item", "items_of"]

# An inline list begins within so many lines of its heading.
_NEAR = 3


def items_of(lines: Sequence[Line], groups: str = "") -> list[Item]:
    """Return the items of the list that the lines hold.

    `groups` is the vision's text: an unmarked line that is one of its phrases is the heading of
    a group, not an item and not the end of the list.
    """
    lines = [line for line in lines if not furniture(line.text)]
    for line in lines[:_NEAR]:
        inline = inline_items(line.text)
        if inline:
            return [_piece(line, item.start, item.end, item.number) for item in inline]
    if any(marked(line) for line in lines):
        return marked_items(lines, groups)
    return plain_items(lines)


def _piece(line: Line, start: int, end: int, number: str) -> Item:
    return Item([line.head(end).tail(start)], Mark("paren", number, 0), number=number)
