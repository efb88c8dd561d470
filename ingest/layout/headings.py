"""Headings: what a line announces, where its statement begins, and lines that name a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.layout.exclusions import defines, introduces, runs_on
from ingest.layout.fuzzy_words import Words
from ingest.layout.heading_words import (
    ANNOUNCED,
    COUNTED,
    ELSEWHERE,
    KEY,
    LEAD,
    OPENING,
    SEPARATOR,
    D,
    Topic,
    owner_end,
    piece_end,
)
from ingest.layout.lines import Line
from ingest.layout.list_marks import Mark, arabic, mark_of
from ingest.layout.misspelt_headings import misspelt

LONGEST = 140
_MAYBE = re.compile(r"แผน|ยุทธศาสตร์|วิสัยทัศน์|นโยบาย|กรอบ|หมุดหมาย|ยั่งยืน|SDG|[4๔]\.[0๐]")
_NATION = re.compile(
    r"ยุทธศาสตร์ชาติ|แผนแม่บทภายใต้|แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ|แผนพัฒนาฯ\s?ฉบับที่|แผน(?:การ)?ปฏิรูปประเทศ"
    r"|เป้าหมายการพัฒนาที่ยั่งยืน|(?<![A-Za-z])SDGs?|นโยบาย(?:ของ)?(?:รัฐบาล|คณะรัฐมนตรี)|(?:ประเทศไทย|ไทยแลนด์|Thailand)\s?[4๔]\.[0๐]"
    r"|แผนพัฒนาภาค|หมุดหมาย(?:ที่|การพัฒนา)|แผน(?:ความมั่นคง|ระดับ)\S*ชาติ"
)
_OWN = re.compile(
    r"(?:ยุทธศาสตร์|แผนพัฒนา(?:ท้องถิ่น)?|วิสัยทัศน์|นโยบาย)(?:การพัฒนา)?(?:ท้องถิ่น)?ของ(?:องค์กรปกครองส่วนท้องถิ่น|เทศบาล|อบต|อบจ|องค์การบริหาร)"
    r"(?!\S*ในเขตจังหวัด)"
)
_OTHER = re.compile(
    r"(?:แผน(?:พัฒนา|ยุทธศาสตร์|ปฏิบัติราชการ)|ยุทธศาสตร์(?:การพัฒนา)?|กรอบ\S*)(?:ของ)?"
    r"(?=(?:กลุ่มจังหวัด|จังหวัด|อำเภอ|องค์กรปกครองส่วนท้องถิ่นในเขตจังหวัด|อปท\.?\s?ในเขตจังหวัด|กระทรวง|กรม)\S)"
)
_NEAR = 30
_LINK = re.compile(r"^(?:ความ(?:เชื่อมโยง|สัมพันธ์|สอดคล้อง)\S*|ภายใต้)?\s*")
_STATED = re.compile(r"ประเทศไทย(?:มี|เป็น|จะ|ต้อง)|เป็นประเทศ(?:ที่)?พัฒนาแล้ว|มั่นคง มั่งคั่ง ยั่งยืน เป็นประเทศ")
_TIES = re.compile(r"(?:ความเชื่อมโยง|ความสัมพันธ์|ความสอดคล้อง)\S*\s*(?:ของ|กับ|ระหว่าง|และ)?\s*\S*แผน")

Level = Literal["nation", "other", "own"]


@lru_cache(maxsize=4096)
def plan_named(text: str) -> tuple[Level, str] | None:
    """Return whose plan a line opens, and its words; None for a line that opens none."""
    if not _MAYBE.search(text):
        return None
    words = text[_LINK.match(text).end() :] if _LINK.match(text) else text  # type: ignore[union-attr]
    if _OWN.match(words):
        return "own", words
    nation = _NATION.search(words)
    if nation and nation.start() < _NEAR:
        return "nation", words
    return ("other", words) if _OTHER.match(words) else None


def opens_other_plan(text: str) -> bool:
    """Return whether a short line opens a part on a plan that is not the body's own."""
    if len(text) > LONGEST:
        return False
    named = plan_named(text)
    return (text.startswith("ความ") and bool(_TIES.match(text))) or (
        named is not None and named[0] == "nation"
    )


_VISION_OF_NATION = re.compile(
    r"[“\"]?(?:ประเทศ(?:ไทย)?มีความมั่นคงมั่งคั่งยั่งยืนเป็นประเทศ|ประเทศชาติมั่นคงประชาชนมีความสุข|มั่นคงมั่งคั่งยั่งยืน[”\"]?$)"
)


def states_of_nation(text: str) -> bool:
    """Return whether a text is the vision or the aim of the national strategy, word for word."""
    return bool(_VISION_OF_NATION.match("".join(text[:80].split())))


def tells_of_nation(text: str) -> bool:
    """Return whether a vision is the nation's: it speaks of ประเทศไทย as its subject."""
    return bool(_STATED.search(text))


_TOPICS: Words[Topic] = Words({"elsewhere": ELSEWHERE, "target": ANNOUNCED["target"], **ANNOUNCED})
_PART = re.compile(rf"(?:บท|ส่วน|หมวด|ตอน)\s?ที่\s*(?:{D}{{1,2}}|[IVX]+)(?!{D})|หน้า(?:ที่)?\s*{D}+\s*$")
_JOIN = re.compile(r"\s*(?:[/,&|+]|และ|กับ|-|–|\s)\s*")
_LABEL = re.compile(
    rf"\s*(?:ด้าน)?(?:ที่|ข้อที่|ลำดับที่|No\.?)?\s*"
    rf"\(?(?P<number>{D}{{1,2}}(?:\.{D}{{1,2}})*)\)?(?!{D})[.)]?",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"\s*(?:{COUNTED}|ปี|โครงการ)")
_SPACED = re.compile(r"\s*[:：–-]|\s+[ก-๙]")
# Signs with which pages decorate a heading: :: วิสัยทัศน์ ::, ★ พันธกิจ ★, >> … <<, 【…】.
_SIGNS = r"“”\"'.:：()\[\]<>«»【】「」『』《》~*=+|#_★☆✦✧❖◆◇■□●○♦✿❀►▶◄◀•–—\-"
_NOTHING = re.compile(rf"[{_SIGNS}\s]*$")
_FOREWORD = "คำนิยม"
"""Praise of a book: by its letters no other word than ค่านิยม whose tone mark was lost."""
_GLOSS = re.compile(r"\s*[(\[]\s*[A-Za-z][A-Za-z\s/&.]*[)\]]\s*$")
_PAGE = re.compile(
    rf"[.…\s]*(?:หน้า)?\s*{D}{{1,3}}\s*$|[-–\s0-9๐-๙.,]+$|.*(?:\.{{3,}}|…{{2,}})\s*{D}{{1,3}}\s*$"
)
# Signs, and words that give no more than examples of what is announced.
_ORNAMENTS = re.compile(rf"[{_SIGNS}\s]*(?:ตัวอย่าง(?:ของ)?)?")
_LATIN = re.compile(r"\s*[A-Za-z\s]*\)")
_MAKES = re.compile(
    r"(?:กำหนด|วาง|จัดทำ|มี)\s*(?:ให้)?(?:เป็น)?\s*|(?:ภายใต้|ด้วย|ผ่าน|สำหรับ|กำหนด|มี)\s*(?:[0-9๐-๙]{1,2}\s*)?"
)
_THUS = re.compile(
    r"[^“”\"]{0,60}(?:ดังนี้|ไว้ว่า|ดังต่อไปนี้|ว่า|คือ|ได้แก่|ประกอบด้วย)\s*[:：]?\s*$|(?:หลัก|สำคัญ)?\s?[:：]\s*$"
)
_INTRODUCED: tuple[Topic, ...] = ("vision", "mission", "strategic_issue", "value", "indicator")
# Issues that a plan is said to stress: แผนแม่บท… มีเป้าหมาย… ใน 3 ประเด็นหลัก ได้แก่
_STRESSES = re.compile(
    r"แผน(?:แม่บท|พัฒนา|ยุทธศาสตร์).*[0-9๐-๙]\s?ประเด็น(?:หลัก|สำคัญ|ยุทธศาสตร์|การพัฒนา)?\s*(?:ได้แก่|ประกอบด้วย|คือ|ดังนี้)\s*[:：]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: what it announces, and where on its line the statement begins, if it does.

    `topics` holds one topic as a rule; an umbrella (วิสัยทัศน์/พันธกิจ) holds several. `label` is
    the number in ยุทธศาสตร์ที่ 1. `rest` is an offset into the line's text, None for a bare
    heading. `end` is where the heading's own words end, `owner` the body that they name.
    `named_as` is its text where it stands elsewhere than on `line` (a table's column).
    """

    line: Line
    topics: tuple[Topic, ...]
    mark: Mark | None = None
    label: str | None = None
    rest: int | None = None
    end: int = 0
    owner: str | None = None
    firm: bool = True
    named_as: str | None = None

    @property
    def topic(self) -> Topic:
        """The one thing announced; `elsewhere` for an umbrella."""
        return self.topics[0] if len(self.topics) == 1 else "elsewhere"

    @property
    def text(self) -> str:
        """The heading alone, without list mark and without the rest of its line."""
        if self.named_as is not None:
            return self.named_as
        start = self.mark.length if self.mark else 0
        return self.line.text[start : self.end].strip(' :：-–“"')

    @property
    def body(self) -> Line | None:
        """The rest of the line, where the statement stands."""
        return None if self.rest is None else self.line.tail(self.rest)


def heading_of(line: Line) -> Heading | None:
    """Return the heading that a line is, or None for any other line."""
    mark = mark_of(line.text)
    begin = mark.length if mark and mark.style != "bare" else 0
    ornaments = _ORNAMENTS.match(line.text, begin)
    begin = ornaments.end() if ornaments else begin
    if line.text.startswith(_FOREWORD, begin):
        return Heading(line, ("elsewhere",), mark, end=begin + len(_FOREWORD))
    part = _PART.match(line.text, begin) if line.text[begin : begin + 1] in "บสหต" else None
    if part:
        return Heading(line, ("elsewhere",), mark, end=part.end())
    first = _TOPICS.match(line.text, begin) or misspelt(line.text[begin:], begin)
    if first is None:
        return None
    return _Scan(line, mark if begin else None, begin, first).heading()


def announces(text: str) -> bool:
    """Return whether a text begins with another announcing word than that of a vision."""
    named = KEY.match(text, 0)
    return named is not None and named[0] not in ("vision", "target", "project")


def introduced_by(line: Line) -> Heading | None:
    """Return the heading that a sentence makes up for: …จึงได้กำหนดวิสัยทัศน์ไว้ ดังนี้."""
    text = line.text[-140:]
    if not introduces(text) and text[-1] not in ":：":
        return None
    if _STRESSES.search(line.text):
        return Heading(line, ("strategic_issue",), end=len(line.text), named_as="ประเด็น")
    for made in _MAKES.finditer(text):
        named = KEY.match(text, made.end())
        if named and named[0] in _INTRODUCED and _THUS.match(text, named[1]):
            word = text[made.end() : named[1]]
            return Heading(line, (named[0],), end=len(line.text), named_as=word)
    return None


def continues_heading(text: str) -> bool:
    """Return whether a line only goes on with the heading above it: its owner, its years."""
    latin = _LATIN.match(text)
    position = latin.end() if latin else 0
    while position < len(text):
        step = owner_end(text, position) or piece_end(text, position)
        if step is None or step == position:
            return False
        position = step
    return True


class _Scan:
    """Walks over the pieces of a heading from its announcing word on."""

    def __init__(self, line: Line, mark: Mark | None, begin: int, first: tuple[Topic, int]) -> None:
        self.line, self.mark, self.text = line, mark, line.text
        self.begin = begin
        self.topics: list[Topic] = [first[0]]
        self.position = first[1]
        self.label: str | None = None
        self.owner: str | None = None
        self.bracketed = False

    def heading(self) -> Heading | None:
        while self.position < len(self.text):
            if self._take_label():
                break
            if not (self._take_owner() or self._take_piece() or self._take_topic()):
                break
        return self._judged()

    def _take_label(self) -> bool:
        if self.topics[-1] == "elsewhere":
            return False
        match = _LABEL.match(self.text, self.position)
        if match is None:
            return False
        if "ที่" not in match.group() and not self._is_number(match):
            return False
        self.label, self.position = arabic(match["number"]), match.end()
        return True

    def _is_number(self, match: re.Match[str]) -> bool:
        """Return whether this is a label (กลยุทธ์ 1.1), no count (4 ด้าน) and no list (1) … 2) …)."""
        if _COUNT.match(self.text, match.end()) or match.group()[-1] in ").":
            return False
        return "." in match["number"] or bool(_SPACED.match(self.text, match.end()))

    def _take_owner(self) -> bool:
        end = None if self.owner else owner_end(self.text, self.position)
        if end is None:
            return False
        self.owner, self.position = self.text[self.position : end].strip(), end
        return True

    def _take_piece(self) -> bool:
        end = piece_end(self.text, self.position)
        if end is None or end == self.position:
            return False
        self.bracketed = self.text[end - 1] in ")]"
        self.position = end
        return True

    def _take_topic(self) -> bool:
        join = _JOIN.match(self.text, self.position)
        start = join.end() if join and join.end() > self.position else self.position
        result = _TOPICS.match(self.text, start)
        if result is None or (result[0] == "elsewhere" and start == self.position):
            return False
        self.topics.append(result[0])
        self.position = result[1]
        return True

    def _judged(self) -> Heading | None:
        lead = LEAD.match(self.text, self.position)
        stop = lead.end() if lead else self.position
        separator = SEPARATOR.match(self.text, stop)
        stop = separator.end() if separator else stop
        rest = self.text[stop:].strip()
        if _PAGE.match(rest) and not _NOTHING.match(rest):
            return self._made(("elsewhere",), None)
        if _NOTHING.match(rest) or _GLOSS.match(rest) or (introduces(rest) and not self.label):
            return self._made(self._reduced(), None)
        firm = bool(separator) or rest[0] in OPENING or self.label is not None or self.bracketed
        spaced = self.text[stop - 1].isspace() or self.text[stop].isspace() or self.bracketed
        if not firm and not spaced:
            return None
        return self._with_rest(rest, stop, firm)

    def _with_rest(self, rest: str, stop: int, firm: bool) -> Heading | None:
        topics = self._reduced()
        if rest[0] in "/|" or (topics == ("elsewhere",) and firm):
            return self._made(("elsewhere",), None)
        if topics == ("elsewhere",) or (rest[0] not in OPENING and runs_on(rest)):
            return None
        if not firm and (
            (rest[0].isascii() and rest[0].isalpha()) or "ร่วมกับ" in (self.owner or "")
        ):
            return None
        if defines(self.text[self.begin :]) or defines(rest):
            return None
        return self._made(topics, stop, firm)

    def _made(self, topics: tuple[Topic, ...], rest: int | None, firm: bool = True) -> Heading:
        return Heading(
            self.line, topics, self.mark, self.label, rest, self.position, self.owner, firm
        )

    def _reduced(self) -> tuple[Topic, ...]:
        """Fold words for one thing; a heading that also names what is no statement is that."""
        kept = [topic for topic in dict.fromkeys(self.topics) if topic != "target"]
        return ("elsewhere",) if not kept or "elsewhere" in kept else tuple(kept)
