"""Lists under a heading: marked in any style, inline in a paragraph, or without marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.extract.guards import defines, furniture, introduces, narrates
from ingest.extract.lines import Line
from ingest.extract.marks import Mark, inline_items, mark_of

_UNFINISHED = re.compile(
    r"(?:และ|หรือ|ของ|ที่|เพื่อ|ให้|การ|ใน|แห่ง|ด้วย|จาก|โดย|ตาม|สู่|กับ|แก่|ต่อ|เป็น|รวมถึง|ด้าน|,)\s*$"
)
_LONG = 60


@dataclass
class Item:
    """A list item: its mark, its lines (the first one cut after the mark), its sub-items."""

    lines: list[Line]
    mark: Mark | None = None
    group: str | None = None
    children: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The item's words, broken lines joined the way Thai is set: without a blank."""
        joined = self.lines[0].text
        for line in self.lines[1:]:
            thai = "\u0e01" <= joined[-1] <= "\u0e5b" and "\u0e01" <= line.text[0] <= "\u0e5b"
            joined += line.text if thai else " " + line.text
        return joined


def items_of(lines: Sequence[Line], groups: str = "") -> list[Item]:
    """Return the items of the list that the lines hold.

    `groups` is the vision's text: an unmarked line that is one of its phrases is the heading of
    a group, not an item and not the end of the list.
    """
    lines = [line for line in lines if not furniture(line.text)]
    if any(_marked(line) for line in lines):
        return _marked_items(lines, groups)
    for line in lines[:3]:
        inline = inline_items(line.text)
        if inline:
            return [_piece(line, item.start, item.end, item.number) for item in inline]
    return _plain_items(lines)


def _piece(line: Line, start: int, end: int, number: str) -> Item:
    return Item([line.head(end).tail(start)], Mark("paren", number, 0))


def _marked(line: Line) -> Mark | None:
    mark = mark_of(line.text)
    return mark if mark and mark.style != "bare" else None


def _marked_items(lines: Sequence[Line], groups: str) -> list[Item]:
    reader = _ListReader(groups)
    for index, line in enumerate(lines):
        mark = _marked(line)
        following = next((m for later in lines[index + 1 :] if (m := _marked(later))), None)
        if mark:
            reader.marked(line, mark)
        elif not reader.plain(line, following):
            break
    return reader.items


class _ListReader:
    """Reads a marked list line by line; the first style seen is the top level."""

    def __init__(self, groups: str) -> None:
        self.items: list[Item] = []
        self._groups = re.sub(r"\s+", "", groups)
        self._group: str | None = None
        self._top: Mark | None = None

    def marked(self, line: Line, mark: Mark) -> None:
        """Take a line with a mark: a new item, or an item below the last one."""
        item = Item([line.tail(mark.length)], mark, self._group)
        if self._top is None:
            self._top = mark
        if self.items and _below(self._top, mark):
            self.items[-1].children.append(item)
        else:
            self.items.append(item)

    def plain(self, line: Line, following: Mark | None) -> bool:
        """Take a line without a mark; return False where the list is over."""
        if self._is_group(line, following):
            self._group = line.text.strip(' :：“”"')
            return True
        if not self.items:
            return True
        last = self.items[-1].children[-1] if self.items[-1].children else self.items[-1]
        if self._continues(last, line):
            last.lines.append(line)
            return True
        return following is not None and line.gap > 0 and len(line.text) > _LONG

    def _is_group(self, line: Line, following: Mark | None) -> bool:
        if following is None or len(line.text) > _LONG:
            return False
        squeezed = re.sub(r"[\s“”\":：]+", "", line.text)
        if squeezed and squeezed in self._groups:
            return True
        return bool(self.items) and following.number in ("1", "ก") and line.gap > 0

    @staticmethod
    def _continues(item: Item, line: Line) -> bool:
        if line.page != item.lines[-1].page or introduces(line.text):
            return False
        return line.gap == 0 or bool(_UNFINISHED.search(item.lines[-1].text))


def _below(top: Mark, mark: Mark) -> bool:
    if mark.style == top.style:
        return mark.depth > top.depth
    return not (top.style == "bullet" and mark.number is not None)


def _plain_items(lines: Sequence[Line]) -> list[Item]:
    items: list[Item] = []
    for line in lines:
        if (
            defines(line.text)
            or introduces(line.text)
            or (len(line.text) > 120 and narrates(line.text))
        ):
            if items:
                break
            continue
        last = items[-1].lines[-1] if items else None
        if last and line.gap == 0 and last.page == line.page and _UNFINISHED.search(last.text):
            items[-1].lines.append(line)
        else:
            items.append(Item([line]))
    return items
