"""Lists under a heading: marked in any style, inline in a paragraph, or without marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.extract.found import whole
from ingest.extract.guards import defines, furniture, introduces, latin, narrates
from ingest.extract.headings import continues_heading
from ingest.extract.lines import Line
from ingest.extract.marks import Mark, arabic, inline_items, mark_of

_UNFINISHED = re.compile(
    r"(?:และ|หรือ|ของ|ที่|เพื่อ|ให้|การ|ใน|แห่ง|ด้วย|จาก|โดย|ตาม|สู่|กับ|แก่|ต่อ|เป็น|รวมถึง|ด้าน|,)\s*$"
)
_GOES_ON = re.compile(r"(?:และ|หรือ|ตลอดจน|รวมทั้ง|รวมถึง|กับ|ของ|ในเขต|อย่าง|แก่|ให้(?!บริการ|ความ))")
# Verbs and nouns with which the items of plans begin: a line that does, opens an item.
_BEGINS = re.compile(
    r"(?:การ|ส่งเสริม|สนับสนุน|พัฒนา|สร้าง|เสริมสร้าง|เพิ่ม|ยกระดับ|ปรับปรุง|ก่อสร้าง|จัด|บริหาร|อนุรักษ์|ฟื้นฟู|ป้องกัน"
    r"|แก้ไข|ลด|ขยาย|บูรณาการ|บำรุง|ดูแล|ดำเนิน|เพื่อ|ประชาชน|ชุมชน|เด็ก|เกษตรกร|ผลักดัน|ขับเคลื่อน|มี|เป็น|ร้อยละ|จำนวน"
    r"|อัตรา|ระดับ|ด้าน|ยุทธศาสตร์|โครงการ|สืบสาน|ปลูก|รักษา|กระตุ้น|เตรียม|ให้บริการ|อำนวย|รณรงค์|ถ่ายทอด|องค์กร|นักท่องเที่ยว)"
)
# Words with which a paragraph takes its leave of the list above.
_TURNS = re.compile(r"(?:ส่วน|ทั้งนี้|โดย|หมายเหตุ|สำหรับ|นอกจาก|ดังนั้น|อย่างไรก็|จาก|เมื่อ|ในการ|เพื่อให้การ)")
_LONG = 60
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

    @property
    def line(self) -> Line:
        """The item as one line."""
        return whole(self.lines)

    @property
    def text(self) -> str:
        """The item's words."""
        return self.line.text


def items_of(lines: Sequence[Line], groups: str = "") -> list[Item]:
    """Return the items of the list that the lines hold.

    `groups` is the vision's text: an unmarked line that is one of its phrases is the heading of
    a group, not an item and not the end of the list.
    """
    lines = [line for line in lines if not furniture(line.text)]
    for line in lines[:3]:
        inline = inline_items(line.text)
        if inline:
            return [_piece(line, item.start, item.end, item.number) for item in inline]
    if any(_marked(line) for line in lines):
        return _marked_items(lines, groups)
    return _plain_items(lines)


def wraps(above: Line, line: Line) -> bool:
    """Tell whether a line without a mark goes on with the one above."""
    if line.page != above.page or introduces(line.text) or _marked(line):
        return False
    if _UNFINISHED.search(above.text) or _GOES_ON.match(line.text):
        return True
    return line.gap == 0 and len(above.text) >= _LONG and not _BEGINS.match(line.text)


def _piece(line: Line, start: int, end: int, number: str) -> Item:
    return Item([line.head(end).tail(start)], Mark("paren", number, 0), number=number)


def _marked(line: Line) -> Mark | None:
    mark = mark_of(line.text)
    return mark if mark and mark.style != "bare" else None


def _marked_items(lines: Sequence[Line], groups: str) -> list[Item]:
    reader = _ListReader(groups)
    for index, line in enumerate(lines):
        mark = _marked(line)
        following = next((m for later in lines[index + 1 :] if (m := _marked(later))), None)
        if mark:
            reader.marked(line, mark)
        elif not reader.plain(line, following):
            break
    return reader.items


def _split(item: Item) -> list[Item]:
    """Part an item from the next ones where they follow on the same line: 3. … 4. …"""
    line, number = item.lines[0], item.number
    if not (item.mark and number and number.isdecimal()):
        return [item]
    style = {"dot": r"\s{n}\.(?!\d)", "paren": r"\s{n}\)", "parens": r"\s\({n}\)"}.get(
        item.mark.style
    )
    following = re.search(style.format(n=int(number) + 1), arabic(line.text)) if style else None
    if following is None:
        return [item]
    rest = Item([line.tail(following.end())], item.mark, item.group, number=str(int(number) + 1))
    return [replace(item, lines=[line.head(following.start())]), *_split(rest)]


class _ListReader:
    """Reads a marked list line by line; the first style seen is the top level."""

    def __init__(self, groups: str) -> None:
        self.items: list[Item] = []
        self._groups = re.sub(r"\s+", "", groups)
        self._group: str | None = None
        self._top: Mark | None = None

    def marked(self, line: Line, mark: Mark) -> None:
        """Take a line with a mark: a new item, or an item below the last one."""
        item = Item([line.tail(mark.length)], mark, self._group, number=mark.number)
        if self._top is None:
            self._top = mark
        if self.items and _below(self._top, mark):
            self.items[-1].children.append(item)
        else:
            self.items.extend(_split(item))

    def plain(self, line: Line, following: Mark | None) -> bool:
        """Take a line without a mark; return False where the list is over."""
        if self._is_group(line, following):
            self._group = line.text.strip(' :：“”"')
            return True
        if not self.items:
            return True
        last = self.items[-1].children[-1] if self.items[-1].children else self.items[-1]
        if self._continues(last, line):
            last.lines.append(line)
            return True
        return following is not None and line.gap > 0 and len(line.text) > _LONG

    def _is_group(self, line: Line, following: Mark | None) -> bool:
        if following is None or len(line.text) > _LONG:
            return False
        squeezed = re.sub(r"[\s“”\":：]+", "", line.text)
        if squeezed and squeezed in self._groups:
            return True
        return bool(self.items) and following.number in ("1", "ก") and line.gap > 0

    @staticmethod
    def _continues(item: Item, line: Line) -> bool:
        last = item.lines[-1]
        if line.page != last.page or introduces(line.text) or _TURNS.match(line.text):
            return False
        if _UNFINISHED.search(last.text) or _GOES_ON.match(line.text):
            return True
        return line.gap == 0 and len(last.text) >= _WRAPPED and not continues_heading(line.text)


def _below(top: Mark, mark: Mark) -> bool:
    if mark.style == top.style:
        return mark.depth > top.depth
    return not (top.style == "bullet" and mark.number is not None)


def _plain_items(lines: Sequence[Line]) -> list[Item]:
    items: list[Item] = []
    for line in lines:
        if _skipped(line):
            if items:
                break
            continue
        if items and wraps(items[-1].lines[-1], line):
            items[-1].lines.append(line)
        else:
            items.append(Item([line]))
    return items


def _skipped(line: Line) -> bool:
    text = line.text
    return defines(text) or introduces(text) or latin(text) or (len(text) > 120 and narrates(text))
