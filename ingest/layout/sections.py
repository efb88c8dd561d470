"""A document's lines cut at its headings: each section is a heading and what stands under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.layout.heading_words import COUNTED, KEY, D, Topic
from ingest.layout.headings import (
    Heading,
    continues_heading,
    heading_of,
    introduced_by,
    opens_other_plan,
)
from ingest.layout.lines import Line
from ingest.layout.list_marks import Mark, mark_of

_AFTER_QUOTE = re.compile(r"[”\"]\s*(?P<rest>[ก-๙][^“”\"]{3,40})$")
_LABELLED: tuple[Topic, ...] = ("strategic_issue", "strategy", "goal", "indicator", "mission")
_NUMBERED = re.compile(rf"\s?ที่\s*{D}{{1,2}}(?!{D})")
_LONGEST_WORD = 60
# Words that tie a labelled heading into a sentence: …ตอบสนองยุทธศาสตร์ที่ 2….
_TIED = re.compile(r"(?:กับ|ตาม|ใน|ของ|และ|ภายใต้|สนอง|ต่อ|คือ|ถึง|หรือ|แก่|สู่|จาก|จังหวัด|\()\s*$")
_COUNTED_UP = re.compile(
    rf"(?<!ชาติ)\s?{D}{{1,2}}\s?(?:{COUNTED})(?:หลัก|สำคัญ)?\s*(?:ได้แก่|ประกอบด้วย|คือ|ดังนี้)\s*$"
)
_TABLE_HEAD = re.compile(
    r"(?<!^)(?:ลำดับ)?(?<![ก-ฮ])ที่\s+(?:ชื่อ)?โครงการ\s|(?<=\S)ที่ โครงการ วัตถุประสงค์"
)
# A page on one line: … 2.1 วิสัยทัศน์ “…” 2.2 ยุทธศาสตร์ …
_NUMBERED_HEADING = re.compile(
    rf"(?<=\s){D}{{1,2}}(?:\.{D}{{1,2}})+[.)]?\s*(?=วิสัยทัศน์|พันธกิจ|ยุทธศาสตร์|เป้าประสงค์|เป้าหมาย|ค่านิยม|กลยุทธ์"
    r"|ตัวชี้วัด|แนวทางการพัฒนา|จุดมุ่งหมาย|ประเด็น)"
)
# An issue and behind it, on the same line, how it is pursued: … โดยใช้กลยุทธ์ : …
_BY_STRATEGY = re.compile(
    r"(?<=\S)\s+(?:โดย|ซึ่ง|และ)?(?:ใช้|มี|ด้วย)\s?(?=(?:กลยุทธ์|แนวทาง(?:การพัฒนา)?|เป้าประสงค์|ตัวชี้วัด)\s?[:：])"
)
_PAGE = 120
# The twelve programmes (แผนงาน) under which local governments budget.
_PROGRAMME = re.compile(
    r"(?<=\S)แผนงาน(?=บริหาร(?:งาน)?ทั่วไป|การรักษาความสงบ|การศึกษา|สาธารณสุข|สังคมสงเคราะห์|เคหะ|สร้างความเข้มแข็ง"
    r"|การศาสนา|อุตสาหกรรมและการโยธา|การเกษตร|การพาณิชย์|งบกลาง)"
)
_SHORT = 40


def unglued(line: Line) -> list[Line]:
    """Part a line before each heading that stands in it where no sentence ties it in."""
    if len(line.text) < _SHORT and "”" not in line.text and '"' not in line.text:
        return [line]
    labelled = "ที่" in line.text and _NUMBERED.search(line.text)
    labels = _labels(line.text) if labelled else []
    cuts = sorted({cut for cut in (*labels, *_others(line)) if cut > 0})
    if not cuts:
        return [line]
    parts = [line]
    for cut in cuts:
        whole = parts.pop()
        offset = cut - (whole.start - line.start)
        if 0 < offset < len(whole.text):
            parts += [whole.head(offset), replace(whole.tail(offset), gap=0)]
        else:
            parts.append(whole)
    return [part for part in parts if part.text]


def _labels(text: str) -> list[int]:
    """Return where labelled headings begin, if the line begins with one or counts them up.

    Of a count that goes on in the lines below (4 ยุทธศาสตร์ ได้แก่ ยุทธศาสตร์ที่ 1 …) there is one.
    """
    labelled = list(_labelled(text))
    result = [start for start in labelled if not _TIED.search(text[:start][-12:])]
    if len(result) > 1 or (result and result[0] == 0):
        return result
    return [start for start in labelled if _COUNTED_UP.search(text[:start])]


def _labelled(text: str) -> Iterator[int]:
    """Yield where announcing words begin that have a number right behind them."""
    last, initials = 0, KEY.initials
    for number in _NUMBERED.finditer(text):
        if text.endswith("หมู่", 0, number.start()):
            continue
        for start in range(max(last, number.start() - _LONGEST_WORD), number.start()):
            named = KEY.match(text, start) if text[start] in initials else None
            if named and named[0] in _LABELLED and named[1] == number.start():
                yield start
                break
        last = number.end()


def _others(line: Line) -> list[int]:
    text = line.text
    cuts = [match.start() for match in _PROGRAMME.finditer(text)] if "แผนงาน" in text else []
    head = _TABLE_HEAD.search(text) if "ที่ " in text and "โครงการ" in text else None
    if head:
        cuts.append(head.start())
    if ":" in text or "：" in text:
        cuts += [match.end() for match in _BY_STRATEGY.finditer(text)]
    numbered = _NUMBERED_HEADING.findall(text) if len(text) > _PAGE else []
    if len(numbered) > 1:
        cuts += [match.start() for match in _NUMBERED_HEADING.finditer(text)]
    joined = _AFTER_QUOTE.search(text) if "”" in text or '"' in text else None
    if joined and heading_of(line.tail(joined.start("rest"))):
        cuts.append(joined.start("rest"))
    return cuts


# What may stand under an issue.
BELOW: tuple[Topic, ...] = ("goal", "strategy", "indicator")
_TITLE = re.compile(r"(?:ด้าน|ยุทธศาสตร์|ประเด็นยุทธศาสตร์|ประเด็นการพัฒนา)(?:การพัฒนา)?\s?[ก-๙]")
_LONGEST_TITLE = 130


@dataclass
class Section:
    """A heading and the lines up to the next one; no heading before the first.

    `note` explains what the section states (the targets of an indicator).
    """

    heading: Heading | None
    lines: list[Line] = field(default_factory=list)
    note: str | None = None

    @property
    def content(self) -> list[Line]:
        """What the section says: the rest of the heading's line, then the lines below.

        Lines that only go on with the heading (ของเทศบาล…) are none of it.
        """
        lines = list(self.lines)
        while len(lines) > 1 and self.heading and self.heading.rest is None:
            if not continues_heading(lines[0].text):
                break
            lines.pop(0)
        body = self.heading.body if self.heading else None
        return [body, *lines] if body else lines


def sections_of(entries: Sequence[Line | Section]) -> list[Section]:
    """Cut the lines at their headings; sections that are made already stay as they are."""
    sections = [Section(None)]
    run: list[Line] = []
    for entry in entries:
        if isinstance(entry, Line):
            run.append(entry)
            continue
        _cut(run, sections)
        run = []
        sections += [entry, Section(None)]
    _cut(run, sections)
    return sections


def _cut(lines: Sequence[Line], sections: list[Section]) -> None:
    """Cut lines at their headings; those before the first go on with the last section."""
    lines = [part for line in lines for part in unglued(line)]
    headings = [heading_of(line) for line in lines]
    for index, line in enumerate(lines):
        heading = headings[index]
        if heading is not None and not _opens(heading, sections[-1]):
            heading = None
        elif heading is None:
            following = headings[index + 1] if index + 1 < len(lines) else None
            above = lines[index - 1] if index else None
            heading = introduced_by(line) or _title(line, following, above)
            if heading is None and not (above and _TIED.search(above.text[-12:])):
                heading = _other_plan(line)
        if heading is None:
            sections[-1].lines.append(line)
        else:
            sections.append(Section(heading))


def _opens(heading: Heading, current: Section) -> bool:
    """Return whether this is a heading, not a list item with the list's own announcing word."""
    if heading.firm or current.heading is None:
        return True
    return not (heading.mark and current.heading.topics[0] == heading.topic)


def _other_plan(line: Line) -> Heading | None:
    """Return the heading of a part that quotes another plan, above the body's own or beside it."""
    mark = mark_of(line.text)
    if not opens_other_plan(line.text[mark.length :] if mark else line.text):
        return None
    return Heading(line, ("elsewhere",), mark, end=len(line.text))


def _title(line: Line, following: Heading | None, above: Line | None) -> Heading | None:
    """Return an issue that only its place tells: ด้าน…, right above แนวทางการพัฒนา.

    The last of several such lines ends a list of issues.
    """
    if following is None or following.topic not in BELOW or following.label:
        return None
    if len(line.text) > _LONGEST_TITLE:
        return None
    mark = mark_of(line.text)
    start = mark.length if mark else 0
    if not _TITLE.match(line.text, start) or (mark and above and _lists_with(above, mark)):
        return None
    label = mark.number if mark and mark.number else ""
    return Heading(line, ("strategic_issue",), mark, label, start, start)


def _lists_with(above: Line, mark: Mark) -> bool:
    """Return whether the line above is the item before, a title like this one."""
    before = mark_of(above.text)
    return (
        before is not None
        and before.style == mark.style
        and bool(_TITLE.match(above.text, before.length))
    )


def renamed(heading: Heading, topic: Topic) -> Heading:
    """Return the heading announcing one thing of the several under its umbrella."""
    return replace(heading, topics=(topic,))
