"""The day a page or news item bears: when it was published."""

import re

from ingest.layout.front import READ
from ingest.thai.dates import FoundDate, dates

_LABEL = re.compile(
    r"(?:ปรับปรุง(?:ข้อมูล)?(?:ล่าสุด|เมื่อ)|อั[พป]เด[ทต](?:ล่าสุด|เมื่อ)?|เผยแพร่(?:เมื่อ|วันที่)?"
    r"|โพสต์?(?:เมื่อ|โดย)?|วันที่(?:เผยแพร่|ลงข่าว|ประกาศ|โพสต์|ลง)|ประกาศ(?:ใช้)?\s?ณ\s?วันที่"
    r"|แก้ไข(?:ครั้ง)?ล่าสุด|สร้างเมื่อ|เขียนเมื่อ|ข่าววันที่|ข่าวประจำวันที่"
    r"|posted(?: on)?|published(?: on)?|last (?:update|modified)d?|date)"
    r"\s*(?:เมื่อ)?\s*[:：]?\s*(?:วัน[ก-๙]{2,10}ที่|วันที่)?\s*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"(?:วันนี้|เมื่อวานนี้|ล่าสุด)\s*(?:\(\s*(?:วันที่)?\s*|วันที่\s*)$")
_TIMED = re.compile(r"^\s*(?:[/,|(-]\s*)?(?:เวลา|[0-9๐-๙]{1,2}[:.][0-9๐-๙]{2})")
_HAPPENED = re.compile(r"(?<!ระหว่าง)(?:เมื่อวันที่|เมื่อ|(?:เมื่อ)?วัน[ก-๙]{0,10}ที่)\s*$")
_ONLY = re.compile(
    r"[\s|()/:,.0-9๐-๙-]|อ่าน|ครั้ง|ผู้ชม|จำนวน|เปิด|วันที่|น\.|เวลา"
    r"|วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)ที่"
)


_END = 3_000
"""Characters at the end that are looked at too: a plan is dated where it is signed."""


def published_of(text: str, title: str | None = None, *, news: bool = False) -> str | None:
    """Return the day a document bears, as an ISO date, None where it bears none.

    A news item's own dateline (วันนี้ (19 พ.ค. 65)) outranks a date in the page's corner,
    which may be today's. `news` allows the day of the event itself where nothing else
    dates the report.
    """
    read = text if len(text) <= READ + _END else text[:READ] + "\n" + text[-_END:]
    best, best_score = None, 0.0
    for found in dates(read):
        score = _weigh(read, found, news=news)
        if score > best_score:
            best, best_score = found.iso, score
    if best is None and title:
        stated = dates(title)
        return stated[0].iso if stated and news else None
    return best


def _weigh(text: str, found: FoundDate, *, news: bool) -> float:
    """Say how much a date looks like the document's own, 0 for not at all."""
    line_start = text.rfind("\n", 0, found.start) + 1
    line_end = text.find("\n", found.end)
    before = text[line_start : found.start]
    after = text[found.end : line_end if line_end >= 0 else len(text)]
    early = 1 / (1 + found.start / 500)
    if _LABEL.search(before):
        return 5 + early
    if _DATELINE.search(before):
        return 6 + early
    if not _ONLY.sub("", before + after) and (found.start < 600 or len(text) - found.end < 300):
        return 3 + early
    if _TIMED.match(after) and (news or not before.strip()):
        return 4 + early
    if news and not before.strip() and found.start < 600:
        return 2 + early
    return 1 + early if news and _HAPPENED.search(before) and found.start < 1500 else 0.0
