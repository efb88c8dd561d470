"""What a section holds: words behind its heading, its items, each trimmed to what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract.projects.lists import title_end
from ingest.extract.statements.candidates import FindKind
from ingest.extract.statements.lists import Item, items_of, marked, wraps
from ingest.layout.exclusions import contents_entry
from ingest.layout.furniture import furniture
from ingest.layout.heading_words import Topic
from ingest.layout.headings import Heading
from ingest.layout.lines import Line
from ingest.layout.list_marks import inline_items, mark_of
from ingest.records import StatementKind

# The targets of five years behind an indicator, where a table reached the text as lines.
_FIGURES = re.compile(r"(?:(?:^|\s+)[ก-๙/().]{1,15})?(?:\s+(?:[\d๐-๙][\d๐-๙.,]*|-)){2,}\s*$")
_ROW = re.compile(r"(?:\s+(?:-|[\d๐-๙][\d๐-๙,]*\.?[\d๐-๙]*)){2,}\s*$")
# Figures behind so many characters are a stray cell, behind fewer the row of a table.
_SENTENCE = 40
# Where the name of an issue ends and its goals, measures, projects, money are told of.
_BELOW_IT = "เป้าหมาย|เป้าประสงค์|ตัวชี้วัด|กลยุทธ์|แนวทาง|วัตถุประสงค์|มาตรการ|แผนงาน|โครงการ|กิจกรรม"
_ELABORATES = re.compile(
    r"\s(?:(?:ซึ่ง|โดย|และ)?(?:ใช้|มี|ด้วย)$|(?:ซึ่ง|โดย|และ)?(?:ประกอบ(?:ไป)?ด้วย|มี|จำนวน)\s?(?:จำนวน)?\s?[\d๐-๙]*\s?"
    rf"(?:{_BELOW_IT})|ตัวอย่าง\S{{0,20}}?(?:{_BELOW_IT})"
    r"|หน่วยงาน(?:ที่)?(?:รับผิดชอบ|หลัก)|(?:กรอบ)?(?:วงเงิน|งบประมาณ)\S{0,12}\s?[\d๐-๙])"
)
_NAME = 10
# A statement has some letters: figures and dashes are none.
_SAYS = re.compile(r"(?:[ก-ฮA-Za-z][^ก-ฮA-Za-z]*){3}")
_NAMES_PROJECT = re.compile(r"โครงการ(?!ที่|ต่าง)\S")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an item tells: of which kind it is, its words, and figures that stood behind them."""

    kind: FindKind
    line: Line
    figures: str | None = None


def reading(item: Item, kind: FindKind) -> Reading | None:
    """Return what an item tells, or None where it is a row of figures or of contents.

    A strategy that is called โครงการ is a project.
    """
    figures = None
    if kind == "strategy" and names_project(item.text):
        kind = "project"
    if kind == "project":
        item = item.upto(title_end(item.words, 0))
    elif kind == "indicator":
        item, figures = _without_figures(item)
    elif kind == "strategic_issue" and (more := _ELABORATES.search(item.words, _NAME)):
        item = item.upto(more.start())
    elif row := _ROW.search(item.words):
        if row.start() < _SENTENCE:
            return None
        item = item.upto(row.start())
    line = item.line
    if not _SAYS.search(line.text) or contents_entry(line.text):
        return None
    return Reading(kind, line, figures)


def names_project(text: str) -> bool:
    """Return whether a text is a project's name by its first word."""
    return bool(_NAMES_PROJECT.match(text))


def _without_figures(item: Item) -> tuple[Item, str | None]:
    """Part an indicator from its unit and targets, where a table reached the text as lines."""
    figures = _FIGURES.search(item.words)
    if figures is None or figures.start() < 2:
        return item, None
    return item.upto(figures.start()), figures.group().strip()


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
    """Return whether an item only heads those below: a phrase of the vision, a field."""
    if not item.children:
        return False
    text = "".join(item.text.split())
    return text in "".join(vision.split()) or (len(text) <= _FIELD and text.startswith("ด้าน"))


def measures(text: str) -> bool:
    """Return whether a text names something to be counted."""
    return bool(_MEASURE.search(text))


def begins_firmly(line: Line) -> bool:
    """Return whether a line opens with a quote or a list mark."""
    return line.text[0] in '“"‘' or marked(line) is not None


def is_listed(content: Sequence[Line]) -> bool:
    """Return whether a list begins within the first lines."""
    return any(marked(line) for line in content[:3])
