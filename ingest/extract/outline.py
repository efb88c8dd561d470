"""A document's headings and what stands under each: issue → goals, strategies, indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.found import Found, FoundKind, squeeze
from ingest.extract.furniture import furniture
from ingest.extract.guards import contents_entry
from ingest.extract.headings import Heading
from ingest.extract.issues import Issues
from ingest.extract.item import Item, wraps
from ingest.extract.items import items_of
from ingest.extract.lines import Line
from ingest.extract.listed import title_end
from ingest.extract.marks import inline_items, mark_of
from ingest.extract.scopes import Scopes, tells_of_nation
from ingest.extract.sections import BELOW, Section, sections_of
from ingest.extract.strays import stray_visions
from ingest.extract.values import values_of
from ingest.extract.visions import visions_of
from ingest.extract.vocabulary import Topic
from ingest.records import StatementKind

_LISTED: dict[Topic, StatementKind] = {
    "mission": "mission",
    "goal": "goal",
    "strategic_issue": "strategic_issue",
    "strategy": "strategy",
    "indicator": "indicator",
}
_MEASURE = re.compile(r"ร้อยละ|จำนวน|อัตรา|ระดับ|ไม่น้อยกว่า|ไม่ต่ำกว่า|ไม่เกิน|คะแนน|สัดส่วน|ดัชนี|มูลค่า")
_AIM = re.compile(r"เป้าหมายการพัฒนา(?:ของ)?(?:จังหวัด|กลุ่มจังหวัด|อำเภอ)|.*วิสัยทัศน์")
_OF_A_PROJECT = (
    "หลักการและเหตุผล",
    "ผู้เสนอโครงการ",
    "ระยะเวลา",
    "งบประมาณ",
    "ผลที่คาดว่าจะได้รับ",
    "ผลผลิต",
    "กิจกรรม",
)
# The targets of five years behind an indicator, where a table reached the text as lines.
_FIGURES = re.compile(r"(?:(?:^|\s+)[ก-๙/().]{1,15})?(?:\s+(?:[\d๐-๙][\d๐-๙.,]*|-)){2,}\s*$")
_ROW = re.compile(r"(?:\s+(?:-|[\d๐-๙][\d๐-๙,]*\.?[\d๐-๙]*)){2,}\s*$")
# Figures behind so many characters are a stray cell, behind fewer the row of a table.
_SENTENCE = 40
# A statement has some letters: figures and dashes are none.
_SAYS = re.compile(r"(?:[ก-ฮA-Za-z][^ก-ฮA-Za-z]*){3}")
_WORDED = re.compile(r"[ก-๙]{8}")
_NAMES_PROJECT = re.compile(r"โครงการ(?!ที่|ต่าง)\S")
# So many headings in a row with nothing below them are a menu or the head of a table.
_MENU = 3


def outline_of(entries: Sequence[Line | Section]) -> list[Found]:
    """Return what the document states under headings, children placed under their issues."""
    outline = Outline()
    sections = sections_of(entries)
    for section in sections:
        outline.take(section)
    return [*outline.founds, *stray_visions(sections, outline.founds)]


class Outline:
    """Reads section after section and remembers under which issue it stands."""

    def __init__(self) -> None:
        self.founds: list[Found] = []
        self._issues = Issues()
        self._scopes = Scopes()
        self._vision = ""
        self._bare = 0
        self._in_project = False

    def take(self, section: Section) -> None:
        """Read one section."""
        heading, content, before = section.heading, section.content, len(self.founds)
        if heading is not None:
            self._scopes.see_heading(heading)
            self._take(heading, content)
            if section.note:
                self.founds[before:] = [
                    replace(found, explanation=section.note) for found in self.founds[before:]
                ]
        for line in section.lines:
            if not any(
                f.page == line.page and f.start < line.end and line.start < f.end
                for f in self.founds[before:]
            ):
                self._scopes.see_line(line)

    def _take(self, heading: Heading, content: Sequence[Line]) -> None:
        listed = self._in_menu(heading, content)
        topic = self._topic(heading, content)
        if topic == "project":
            self._in_project = True
            self._take_projects(heading, content)
        elif topic == "elsewhere" or _declares(heading):
            self._step_aside(heading)
        elif self._quotes_nation(topic):
            self._issues.leave()
        elif not listed and not self._belongs_to_project(heading, topic):
            self._read(heading, topic, content)

    def _quotes_nation(self, topic: Topic) -> bool:
        """Tell whether a section goes on with a plan of the nation, which has no missions."""
        if self._scopes.current.nation and topic in ("mission", "value"):
            self._scopes.leave_nation()
        return self._scopes.current.nation and topic != "vision"

    def _in_menu(self, heading: Heading, content: Sequence[Line]) -> bool:
        """Tell whether the section ends a run of bare headings, and states nothing firm."""
        run = self._bare
        if content or len(heading.topics) > 1:
            self._bare = 0
        else:
            self._bare += 1
        firm = heading.rest is not None or any(_firm(line) for line in content[:3])
        return run >= _MENU and heading.line.gap == 0 and not firm

    def _topic(self, heading: Heading, content: Sequence[Line]) -> Topic:
        """Return what to read the section as; an umbrella with content may still be read."""
        if len(heading.topics) == 1 or not content:
            return heading.topic
        first = heading.topics[0]
        if heading.label:
            return first
        if first == "vision" and content[0].text[0] in '“"‘':
            return first
        if first in ("strategic_issue", "goal") and mark_of(content[0].text):
            return first
        if first == "goal" and set(heading.topics) <= {"goal", "indicator"}:
            return first
        return "elsewhere"

    def _step_aside(self, heading: Heading) -> None:
        self._in_project = heading.text.startswith(_OF_A_PROJECT)
        if len(heading.topics) == 1:
            self._issues.leave()

    def _belongs_to_project(self, heading: Heading, topic: Topic) -> bool:
        """Tell whether an objective, target or measure is that of a project, not of the plan."""
        if topic in BELOW and not heading.label:
            return self._in_project
        self._in_project = False
        return False

    def _read(self, heading: Heading, topic: Topic, content: Sequence[Line]) -> None:
        if topic not in BELOW and heading.label is None:
            self._issues.leave()
        if topic == "vision":
            self._take_vision(heading, content)
        elif topic == "goal" and _AIM.match(heading.text) and not _listed(content):
            self._take_aim(heading, content)
        elif topic == "value":
            values = values_of(content, heading.text)
            self.founds.extend(self._whose(value, heading.owner) for value in values)
        elif heading.label is not None and topic in _LISTED:
            self._take_labelled(heading, topic, content)
        elif topic in _LISTED:
            self._take_list(heading, topic, content)

    def _take_vision(self, heading: Heading, content: Sequence[Line]) -> None:
        for found in visions_of(content, heading.text):
            if self._scopes.current.nation:
                if tells_of_nation(found.text):
                    return
                self._scopes.leave_nation()
            self.founds.append(self._whose(found, heading.owner))
            self._vision = found.text

    def _whose(self, found: Found, owner: str | None) -> Found:
        scope = self._scopes.current
        return replace(found, owner=owner or scope.owner, period=scope.period)

    def _take_aim(self, heading: Heading, content: Sequence[Line]) -> None:
        """Read เป้าหมายการพัฒนาจังหวัด, which since 2561 stands in the place of a vision."""
        for found in visions_of(content, heading.text):
            aim = replace(found, kind="goal", alternatives=("vision",))
            self.founds.append(self._whose(aim, heading.owner))
            self._vision = found.text

    def _take_labelled(self, heading: Heading, topic: Topic, content: Sequence[Line]) -> None:
        """Read ยุทธศาสตร์ที่ 1 …: its own text, then a list below it without a heading."""
        if not content or contents_entry(content[0].text):
            return
        own = _own_lines(content)
        item = _own_item(own, heading)
        below = items_of(content[len(own) :])
        parent = self._issues.parent_of(topic, heading.label, self.founds)
        index = self._add(
            item, _LISTED[topic], "label" if heading.label else "title", parent, heading.owner
        )
        if index is None:
            return
        if topic == "strategic_issue":
            self._issues.enter(index, item.number)
        kind = _kind_below(topic, heading, below)
        if kind and below and below[0].mark:
            self._issues.settle()
            for child in below:
                self._add(replace(child, section=heading.text), kind, "below", index)

    def _take_list(self, heading: Heading, topic: Topic, content: Sequence[Line]) -> None:
        kind = _LISTED[topic]
        for item in _items(heading, content, self._vision):
            if item.group is None and _heads_group(item, self._vision):
                for child in item.children:
                    self._place(replace(child, section=item.text), kind, heading)
                continue
            item = replace(item, section=item.group or heading.text)
            index = self._place(item, kind, heading)
            if kind == "strategic_issue" and index is not None:
                self._issues.enter(index, item.number)
                for child in item.children:
                    self._add(replace(child, section=item.text), "strategy", "below", index)

    def _take_projects(self, heading: Heading, content: Sequence[Line]) -> None:
        """Read a list of projects under its heading."""
        for item in items_of(content):
            if _NAMES_PROJECT.match(item.text) or (item.mark and _WORDED.match(item.text)):
                self._add(
                    replace(item, section=heading.text), "project", "list-marked", self._issues.here
                )

    def _place(self, item: Item, kind: StatementKind, heading: Heading) -> int | None:
        if kind == "goal" and "indicator" in heading.topics and _MEASURE.search(item.text):
            kind = "indicator"
        parent = self._issues.parent_of(kind, item.number, self.founds)
        rule = "list-marked" if item.mark else "list-plain"
        return self._add(item, kind, rule, parent, heading.owner)

    def _add(
        self,
        item: Item,
        kind: FoundKind,
        rule: str,
        parent: int | None,
        owner: str | None = None,
    ) -> int | None:
        kind, figures = _told_kind(item, kind), None
        if kind == "project":
            item = item.upto(title_end(item.words, 0))
        elif kind == "indicator":
            item, figures = _without_figures(item)
        elif row := _ROW.search(item.words):
            if row.start() < _SENTENCE:
                return None
            item = item.upto(row.start())
        line = item.line
        if not _SAYS.search(line.text) or contents_entry(line.text):
            return None
        scope = self._scopes.current
        found = Found(
            kind, line.page, line.start, line.end, squeeze(line.text), rule,
            section=item.section, number=item.number, within=parent,
            explanation=figures,
            owner=owner or scope.owner, period=scope.period,
        )  # fmt: skip
        self.founds.append(found)
        return len(self.founds) - 1


def _declares(heading: Heading) -> bool:
    """ก. ยุทธศาสตร์จังหวัดที่ 2 … above a table says which strategy its projects serve."""
    lettered = heading.mark is not None and heading.mark.style == "letter"
    return lettered and heading.label is not None and heading.owner is not None


def _listed(content: Sequence[Line]) -> bool:
    return any((mark := mark_of(line.text)) and mark.style != "bare" for line in content[:3])


def _firm(line: Line) -> bool:
    mark = mark_of(line.text)
    return line.text[0] in '“"‘' or (mark is not None and mark.style != "bare")


def _items(heading: Heading, content: Sequence[Line], vision: str) -> list[Item]:
    """Return the items of a section; words behind the heading's colon are one, lists go on."""
    if heading.rest is None or inline_items(content[0].text) or _firm(content[0]):
        return items_of(content, vision)
    own = _own_lines(content)
    below = items_of(content[len(own) :], vision) if len(own) < len(content) else []
    listed = [item for item in below if item.mark]
    return listed if listed and not heading.firm else [Item(own), *listed]


def _told_kind(item: Item, kind: FoundKind) -> FoundKind:
    """Return the kind of an item: a strategy that is called โครงการ is a project."""
    return "project" if kind == "strategy" and _NAMES_PROJECT.match(item.text) else kind


def _without_figures(item: Item) -> tuple[Item, str | None]:
    """Part an indicator from its unit and targets, where a table reached the text as lines."""
    figures = _FIGURES.search(item.words)
    if figures is None or figures.start() < 2:
        return item, None
    return item.upto(figures.start()), figures.group().strip()


def _own_item(own: list[Line], heading: Heading) -> Item:
    """Return a labelled statement; one that only its place labels may bear a list mark."""
    mark = mark_of(own[0].text) if heading.label == "" else None
    if mark is None:
        return Item(own, section=heading.text, number=heading.label or None)
    return Item([own[0].tail(mark.length), *own[1:]], section=heading.text, number=mark.number)


def _own_lines(content: Sequence[Line]) -> list[Line]:
    """Return the first line of a labelled statement and those on which it goes on."""
    own = [content[0]]
    for line in content[1:]:
        if furniture(line.text) or not wraps(own[-1], line):
            break
        own.append(line)
    return own


def _kind_below(topic: Topic, heading: Heading, below: Sequence[Item]) -> StatementKind | None:
    """Return what an unannounced list below a labelled statement holds."""
    if topic == "strategic_issue":
        return "strategy"
    if topic == "goal" and below:
        measured = sum(bool(_MEASURE.search(item.text)) for item in below)
        return "indicator" if measured * 2 >= len(below) else None
    return None


def _heads_group(item: Item, vision: str) -> bool:
    if not item.children:
        return False
    text = "".join(item.text.split())
    return text in "".join(vision.split()) or (len(text) <= 40 and text.startswith("ด้าน"))
