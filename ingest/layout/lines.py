"""Pages as lines: where each line stands, the blank space above it, and the first pages' lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.records import Page

_LINE = re.compile(r"[^\n]+")
# Blank, or left over from table borders and emphasis signs that converters leave behind.
BLANK = " \t\r\f\v\u00a0\u200b\u200c\u200d\ufeff|"
_LEFT = re.compile(rf"(?:[{BLANK}]|\*\*|__|#{{1,6}}\s)*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with text. `start:end` is its slice of the page, edges trimmed.

    `gap` counts the blank lines right above; a page's first line has gap 1. `barred` where the
    border of a table's cell stands before it: it goes on with nothing above.
    """

    page: int
    start: int
    end: int
    text: str
    gap: int
    barred: bool = False

    def tail(self, start: int) -> Line:
        """Return what is left of the line from `start`, an offset into `text`."""
        match = _LEFT.match(self.text, start)
        begin = match.end() if match else start
        return Line(
            self.page, self.start + begin, self.end, self.text[begin:], self.gap, self.barred
        )

    def head(self, end: int) -> Line:
        """Return the line up to `end`, an offset into `text`."""
        text = self.text[:end].rstrip(BLANK)
        return Line(self.page, self.start, self.start + len(text), text, self.gap, self.barred)


def lines_of(pages: Iterable[Page]) -> list[Line]:
    """Return the lines with text of all pages, in reading order."""
    result: list[Line] = []
    for page in pages:
        gap, previous = 1, 0
        for match in _LINE.finditer(page.text):
            gap += page.text.count("\n", previous, match.start()) - bool(previous)
            barred = bool(result) and result[-1].page == page.number
            barred = barred and "|" in page.text[result[-1].end : match.start()]
            line = _line(page.number, match, gap, barred)
            previous = match.end()
            if line is None:
                gap += 1
                continue
            result.append(line)
            gap = 0
    return result


def _line(page: int, match: re.Match[str], gap: int, barred: bool) -> Line | None:
    raw = match.group()
    left = _LEFT.match(raw)
    begin = left.end() if left else 0
    text = raw[begin:].rstrip(BLANK + "*_")
    if not text:
        return None
    start = match.start() + begin
    return Line(page, start, start + len(text), text, gap, barred or "|" in raw[:begin])


READ = 12_000
"""Characters looked at; what a document is stands on its first pages."""

_ITEM = re.compile(
    r"\s*(?:[-–—•▪●○■□*·»>]|\(?[0-9๐-๙]{1,2}[.)]\s|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})+\s?[^0-9๐-๙\s]|[ก-ฮ]\.\s)"
)
_LONGEST_HEADING = 160
_SENTENCE = re.compile(
    r"กล่าวว่า|เปิดเผย|เป็นประธาน|ประชุม|เห็นชอบ|พิจารณา|ดังกล่าว|ซึ่ง|โดยมี|เนื่องจาก|ทั้งนี้|ได้(?:จัด|กำหนด|ดำเนิน|ร่วม)"
    r"|จัดทำแผน|เปิดเวที|จัดโครงการ|ร่วมกัน|เข้าร่วม"
)


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A printed line: its text, where it begins, and how many stand above it.

    `rank` is -1 for what the file says of itself. `heading` lines are short and name
    something; `item` lines belong to a list or menu.
    """

    text: str
    start: int
    rank: int
    heading: bool
    item: bool


def front_lines(text: str, title: str | None = None) -> list[FrontLine]:
    """Return the printed lines of a document's first pages, its title before them."""
    return list(_front_lines(text[:READ], title))


@lru_cache(maxsize=4)
def _front_lines(text: str, title: str | None) -> tuple[FrontLine, ...]:
    """Read the lines once for all that is asked of a document."""
    lines = [_front_line(title.strip(), 0, -1)] if title and title.strip() else []
    offset = rank = 0
    for raw in text.split("\n"):
        if raw.strip():
            line = _front_line(raw, offset, rank)
            goes_on = bool(lines and lines[-1].item and _TIES.search(lines[-1].text))
            lines.append(replace(line, heading=False) if goes_on else line)
            rank += 1
        offset += len(raw) + 1
    return tuple(lines)


_TIES = re.compile(r"(?:กับ|ตาม|ของ|และ|ภายใต้|ใน|ต่อ|สู่|หรือ|แก่)\s*$")
"""An item that ends so goes on in the line below."""


def _front_line(text: str, start: int, rank: int) -> FrontLine:
    item = bool(_ITEM.match(text))
    heading = not item and len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text)
    return FrontLine(text, start, rank, heading, item)


_MENU = re.compile(r"[|»›>•]|หน้าหลัก|หน้าแรก|เมนู|ติดต่อเรา")
_TELLS = re.compile(r"แผน|จังหวัด|อำเภอ|เทศบาล|องค์การบริหาร|อบ[จต]|กระทรวง|บัญญัติ|พ\.ศ\.")
_MOST_RUNNING = 6


def front_text(pages: Iterable[Page]) -> str:
    """Return the text of the first pages, what runs at the head of every page before it.

    Running headers and footers are set aside from the pages' text, but they are where many
    plans say whose they are and for which years. Menus say nothing.
    """
    running: list[str] = []
    texts: list[str] = []
    for page in pages:
        running += [line for line in page.furniture if line not in running]
        texts.append(page.text)
        if sum(map(len, texts)) > READ:
            break
    telling = [line for line in running if _TELLS.search(line) and not _MENU.search(line)]
    short = [line for line in telling if len(line) <= _LONGEST_HEADING][:_MOST_RUNNING]
    return "\n".join((*short, *texts))
