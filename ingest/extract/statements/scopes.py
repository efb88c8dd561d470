"""Whose statements a part of a document holds: the body's own, its province's, the nation's.

Local plans quote the plans above them: the national strategy, the master plans, the plan of
the province. What stands in such a part is not the body's own. The nation's is left out, as
the frameworks are known anyway; that of another body keeps its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.extract.statements.candidates import Find
from ingest.layout.heading_words import Topic
from ingest.layout.headings import LONGEST, Heading, plan_named, states_of_nation, tells_of_nation
from ingest.layout.lines import Line
from ingest.layout.list_marks import Mark, mark_of
from ingest.records import Organisation, Period
from ingest.thai.dates import period as years_in

# A document whose very title names a plan of the nation is that plan.
_TITLE = 2
# So many of the nation's strategies in one document are a quotation, fewer are its own.
_ENOUGH = 3
_NATION = ("ประเทศ", "ประเทศไทย", "ชาติ", "ประเทศชาติ")
_OPENING: tuple[Topic, ...] = ("vision", "mission", "value", "strategic_issue", "goal")
_PLAN = re.compile(r"แผน(?:พัฒนา|ยุทธศาสตร์|ปฏิบัติ|แม่บท)|วิสัยทัศน์|ยุทธศาสตร์|ทิศทาง")
_PARTS = ("ส่วนที่", "ส่วน ที่", "บทที่", "หมวดที่", "ตอนที่")
_YEAR = re.compile("25|๒๕")
_DATED = re.compile(r"แผน|ยุทธศาสตร์|วิสัยทัศน์|นโยบาย|กรอบ|หมุดหมาย|ยั่งยืน|SDG|[4๔]\.[0๐]")
# The six strategies of the nation (2561–2580), as every plan of a lower level lists them.
_SIX = tuple(
    "".join(name.split())
    for name in tuple(
        """
        ด้านความมั่นคง ด้านการสร้างความสามารถในการแข่งขัน
        ด้านการพัฒนาและเสริมสร้างศักยภาพทรัพยากรมนุษย์ ด้านการพัฒนาและเสริมสร้างศักยภาพคน
        ด้านการสร้างโอกาสและความเสมอภาคทางสังคม
        ด้านการสร้างโอกาสความเสมอภาคและเท่าเทียมกันทางสังคม
        ด้านการสร้างการเติบโตบนคุณภาพชีวิตที่เป็นมิตรต่อสิ่งแวดล้อม
        ด้านการสร้างการเติบโตบนคุณภาพชีวิตที่เป็นมิตรกับสิ่งแวดล้อม
        ด้านการปรับสมดุลและพัฒนาระบบการบริหารจัดการภาครัฐ
    """.split()
    )
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The plan a part is about: the nation's or that of the body `owner` names, and its years."""

    nation: bool = False
    owner: str | None = None
    mark: Mark | None = None
    period: Period | None = None


class Scopes:
    """Follows the parts of a document; begins with the body's own."""

    def __init__(self) -> None:
        self.current = Scope()
        self._lines = 0

    def see_line(self, line: Line) -> None:
        """Take a line that is no heading of statements; it may open a part on another plan."""
        self._lines += 1
        if len(line.text) <= LONGEST and _DATED.search(line.text):
            self._open(line.text, mark_of(line.text))
            if _PLAN.match(line.text):
                self._date(line.text)

    def leave_nation(self) -> None:
        """Take note that what follows is the body's own after all."""
        self.current = Scope()

    def see_heading(self, heading: Heading) -> None:
        """Take a heading; its owner or its number may end the part."""
        self._lines += 1
        text, mark = heading.line.text[: heading.end], heading.mark
        part = text.startswith(_PARTS)
        after = mark is not None and _is_after(self.current.mark, mark)
        if part or (not self._open(text, mark) and after):
            self.current = Scope()
        if heading.topics[0] in _OPENING:
            self._date(text)

    def _date(self, text: str) -> None:
        period = years_in(text) if _YEAR.search(text) else None
        if period and not self.current.nation:
            self.current = replace(self.current, period=period)

    def _open(self, text: str, mark: Mark | None) -> bool:
        named = plan_named(text[mark.length :] if mark else text)
        if named is None or (named[0] == "nation" and self._lines <= _TITLE):
            return False
        level, words = named
        self.current = Scope(
            nation=level == "nation", owner=words if level == "other" else None, mark=mark
        )
        return True


def _is_after(opened: Mark | None, mark: Mark) -> bool:
    """Return whether a numbered heading stands beside or above the one that opened the part."""
    if opened is None or opened.number is None or mark.number is None:
        return False
    if not (opened.number[0].isdigit() and mark.number[0].isdigit()):
        return False
    return mark.depth <= opened.depth and mark.number != opened.number


def is_national_strategy(text: str) -> bool:
    """Return whether an issue is one of the six strategies of the nation."""
    squeezed = "".join(text.split()).removeprefix("ยุทธศาสตร์ชาติ").removeprefix("ยุทธศาสตร์")
    return squeezed in _SIX


def quoted_from_nation(finds: Sequence[Find], body: Organisation | None) -> set[int]:
    """Return the founds that are quoted from the plans of the nation, and theirs below.

    A body of a lower level has no vision that speaks of the nation; a ministry may.
    """
    six = {
        i
        for i, f in enumerate(finds)
        if f.kind == "strategic_issue" and is_national_strategy(f.text)
    }
    local = body is not None and body.kind not in ("ministry", "other")
    quoted = six if len(six) >= _ENOUGH else set()
    quoted |= {i for i, f in enumerate(finds) if _of_nation(f, local=local)}
    return quoted | {i for i, f in enumerate(finds) if f.within in quoted}


def _of_nation(find: Find, *, local: bool) -> bool:
    if find.kind not in ("vision", "goal", "strategic_issue"):
        return False
    if find.owner and find.owner.removeprefix("ของ").strip() in _NATION:
        return True
    if find.kind == "vision" and local and tells_of_nation(find.text):
        return True
    return states_of_nation(find.text)
