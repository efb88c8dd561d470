"""Lists without marks: a line an item, or one paragraph in the place of a list."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.statements.exclusions import defines, introduces, latin, narrates, tabular
from ingest.extract.statements.list_item import Item, wraps
from ingest.layout.headings import continues_heading
from ingest.layout.lines import Line

_LONG = 120


def plain_items(lines: Sequence[Line]) -> list[Item]:
    """Return the items; the list ends at a wider gap, a new page, prose or a table."""
    items: list[Item] = []
    widest = 0
    for line in lines:
        if _skipped(line):
            if items:
                break
            continue
        if items and wraps(items[-1].lines[-1], line):
            items[-1].lines.append(line)
            continue
        if items and (line.page != items[-1].lines[-1].page or line.gap > widest):
            break
        if tabular(line.text):
            break
        widest = max(widest, line.gap)
        items.append(Item([line]))
    return items


def _skipped(line: Line) -> bool:
    text = line.text
    if defines(text) or introduces(text) or latin(text) or continues_heading(text):
        return True
    return len(text) > _LONG and narrates(text)
