"""Which lines of a page belong together, decided by where they stand.

A line goes on in the next where the next one's first word had no room left on it, unless
the next is indented, set larger, farther away, or begins a list item or a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.runs import Line
from ingest.thai.alphabet import MARKS, THAI
from ingest.thai.lines import begins_item
from ingest.thai.words import segment

END = "\n"
"""What stands between two lines that do not belong together."""

# All as shares of the font size.
_INDENT = 1.0
_SAME = 0.5
_FARTHEST = 3.0
_ROOM = 1.0
_RAGGED = 1.5

_LARGER = 1.15
_WIDER_STEP = 1.5
_NUMBER_AWAITED = re.compile(r"(?:และ|หรือ|ที่|จำนวน|ปี|ข้อ|มาตรา|พ\.\s?ศ\.|ร้อยละ|ระหว่าง|ถึง|[-–,(])\s*$")
_STARTS_NUMBER = re.compile(r"\s*[(]?[0-9๐-๙]")
_STARTS_THAI = re.compile(f"[{THAI}]")
_ENDS_THAI = re.compile(f"[{THAI}]$")
_NO_WIDTH = re.compile(f"[{MARKS}]")


def joints(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return what stands behind each line: nothing, a blank, or a line end."""
    result: list[str] = []
    for block in _blocks(lines):
        edge = _right_edge(block)
        step = _usual_step(block)
        for index, line in enumerate(block):
            before = block[index - 1] if index else None
            after = block[index + 1] if index + 1 < len(block) else None
            goes_on = after is not None and _goes_on(before, line, after, edge, step)
            result.append(_blank(line, after) if after is not None and goes_on else END)
    return tuple(result)


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut a page into runs of lines that stand one below the other."""
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and _is_below(blocks[-1][-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _is_below(line: Line, other: Line) -> bool:
    step = other.y - line.y
    overlap = min(line.x1, other.x1) - max(line.x0, other.x0)
    return 0 < step <= _FARTHEST * max(line.size, other.size) and overlap > 0


def _right_edge(block: Sequence[Line]) -> float:
    """Return the edge that at least three lines reach: a title may be wider than the text."""
    ends = sorted((line.x1 for line in block), reverse=True)
    near = _RAGGED * block[0].size
    for end, third in zip(ends, ends[2:], strict=False):
        if end - third <= near:
            return end
    return ends[0]


def _usual_step(block: Sequence[Line]) -> float:
    steps = [b.y - a.y for a, b in pairwise(block)]
    return median(steps) if steps else 0.0


def _goes_on(before: Line | None, line: Line, after: Line, edge: float, step: float) -> bool:
    size = line.size
    if max(line.size, after.size) > _LARGER * min(line.size, after.size):
        return False
    if after.y - line.y > _WIDER_STEP * step and step:
        return False
    if after.x0 > line.x0 + _INDENT * size and not begins_item(line.text):
        return False
    if before is not None and _ends_hanging(before, line, after):
        return False
    if _has_room(edge - _ROOM * size - line.x1, after):
        return False
    return not begins_item(after.text) or _awaits_number(line, after)


def _ends_hanging(before: Line, line: Line, after: Line) -> bool:
    """Whether two lines stand indented below each other and the third stands out again."""
    size = line.size
    return abs(before.x0 - line.x0) < _SAME * size and after.x0 < line.x0 - _INDENT * size


def _awaits_number(line: Line, after: Line) -> bool:
    """Whether the number that begins a line is the one the last line ends without."""
    return bool(_NUMBER_AWAITED.search(line.text) and _STARTS_NUMBER.match(after.text))


def _has_room(room: float, after: Line) -> bool:
    """Whether the next line's first word would have fitted into the room a line left."""
    return room >= 0 and (room >= after.x1 - after.x0 or room >= _first_word(after))


def _first_word(line: Line) -> float:
    """Return how wide the first word of a line is."""
    text = line.text
    head = text[:30].split(" ", 1)[0]
    word = next(iter(segment(head)), head)
    letters = len(_NO_WIDTH.sub("", text)) or 1
    return (line.x1 - line.x0) * len(_NO_WIDTH.sub("", word)) / letters


def _blank(line: Line, after: Line) -> str:
    """Return what joins two lines: Thai words need a blank only where the page draws one."""
    if not (_ENDS_THAI.search(line.text) and _STARTS_THAI.match(after.text)):
        return " "
    return " " if line.ends_blank else ""
