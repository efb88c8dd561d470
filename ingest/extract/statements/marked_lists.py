"""Marked lists: numbers that climb, bullets, items below items, groups, and where they end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.statements.list_item import Item, marked
from ingest.layout.lines import Line
from ingest.layout.list_marks import Mark, arabic

_LONG = 60
_FOLLOWING = {"dot": r"\s{n}\.(?!\d)", "paren": r"\s{n}\)", "parens": r"\s\({n}\)"}


def marked_items(lines: Sequence[Line], groups: str) -> list[Item]:
    """Return the items of the marked list; `groups` is the vision's text."""
    reader = _ListReader(groups)
    for index, line in enumerate(lines):
        mark = marked(line)
        following = next((m for later in lines[index + 1 :] if (m := marked(later))), None)
        goes_on = reader.marked(line, mark) if mark else reader.plain(line, following)
        if not goes_on:
            break
    return reader.items


class _ListReader:
    """Reads a marked list line by line; the first style seen is the top level."""

    def __init__(self, groups: str) -> None:
        self.items: list[Item] = []
        self._groups = re.sub(r"\s+", "", groups)
        self._group: str | None = None
        self._opened = True
        self._top: Mark | None = None

    def marked(self, line: Line, mark: Mark) -> bool:
        """Take a line with a mark: an item, or one below the last; False where the list ends."""
        item = Item([line.tail(mark.length)], mark, self._group, number=mark.number)
        if self._top is None:
            if not _begins(mark.number):
                return False
            self._top = mark
        if self.items and line.page - self._last.lines[-1].page > 1:
            return False
        if self.items and _below(self._top, mark):
            self.items[-1].children.append(item)
            return True
        if self.items and not self._opened and not _follows(self.items[-1].number, mark.number):
            return False
        self._opened = False
        self.items.extend(_split(item))
        return True

    def plain(self, line: Line, following: Mark | None) -> bool:
        """Take a line without a mark; return False where the list is over."""
        if self._is_group(line, following):
            self._group, self._opened = line.text.strip(' :：“”"'), True
            return True
        if not self.items:
            return True
        if self._last.continues(line):
            self._last.lines.append(line)
            return True
        if following is None:
            return False
        climbs = following.number not in (None, "1") and _follows(
            self.items[-1].number, following.number
        )
        return climbs or (line.gap > 0 and len(line.text) > _LONG)

    @property
    def _last(self) -> Item:
        top = self.items[-1]
        return top.children[-1] if top.children else top

    def _is_group(self, line: Line, following: Mark | None) -> bool:
        if following is None or len(line.text) > _LONG:
            return False
        squeezed = re.sub(r"[\s“”\":：]+", "", line.text)
        if squeezed and squeezed in self._groups:
            return True
        return bool(self.items) and following.number in ("1", "ก") and line.gap > 0


def _below(top: Mark, mark: Mark) -> bool:
    if mark.style == top.style:
        return mark.depth > top.depth
    return not (top.style == "bullet" and mark.number is not None)


def _begins(number: str | None) -> bool:
    """Tell whether a list may begin with this number; a later one is a heading's or a table's."""
    return number is None or not number.isdecimal() or int(number) <= 1


def _follows(last: str | None, number: str | None) -> bool:
    """Tell whether a number may come next; one may be left out or set twice by mistake."""
    if last is None or number is None or not (last.isdecimal() and number.isdecimal()):
        return True
    return int(last) <= int(number) <= int(last) + 2


def _split(item: Item) -> list[Item]:
    """Part an item from the next ones where they follow on the same line (3. … 4. …)."""
    line, number = item.lines[0], item.number
    if not (item.mark and number and number.isdecimal() and item.mark.style in _FOLLOWING):
        return [item]
    pattern = _FOLLOWING[item.mark.style].format(n=int(number) + 1)
    following = re.search(pattern, arabic(line.text))
    if following is None:
        return [item]
    rest = Item([line.tail(following.end())], item.mark, item.group, number=str(int(number) + 1))
    return [replace(item, lines=[line.head(following.start())]), *_split(rest)]
