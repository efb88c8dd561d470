"""Lists under a heading: marked in any style, inline in a paragraph, or without marks."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.statements.list_item import Item, marked
from ingest.extract.statements.marked_lists import marked_items
from ingest.extract.statements.plain_lists import plain_items
from ingest.layout.furniture import furniture
from ingest.layout.lines import Line
from ingest.layout.list_marks import Mark, inline_items

__all__ = ["Item", "items_of"]

# An inline list begins within so many lines of its heading.
_NEAR = 3


def items_of(lines: Sequence[Line], groups: str = "") -> list[Item]:
    """Return the items of the list that the lines hold.

    `groups` is the vision's text: an unmarked line that is one of its phrases is the heading of
    a group, not an item and not the end of the list.
    """
    lines = [line for line in lines if not furniture(line.text)]
    for line in lines[:_NEAR]:
        inline = inline_items(line.text)
        if inline:
            return [_piece(line, item.start, item.end, item.number) for item in inline]
    if any(marked(line) for line in lines):
        return marked_items(lines, groups)
    return plain_items(lines)


def _piece(line: Line, start: int, end: int, number: str) -> Item:
    return Item([line.head(end).tail(start)], Mark("paren", number, 0), number=number)
