"""An item cut to what it says: figures of a table behind it, and what a project's name is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.projects.lists import title_end
from ingest.extract.statements.candidates import FoundKind
from ingest.extract.statements.exclusions import contents_entry
from ingest.extract.statements.list_item import Item
from ingest.layout.lines import Line

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
class Told:
    """What an item tells: of which kind it is, its words, and figures that stood behind them."""

    kind: FoundKind
    line: Line
    figures: str | None = None


def told(item: Item, kind: FoundKind) -> Told | None:
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
    return Told(kind, line, figures)


def names_project(text: str) -> bool:
    """Tell whether a text is a project's name by its first word."""
    return bool(_NAMES_PROJECT.match(text))


def _without_figures(item: Item) -> tuple[Item, str | None]:
    """Part an indicator from its unit and targets, where a table reached the text as lines."""
    figures = _FIGURES.search(item.words)
    if figures is None or figures.start() < 2:
        return item, None
    return item.upto(figures.start()), figures.group().strip()
