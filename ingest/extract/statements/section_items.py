"""What a section holds: words behind its heading, the items below, and what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.statements.list_item import Item, marked, wraps
from ingest.extract.statements.lists import items_of
from ingest.layout.furniture import furniture
from ingest.layout.heading_words import Topic
from ingest.layout.headings import Heading
from ingest.layout.lines import Line
from ingest.layout.list_marks import inline_items, mark_of
from ingest.records import StatementKind

_MEASURE = re.compile(r"ร้อยละ|จำนวน|อัตรา|ระดับ|ไม่น้อยกว่า|ไม่ต่ำกว่า|ไม่เกิน|คะแนน|สัดส่วน|ดัชนี|มูลค่า")
# The name of a field (ด้านเศรษฐกิจ) that heads a group is no longer than this.
_FIELD = 40


def section_items(heading: Heading, content: Sequence[Line], vision: str) -> list[Item]:
    """Return the items of a section; words behind the heading's colon are one, lists go on."""
    if heading.rest is None or inline_items(content[0].text) or begins_firmly(content[0]):
        return items_of(content, vision)
    own = own_lines(content)
    below = items_of(content[len(own) :], vision) if len(own) < len(content) else []
    listed = [item for item in below if item.mark]
    return listed if listed and not heading.firm else [Item(own), *listed]


def own_item(own: list[Line], heading: Heading) -> Item:
    """Return a labelled statement; one that only its place labels may bear a list mark."""
    mark = mark_of(own[0].text) if heading.label == "" else None
    if mark is None:
        return Item(own, section=heading.text, number=heading.label or None)
    return Item([own[0].tail(mark.length), *own[1:]], section=heading.text, number=mark.number)


def own_lines(content: Sequence[Line]) -> list[Line]:
    """Return the first line of a labelled statement and those on which it goes on."""
    own = [content[0]]
    for line in content[1:]:
        if furniture(line.text) or not wraps(own[-1], line):
            break
        own.append(line)
    return own


def kind_below(topic: Topic, heading: Heading, below: Sequence[Item]) -> StatementKind | None:
    """Return what an unannounced list below a labelled statement holds."""
    if topic == "strategic_issue":
        return "strategy"
    if topic == "goal" and below:
        measured = sum(bool(_MEASURE.search(item.text)) for item in below)
        return "indicator" if measured * 2 >= len(below) else None
    return None


def heads_group(item: Item, vision: str) -> bool:
    """Tell whether an item only heads those below: a phrase of the vision, a field."""
    if not item.children:
        return False
    text = "".join(item.text.split())
    return text in "".join(vision.split()) or (len(text) <= _FIELD and text.startswith("ด้าน"))


def measures(text: str) -> bool:
    """Tell whether a text names something to be counted."""
    return bool(_MEASURE.search(text))


def begins_firmly(line: Line) -> bool:
    """Tell whether a line opens with a quote or a list mark."""
    return line.text[0] in '“"‘' or marked(line) is not None


def is_listed(content: Sequence[Line]) -> bool:
    """Tell whether a list begins within the first lines."""
    return any(marked(line) for line in content[:3])
