"""One item of a list, and whether a line goes on with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from ingest.extract.statements.candidates import joined, whole
from ingest.extract.statements.exclusions import introduces
from ingest.layout.headings import continues_heading
from ingest.layout.lines import Line
from ingest.layout.list_marks import Mark, mark_of

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
        """Tell whether a line without a mark goes on with this marked item."""
        last = self.lines[-1]
        if line.page != last.page or introduces(line.text) or _TURNS.match(line.text):
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
    """Tell whether a line goes on with the one above where neither has a mark."""
    if line.page != above.page or introduces(line.text) or marked(line):
        return False
    if _CLOSED.search(above.text):
        return False
    if _UNFINISHED.search(above.text) or _GOES_ON.match(line.text):
        return True
    return line.gap == 0 and len(above.text) >= _FULL and not _BEGINS.match(line.text)
