"""Lines in the order in which they are read, where a page was not written in it.

Content order is kept: sorted by place, the lines of two columns would mingle. Only where a
form's printed words were drawn before what was filled in does a line go back to its place:
above the lines that stand below it in its own column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.readers.pdf.runs import Line

# As shares of the font size.
_LEVEL = 0.35
_LOWER = 0.5
_SHARED = 0.5
_NARROWEST = 1.5
"""A narrower line may be a letter of a word written upwards."""

_NEXT = 3.0


class _Box(NamedTuple):
    y: float
    x0: float
    x1: float
    size: float


def reading_order(lines: Sequence[Line]) -> list[int]:
    """Return the places of the lines in the order in which they are read."""
    boxes = [_Box(line.y, line.x0, line.x1, line.size) for line in lines]
    placed: list[int] = []
    lowest = float("-inf")
    for stretch in _stretches(boxes):
        below: list[int | None] = [None] * len(stretch)
        top = boxes[stretch[0]].y
        if top < lowest:
            lower = [at for at in placed if boxes[at].y > top]
            below = _shared([_below(boxes, lower, i) for i in stretch], boxes, stretch)
        for index, other in zip(stretch, below, strict=True):
            placed.insert(len(placed) if other is None else placed.index(other), index)
        lowest = max(lowest, boxes[stretch[-1]].y)
    return placed


def _stretches(boxes: Sequence[_Box]) -> Iterator[range]:
    """Yield runs of lines that go down the page step by step."""
    start = 0
    for index in range(1, len(boxes) + 1):
        if index == len(boxes) or not _goes_on(boxes[index - 1], boxes[index]):
            yield range(start, index)
            start = index


def _below(boxes: Sequence[_Box], placed: Sequence[int], index: int) -> int | None:
    """Find the first placed line that stands below a line, in its column."""
    y, x0, x1, size = boxes[index]
    if x1 - x0 < _NARROWEST * size:
        return None
    y, x0, x1 = y + _LOWER * size, x0 + _SHARED * size, x1 - _SHARED * size
    for at in placed:
        other = boxes[at]
        if other.y > y and other.x0 < x1 and other.x1 > x0:
            return at
    return None


def _shared(
    below: list[int | None], boxes: Sequence[_Box], stretch: Sequence[int]
) -> list[int | None]:
    """Let lines of a stretch go where their neighbours go, as long as that is below them."""
    places = range(len(stretch))
    for here, neighbour in [*pairwise(reversed(places)), *pairwise(places)]:
        stated = below[here]
        if below[neighbour] is None and stated is not None:
            higher = boxes[stated].y > boxes[stretch[neighbour]].y
            below[neighbour] = stated if higher else None
    return below


def filled_in(lines: Sequence[Line]) -> list[Line]:
    """Put what stands in the gaps of an earlier line on the same height into that line."""
    result: list[Line] = []
    open_lines: list[tuple[int, list[tuple[float, float]]]] = []
    for line in lines:
        seat = next((at for at, gaps in open_lines if _fits_into(result[at], gaps, line)), None)
        if seat is not None:
            result[seat] = _together(result[seat], line)
            continue
        if gaps := _gaps(line):
            open_lines.append((len(result), gaps))
        result.append(line)
    return result


def _gaps(line: Line) -> list[tuple[float, float]]:
    """List the wide gaps between the pieces of a line."""
    inked = [run for run in line.runs if run.text.strip()] if len(line.runs) > 1 else []
    return [(a.x1, b.x0) for a, b in pairwise(inked) if b.x0 - a.x1 > line.size]


def _fits_into(line: Line, gaps: Sequence[tuple[float, float]], other: Line) -> bool:
    """Whether a line stands in the gaps of another on its height."""
    if abs(line.y - other.y) > _LEVEL * line.size:
        return False
    return all(
        any(left <= run.x0 and run.x1 <= right for left, right in gaps)
        for run in other.runs
        if run.text.strip()
    )


def _together(line: Line, other: Line) -> Line:
    """Put each run of a line into the gap of the other it stands in; order stays within."""
    runs = list(line.runs)
    for run in other.runs:
        behind = [at for at, known in enumerate(runs) if known.x0 <= run.x0 and known.text.strip()]
        runs.insert(behind[-1] + 1 if behind else 0, run)
    return Line(tuple(runs), line.room)


def _goes_on(line: _Box, other: _Box) -> bool:
    """Whether a line stands right below another, or on its height."""
    return -_LEVEL * line.size <= other.y - line.y <= _NEXT * max(line.size, other.size)
