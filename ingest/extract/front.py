"""The first pages of a document line by line: where it says what it is, whose and when."""

import re
from dataclasses import dataclass

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
    lines = [_line(title.strip(), 0, -1)] if title and title.strip() else []
    offset = rank = 0
    for raw in text[:READ].split("\n"):
        if raw.strip():
            lines.append(_line(raw, offset, rank))
            rank += 1
        offset += len(raw) + 1
    return lines


def _line(text: str, start: int, rank: int) -> FrontLine:
    item = bool(_ITEM.match(text))
    heading = not item and len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text)
    return FrontLine(text, start, rank, heading, item)
