"""A document's headings and what stands under each: issue, then goals, strategies, indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.statements.candidates import Find, FindKind, squeeze
from ingest.extract.statements.lists import Item, items_of
from ingest.extract.statements.scopes import Scopes
from ingest.extract.statements.section_items import (
    begins_firmly,
    heads_group,
    is_listed,
    kind_below,
    measures,
    names_project,
    own_item,
    own_lines,
    reading,
    section_items,
)
from ingest.extract.statements.values import values_of
from ingest.extract.statements.visions import stray_visions, visions_of
from ingest.layout.exclusions import contents_entry, is_errand_or_duty, names_paper
from ingest.layout.heading_words import Topic
from ingest.layout.headings import Heading, tells_of_nation
from ingest.layout.lines import Line
from ingest.layout.list_marks import mark_of
from ingest.layout.sections import BELOW, Section, sections_of
from ingest.records import StatementKind


class Issues:
    """The strategic issues read so far, as far as something may still stand under them.

    A plan either treats one issue after the other, each with its goals and strategies, or
    lists all issues first and then, in lists of their own, goals and strategies for all. In
    the second case only a number (กลยุทธ์ที่ 2.1) tells the issue.
    """

    def __init__(self) -> None:
        self._current: int | None = None
        self._numbered: dict[str, int] = {}
        self._run = 0

    def enter(self, index: int, number: str | None) -> None:
        """Take a further issue, the `index`-th found."""
        self._run += 1
        if self._run == 1 and (number or "1") == "1":
            self._numbered = {}
        self._numbered[number or str(len(self._numbered) + 1)] = index
        self._current = index

    @property
    def here(self) -> int | None:
        """The issue read last, if its part of the plan still goes on."""
        return self._current

    def settle(self) -> None:
        """Note that something stands under the current issue."""
        self._run = 0

    def leave(self) -> None:
        """Leave the current issue: another part of the plan begins."""
        self._current, self._run = None, 0

    def parent_of(
        self, kind: Topic | StatementKind, number: str | None, finds: Sequence[Find]
    ) -> int | None:
        """Return the index of the issue above a statement of this kind and number."""
        if kind not in ("goal", "strategy", "indicator"):
            return None
        by_number = self._numbered.get(number.split(".")[0]) if number and "." in number else None
        if by_number is not None:
            return by_number
        if self._run > 1:
            self.leave()
        self.settle()
        return self._current


_LISTED: dict[Topic, StatementKind] = {
    "mission": "mission",
    "goal": "goal",
    "strategic_issue": "strategic_issue",
    "strategy": "strategy",
    "indicator": "indicator",
}
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
_WORDED = re.compile(r"[ก-๙]{8}")
# So many headings in a row with nothing below them are a menu or the head of a table.
_MENU = 3


def outline_of(entries: Sequence[Line | Section]) -> list[Find]:
    """Return what the document states under headings, children placed under their issues."""
    outline = Outline()
    sections = sections_of(entries)
    for section in sections:
        outline.take(section)
    return [*outline.finds, *stray_visions(sections, outline.finds)]


class Outline:
    """Reads section after section and remembers under which issue it stands."""

    def __init__(self) -> None:
        self.finds: list[Find] = []
        self._issues = Issues()
        self._scopes = Scopes()
        self._vision = ""
        self._bare = 0
        self._in_project = False

    def take(self, section: Section) -> None:
        """Read one section."""
        heading, content, before = section.heading, section.content, len(self.finds)
        if heading is not None:
            self._scopes.see_heading(heading)
            self._take(heading, content)
            if section.note:
                self.finds[before:] = [
                    replace(result, explanation=section.note) for result in self.finds[before:]
                ]
        for line in section.lines:
            if not any(
                f.page == line.page and f.start < line.end and line.start < f.end
                for f in self.finds[before:]
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
        """Return whether a section goes on with a plan of the nation, which has no missions."""
        if self._scopes.current.nation and topic in ("mission", "value"):
            self._scopes.leave_nation()
        return self._scopes.current.nation and topic != "vision"

    def _in_menu(self, heading: Heading, content: Sequence[Line]) -> bool:
        """Return whether the section ends a run of bare headings, and states nothing firm."""
        run = self._bare
        if content or len(heading.topics) > 1:
            self._bare = 0
        else:
            self._bare += 1
        firm = heading.rest is not None or any(begins_firmly(line) for line in content[:3])
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
        """Return whether an objective, target or measure is that of a project, not of the plan."""
        if topic in BELOW and not heading.label:
            return self._in_project
        self._in_project = False
        return False

    def _read(self, heading: Heading, topic: Topic, content: Sequence[Line]) -> None:
        if topic not in BELOW and heading.label is None:
            self._issues.leave()
        if topic == "vision":
            self._take_vision(heading, content)
        elif topic == "goal" and _AIM.match(heading.text) and not is_listed(content):
            self._take_aim(heading, content)
        elif topic == "value":
            values = values_of(content, heading.text)
            self.finds.extend(self._whose(value, heading.owner) for value in values)
        elif heading.label is not None and topic in _LISTED:
            self._take_labelled(heading, topic, content)
        elif topic in _LISTED:
            self._take_list(heading, topic, content)

    def _take_vision(self, heading: Heading, content: Sequence[Line]) -> None:
        for result in visions_of(content, heading.text):
            if self._scopes.current.nation:
                if tells_of_nation(result.text):
                    return
                self._scopes.leave_nation()
            self.finds.append(self._whose(result, heading.owner))
            self._vision = result.text

    def _whose(self, find: Find, owner: str | None) -> Find:
        scope = self._scopes.current
        return replace(find, owner=owner or scope.owner, period=scope.period)

    def _take_aim(self, heading: Heading, content: Sequence[Line]) -> None:
        """Read เป้าหมายการพัฒนาจังหวัด, which since 2561 stands in the place of a vision."""
        for result in visions_of(content, heading.text):
            aim = replace(result, kind="goal", alternatives=("vision",))
            self.finds.append(self._whose(aim, heading.owner))
            self._vision = result.text

    def _take_labelled(self, heading: Heading, topic: Topic, content: Sequence[Line]) -> None:
        """Read ยุทธศาสตร์ที่ 1 …: its own text, then a list below it without a heading."""
        if not content or contents_entry(content[0].text):
            return
        own = own_lines(content)
        item = own_item(own, heading)
        below = items_of(content[len(own) :])
        parent = self._issues.parent_of(topic, heading.label, self.finds)
        index = self._add(
            item, _LISTED[topic], "label" if heading.label else "title", parent, heading.owner
        )
        if index is None:
            return
        if topic == "strategic_issue":
            self._issues.enter(index, item.number)
        kind = kind_below(topic, heading, below)
        if kind and below and below[0].mark:
            self._issues.settle()
            for child in below:
                self._add(replace(child, section=heading.text), kind, "below", index)

    def _take_list(self, heading: Heading, topic: Topic, content: Sequence[Line]) -> None:
        if heading.text.startswith("ภารกิจ") and is_errand_or_duty(heading.line, *content):
            return
        kind, items = _LISTED[topic], section_items(heading, content, self._vision)
        if 2 * sum(names_paper(item.text) for item in items) > len(items):
            return
        for item in items:
            if item.group is None and heads_group(item, self._vision):
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
            if names_project(item.text) or (item.mark and _WORDED.match(item.text)):
                self._add(
                    replace(item, section=heading.text), "project", "list-marked", self._issues.here
                )

    def _place(self, item: Item, kind: StatementKind, heading: Heading) -> int | None:
        if kind == "goal" and "indicator" in heading.topics and measures(item.text):
            kind = "indicator"
        parent = self._issues.parent_of(kind, item.number, self.finds)
        rule = "list-marked" if item.mark else "list-plain"
        return self._add(item, kind, rule, parent, heading.owner)

    def _add(
        self, item: Item, kind: FindKind, rule: str, parent: int | None, owner: str | None = None
    ) -> int | None:
        said = reading(item, kind)
        if said is None:
            return None
        line, scope = said.line, self._scopes.current
        result = Find(
            said.kind,
            line.page,
            line.start,
            line.end,
            squeeze(line.text),
            rule,
            section=item.section,
            number=item.number,
            within=parent,
            explanation=said.figures,
            owner=owner or scope.owner,
            period=scope.period,
        )
        self.finds.append(result)
        return len(self.finds) - 1


def _declares(heading: Heading) -> bool:
    """ก. ยุทธศาสตร์จังหวัดที่ 2 … above a table says which strategy its projects serve."""
    lettered = heading.mark is not None and heading.mark.style == "letter"
    return lettered and heading.label is not None and heading.owner is not None
