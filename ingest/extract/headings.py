"""Is this line a heading, what does it announce, and does the statement follow on the line?

A heading is an announcing word (วิสัยทัศน์) with qualifiers (การพัฒนา), an owner (ของเทศบาล…), an
English name in brackets, years, a count (4 ด้าน ดังนี้) and nothing else; or all that, a colon,
a quote or a label (ที่ 1), and the statement itself. Whatever else starts with an announcing
word is prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.lines import Line
from ingest.extract.loose import any_of
from ingest.extract.marks import Mark, arabic, mark_of
from ingest.extract.vocabulary import ANNOUNCED, BODIES, ELSEWHERE, QUALIFIERS, Topic

_D = "[0-9๐-๙]"
_YEAR = rf"(?:พ\s?\.?\s?ศ\s?\.?\s*)?{_D}{{4}}"
_KEY = {topic: any_of(words) for topic, words in ANNOUNCED.items()}
_TOPIC = re.compile(
    rf"(?P<elsewhere>{any_of(ELSEWHERE)})"
    rf"|(?P<target>{_KEY['target']})"
    + "".join(f"|(?P<{t}>{_KEY[t]})" for t in _KEY if t != "target"),
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?:บท|ส่วน|หมวด|ตอน)\s?ที่\s*(?:{_D}{{1,2}}|[IVX]+)(?![0-9๐-๙])|หน้า(?:ที่)?\s*{_D}+\s*$"
)
_JOIN = re.compile(r"\s*(?:/|,|และ|กับ|&|-|–|\s|\+|\|)\s*")
_OWNER = re.compile(
    rf"\s*(?:ของ\s*(?:{any_of(BODIES)})?|{any_of(BODIES)})"
    rf"(?P<name>(?!(?:ที่|ข้อที่)\s*{_D}|ระยะ|ปี|พ\.ศ|ประจำ|ว่า|คือ|มี|ได้)[^\s:：“”\"‘’'(=]*)"
    r"(?:\s+(?:อำเภอ|อ\.|จังหวัด|จ\.|ตำบล|ต\.)\s?[^\s:：“”\"‘’'(=]+)*"
)
_PIECE = re.compile(
    rf"""
      \s*{any_of(QUALIFIERS)}
    | \s*[(\[][^()\[\]]{{0,60}}[)\]]
    | \s*(?:ประจำ|ในช่วง|ช่วง|ระยะ|ระหว่าง|ใน)?\s*(?:ปีงบประมาณ|ปี)?\s*{_YEAR}(?:\s*(?:-|–|—|ถึง)\s*{_YEAR})?(?!{_D})
    | \s*(?:ระยะ|รอบ)?\s*{_D}{{1,2}}\s*ปี
    | \s*(?:จำนวน|ทั้ง|มี|รวม)?\s*{_D}{{1,2}}\s*(?:ด้าน|ข้อ|ประการ|ประเด็น|ยุทธศาสตร์|พันธกิจ|เรื่อง|แนวทาง|กลยุทธ์|เป้าประสงค์|เป้าหมาย|ตัวชี้วัด)
    """,
    re.VERBOSE,
)
_LEAD = re.compile(
    r"\s*(?:มี|ได้|กำหนด|ไว้|ประกอบ)*(?:ดังนี้|ดังต่อไปนี้|ดังต่อนี้|ได้แก่|ด้วย|คือ|ว่า|ต่อไปนี้)\s*(?:คือ)?"
)
_LABEL = re.compile(
    rf"\s*(?:ด้าน)?(?:ที่|ข้อที่|ลำดับที่|No\.?)?\s*\(?(?P<number>{_D}{{1,2}}(?:\.{_D}{{1,2}})*)\)?(?!{_D})[.)]?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[:：;=]+[-–]?|[-–—]+(?=\s)|\.{2,}|…+|»|>)\s*")
_OPENING = "“”\"‘’'„«"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: what it announces, and where on its line the statement begins, if it does.

    `topics` holds one topic as a rule; an umbrella (วิสัยทัศน์/พันธกิจ) holds several. `label` is
    the number in ยุทธศาสตร์ที่ 1. `rest` is an offset into the line's text, None for a bare
    heading. `firm` tells that a colon, a quote or a label stands before the rest.
    """

    line: Line
    topics: tuple[Topic, ...]
    mark: Mark | None = None
    label: str | None = None
    rest: int | None = None
    firm: bool = True
    end: int = 0

    @property
    def topic(self) -> Topic:
        """The one thing announced; `elsewhere` for an umbrella."""
        return self.topics[0] if len(self.topics) == 1 else "elsewhere"

    @property
    def text(self) -> str:
        """The heading alone, without list mark and without the rest of its line."""
        start = self.mark.length if self.mark else 0
        stop = self.rest if self.rest is not None else len(self.line.text)
        return self.line.text[start:stop].strip(' :：-–“"')

    @property
    def body(self) -> Line | None:
        """The rest of the line, where the statement stands."""
        return None if self.rest is None else self.line.tail(self.rest)


def heading_of(line: Line) -> Heading | None:
    """Return the heading that a line is, or None for any other line."""
    mark = mark_of(line.text)
    begin = mark.length if mark and mark.style != "bare" else 0
    begin += len(line.text[begin:]) - len(line.text[begin:].lstrip('“"[<'))
    part = _PART.match(line.text, begin)
    if part:
        return Heading(line, ("elsewhere",), mark, end=part.end())
    first = _TOPIC.match(line.text, begin)
    if first is None:
        return None
    return _scan(line, mark if begin else None, first)


def _scan(line: Line, mark: Mark | None, first: re.Match[str]) -> Heading | None:
    topics: list[Topic] = [first.lastgroup]  # type: ignore[list-item]
    position, label, owned = first.end(), None, False
    text = line.text
    while position < len(text):
        if label is None and (found := _label(text, position, topics[-1])):
            label, position = found
            break
        step = (None if owned else _OWNER.match(text, position)) or _PIECE.match(text, position)
        if step and step.end() > position:
            owned = owned or step.re is _OWNER
            position = step.end()
            continue
        other = _another(text, position)
        if other is None:
            break
        topic, position = other
        topics.append(topic)
    return _judge(line, mark, topics, label, position)


def _label(text: str, position: int, topic: Topic) -> tuple[str, int] | None:
    if topic == "elsewhere":
        return None
    match = _LABEL.match(text, position)
    if match is None:
        return None
    counted = re.match(
        r"\s*(?:ด้าน|ข้อ|ประการ|ประเด็น|ปี|เรื่อง|แนวทาง|ยุทธศาสตร์|พันธกิจ|เป้า|กลยุทธ์|โครงการ)",
        text[match.end() :],
    )
    named = "ที่" in match.group() or "." in match["number"]
    if counted or not (named or re.match(r"\s*(?:[:：.–-]|\s[ก-๙])", text[match.end() :])):
        return None
    return arabic(match["number"]), match.end()


def _another(text: str, position: int) -> tuple[Topic, int] | None:
    join = _JOIN.match(text, position)
    match = _TOPIC.match(text, join.end() if join and join.end() > position else position)
    if match is None or match.lastgroup == "elsewhere":
        return None
    return match.lastgroup, match.end()  # type: ignore[return-value]


def _judge(
    line: Line, mark: Mark | None, topics: list[Topic], label: str | None, position: int
) -> Heading | None:
    text, unique = line.text, _reduced(topics)
    lead = _LEAD.match(text, position)
    stop = lead.end() if lead else position
    separator = _SEPARATOR.match(text, stop)
    stop = separator.end() if separator else stop
    rest = text[stop:].strip()
    if not rest.strip("“”\"'.:：() "):
        return Heading(line, unique, mark, label, end=position)
    quoted = rest[0] in _OPENING
    firm = bool(separator) or quoted or label is not None
    spaced = text[stop - 1 : stop].isspace() or text[stop : stop + 1].isspace()
    if not firm and not spaced:
        return None
    if unique == ("elsewhere",) and not firm:
        return None
    return Heading(line, unique, mark, label, stop, firm, position)


def _reduced(topics: list[Topic]) -> tuple[Topic, ...]:
    """Fold words for one thing: เป้าประสงค์/เป้าหมาย is one goal, ตัวชี้วัดและค่าเป้าหมาย one indicator."""
    kept = [topic for topic in dict.fromkeys(topics) if topic != "target"]
    if not kept:
        return ("elsewhere",)
    return tuple(kept)
