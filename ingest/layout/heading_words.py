"""The words by which Thai plans announce what follows, and the grammar they are put together by.

The words are data: `corpora/names/heading_words.tsv`, a role and a wording a line. Sources: the
planning manuals of the Department of Local Administration (แผนพัฒนาท้องถิ่น) and of the Office of
the National Economic and Social Development Council (แผนพัฒนาจังหวัด), and the headings their
documents show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, get_args

from ingest.layout.fuzzy_words import Words

Topic = Literal[
    "vision",
    "mission",
    "value",
    "goal",
    "strategic_issue",
    "strategy",
    "indicator",
    "project",
    "target",
    "elsewhere",
]


def _words(role: str) -> tuple[str, ...]:
    """Return the wordings of one role, in the order of the file."""
    text = (files("corpora") / "names" / "heading_words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return tuple(wording for name, wording in rows if name == role)


ANNOUNCED: dict[Topic, tuple[str, ...]] = {
    topic: _words(topic) for topic in get_args(Topic) if topic != "elsewhere"
}
"""The wordings that announce statements of a topic."""

ELSEWHERE = _words("elsewhere")
"""Headings under which nothing is stated: duties, the situation, analysis, mottoes, navigation."""

QUALIFIERS = _words("qualifier")
"""What may stand between the announcing word and the end of its heading."""

BODIES = _words("body")
"""Words with which the name of a public body begins."""


D = "[0-9๐-๙]"
OPENING = "“”\"‘'„«"
YEAR = rf"(?:พ\s?\.?\s?ศ\s?\.?\s*)?{D}{{4}}"
COUNTED = "ด้าน|ข้อ|ประการ|ประเด็น|ยุทธศาสตร์|พันธกิจ|เรื่อง|แนวทาง|กลยุทธ์|เป้าประสงค์|เป้าหมาย|ตัวชี้วัด"
KEY = Words(ANNOUNCED)
"""The announcing words; where several topics fit, the first of them wins."""
_BODY = Words({"body": BODIES})
_QUALIFIER = Words({"qualifier": QUALIFIERS})
_BLANK = re.compile(r"\s*")
_OF = re.compile(r"ของ\s*")
_NAME = re.compile(
    r"(?!ที่|ข้อที่|คุณภาพ|ชั้นนำ|ต้นแบบ|ทันสมัย|น่าอยู่|ระยะ|ปี|พ\.ศ|ประจำ|ว่า|คือ|มี|ได้|ให้|เป็น|การ|ความ|สู่|มุ่ง)(?:(?!ให้เป็น|ไปสู่|\.\.|…)[^\s:：“”\"‘’'(=])+"
)
_ABOVE = re.compile(r"(?:\s+(?:อำเภอ|อ\.|จังหวัด|จ\.|ตำบล|ต\.)\s?[^\s:：“”\"‘’'(=]+)*")
_PIECE = re.compile(
    rf"""
      \s*[(\[][^()\[\]]{{0,60}}[)\]]
    | \s*(?:ประจำ|ในช่วง|ช่วง|ระยะ|ระหว่าง|ใน)?\s*(?:ปีงบประมาณ|ปี)?\s*{YEAR}
      (?:\s*(?:-|–|—|ถึง)\s*{YEAR})?(?!{D})
    | \s*(?:ระยะ|รอบ)?\s*{D}{{1,2}}\s*ปี
    | \s*(?:จำนวน|ทั้ง|มี|รวม)*\s*{D}{{1,2}}\s*(?:{COUNTED})
    """,
    re.VERBOSE,
)


def owner_end(text: str, start: int) -> int | None:
    """Return where the words end that tell whose something is (ของเทศบาลตำบลทุ่งงาม)."""
    begin = _after(_BLANK, text, start)
    inner = _after(_OF, text, begin)
    end = _BODY.end(text, inner)
    if end is None and inner == begin:
        return None
    name = _NAME.match(text, inner if end is None else end)
    if name is None and end is None:
        return None
    return _after(_ABOVE, text, name.end() if name else end or begin)


def piece_end(text: str, start: int) -> int | None:
    """Return where a piece of a heading ends: a qualifier, brackets, years, a count."""
    end = _QUALIFIER.end(text, _after(_BLANK, text, start))
    if end is not None:
        return end
    match = _PIECE.match(text, start)
    return match.end() if match else None


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


LEAD = re.compile(
    r"\s*(?:มี|ได้|กำหนด|ไว้|ประกอบ)*"
    r"(?:เช่น|อาทิ|ดังนี้|ดังต่อไปนี้|ดังต่อนี้|ได้แก่|ด้วย|คือ|ว่า|ต่อไปนี้)\s*(?:คือ)?"
)
SEPARATOR = re.compile(r"\s*(?:[:：;=]+[-–]?|[-–—]+(?=\s)|\.{2,}|…+|»|>)\s*")
# What prose puts between วิสัยทัศน์ and the vision, besides the pieces of a heading.
_IN_PROSE = re.compile(
    r"\s*(?:ที่(?:ได้)?(?:กำหนด|วาง|ตั้ง)ไว้|ซึ่ง(?:ได้)?(?:กำหนด|วาง|ตั้ง)(?:ไว้|ให้)?(?:เป็น)?|ที่ชัดเจน|ที่มุ่ง(?:เน้น)?|ร่วมกัน|ใหม่|ของตน|เดียวกัน|ดังกล่าว|นี้|คลอบคลุม|ครอบคลุม"
    r"|(?:มุ่ง|ก้าว)?(?:ไป|นำ)?สู่(?:การเป็น)?|(?:ใน)?การ(?:เป็น|มุ่งสู่|ก้าวสู่|พัฒนา)|ตามแผนพัฒนา\S*|ที่จะ(?:เป็น)?|ใน)"
)
_SAYS = re.compile(
    r"\s*(?:ที่|ไว้|ซึ่ง|ก็)*(?:ว่า(?!ง)|คือ|ได้แก่|ประกอบด้วย)(?:\s?เป็น)?\s*|\s*ให้เป็น(?=เมือง|ศูนย์|แหล่ง|องค์กร|จังหวัด|ตำบล|นคร)|\s*ดังนี้\s*|\s*[:：]\s*"
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """Where the words that announce end: `end`, what body they name, whether they say คือ, ว่า."""

    end: int
    owner: str | None
    says: bool
    steps: int


def announced_until(text: str, position: int) -> Announcement:
    """Walk over the qualifiers, owner, years and leading words after an announcing word."""
    owner, says, steps = None, False, 0
    while position < len(text):
        said = _SAYS.match(text, position)
        end = None if owner or says else owner_end(text, position)
        if end is not None:
            owner = text[position:end].strip()
        elif says or said:
            says, end = True, said.end() if said else None
        else:
            end = piece_end(text, position) or _after(_IN_PROSE, text, position)
        if end is None or end == position:
            break
        position, steps = end, steps + 1
    return Announcement(position, owner, says, steps)
