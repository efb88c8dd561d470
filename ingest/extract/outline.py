"""A document's headings and what stands under each: issue → goals, strategies, indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.extract.found import Found, squeeze, trimmed
from ingest.extract.headings import Heading, heading_of
from ingest.extract.items import Item, items_of
from ingest.extract.lines import Line
from ingest.extract.values import values_of
from ingest.extract.visions import vision_of
from ingest.extract.vocabulary import Topic
from ingest.records import StatementKind

_LISTED: dict[Topic, StatementKind] = {
    "mission": "mission",
    "goal": "goal",
    "strategic_issue": "strategic_issue",
    "strategy": "strategy",
    "indicator": "indicator",
}
# What may stand under an issue.
_BELOW = ("goal", "strategy", "indicator")


@dataclass
class Section:
    """A heading and the lines up to the next one; no heading before the first."""

    heading: Heading | None
    lines: list[Line] = field(default_factory=list)


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """Cut the lines at their headings."""
    sections = [Section(None)]
    for line in lines:
        heading = heading_of(line)
        if heading is None or not _opens(heading, sections[-1]):
            sections[-1].lines.append(line)
        else:
            sections.append(Section(heading))
    return sections


def _opens(heading: Heading, current: Section) -> bool:
    if heading.firm:
        return True
    topic = current.heading.topic if current.heading else None
    return not (heading.mark and heading.topic == topic) and heading.topic != topic


def outline_of(lines: Sequence[Line]) -> list[Found]:
    """Return what the document states under headings, children placed under their issues."""
    outline = Outline()
    for section in sections_of(lines):
        if section.heading:
            outline.take(section.heading, section.lines)
    return outline.founds


class Outline:
    """Reads section after section and remembers under which issue it stands."""

    def __init__(self) -> None:
        self.founds: list[Found] = []
        self._vision = ""
        self._issue: int | None = None
        self._siblings = 0

    def take(self, heading: Heading, lines: Sequence[Line]) -> None:
        """Read one section."""
        body = [heading.body] if heading.body else []
        content = [*body, *lines]
        topic = heading.topic
        if topic == "vision":
            self._leave()
            self._take_vision(heading, content)
        elif topic == "value":
            self._leave()
            self.founds.extend(values_of(content, heading.text))
        elif topic == "mission":
            self._leave()
            self._take_list(heading, content)
        elif heading.label and topic in _LISTED:
            self._take_labelled(heading, content)
        elif topic in _LISTED:
            self._take_list(heading, content)

    def _leave(self) -> None:
        self._issue, self._siblings = None, 0

    def _take_vision(self, heading: Heading, content: Sequence[Line]) -> None:
        found = vision_of(content, heading.text)
        if found:
            self.founds.append(found)
            self._vision = found.text

    def _take_labelled(self, heading: Heading, content: Sequence[Line]) -> None:
        """Read ยุทธศาสตร์ที่ 1 …: its own text, then a list below it without a heading."""
        if not content:
            return
        first = trimmed(content[0])
        found = Found(
            _LISTED[heading.topic], first.page, first.start, first.end, squeeze(first.text),
            "label", section=heading.text, number=heading.label, within=self._parent(heading.topic),
        )  # fmt: skip
        self.founds.append(found)
        index = len(self.founds) - 1
        if heading.topic == "strategic_issue":
            self._siblings += 1
            self._issue = index
        marked = items_of(content[1:]) if len(content) > 1 else []
        if heading.topic == "strategic_issue" and marked and marked[0].mark:
            self._siblings = 0
            for item in marked:
                self._add(item, "strategy", heading.text, "below", index)

    def _take_list(self, heading: Heading, content: Sequence[Line]) -> None:
        kind = _LISTED[heading.topic]
        if kind == "strategic_issue":
            self._leave()
        parent = self._parent(heading.topic)
        for item in items_of(content, self._vision):
            if item.group is None and _heads_group(item, self._vision):
                for child in item.children:
                    self._add(child, kind, item.text, "list", parent)
            else:
                self._add(item, kind, item.group or heading.text, "list", parent)

    def _parent(self, topic: Topic) -> int | None:
        if topic not in _BELOW:
            return None
        if self._siblings > 1:
            self._leave()
        self._siblings = min(self._siblings, 1) if self._issue is None else 0
        return self._issue

    def _add(
        self, item: Item, kind: StatementKind, section: str, rule: str, parent: int | None
    ) -> None:
        first, last = item.lines[0], item.lines[-1]
        whole = trimmed(
            replace(first, end=last.end, text=item.text) if len(item.lines) > 1 else first
        )
        if not whole.text:
            return
        end = last.end if len(item.lines) > 1 else whole.end
        self.founds.append(
            Found(
                kind,
                first.page,
                whole.start,
                end,
                squeeze(whole.text),
                rule,
                section=section,
                number=item.mark.number if item.mark else None,
                within=parent,
            )  # fmt: skip
        )


def _heads_group(item: Item, vision: str) -> bool:
    if not item.children:
        return False
    text = "".join(item.text.split())
    return text in "".join(vision.split()) or (len(text) <= 40 and text.startswith("ด้าน"))
