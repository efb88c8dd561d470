"""Lines in the order in which they are read, where a page was not written in it.

Content order is kept: sorted by place, the lines of two columns would mingle. Only where a
form's printed words were drawn before what was filled in does a line go back to its place:
above the lines that stand below it in its own column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.readers.pdf.runs import Line

# As shares of the font size.
_LEVEL = 0.35
_LOWER = 0.5
_SHARED = 0.5
_NARROWEST = 1.5
"""A narrower line may be a letter of a word written upwards."""

_NEXT = 3.0


def reading_order(lines: Sequence[Line]) -> list[int]:
    """Return the places of the lines in the order in which they are read."""
    placed: list[int] = []
    lowest = float("-inf")
    for stretch in _stretches(lines):
        below: list[int | None] = [None] * len(stretch)
        top = lines[stretch[0]].y
        if top < lowest:
            lower = [at for at in placed if lines[at].y > top]
            below = _shared([_below(lines, lower, i) for i in stretch], lines, stretch)
        for index, other in zip(stretch, below, strict=True):
            placed.insert(len(placed) if other is None else placed.index(other), index)
        lowest = max(lowest, lines[stretch[-1]].y)
    return placed


def _stretches(lines: Sequence[Line]) -> Iterator[range]:
    """Yield runs of lines that go down the page step by step."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or not _goes_on(lines[index - 1], lines[index]):
            yield range(start, index)
            start = index


def _below(lines: Sequence[Line], placed: Sequence[int], index: int) -> int | None:
    """Find the first placed line that stands below a line, in its column."""
    line = lines[index]
    if line.x1 - line.x0 < _NARROWEST * line.size:
        return None
    for at in placed:
        other = lines[at]
        shared = min(other.x1, line.x1) - max(other.x0, line.x0)
        if other.y - line.y > _LOWER * line.size and shared > _SHARED * line.size:
            return at
    return None


def _shared(
    below: list[int | None], lines: Sequence[Line], stretch: Sequence[int]
) -> list[int | None]:
    """Let lines of a stretch go where their neighbours go, as long as that is below them."""
    places = range(len(stretch))
    for here, neighbour in [*pairwise(reversed(places)), *pairwise(places)]:
        told = below[here]
        if below[neighbour] is None and told is not None:
            higher = lines[told].y > lines[stretch[neighbour]].y
            below[neighbour] = told if higher else None
    return below


def filled_in(lines: Sequence[Line]) -> list[Line]:
    """Put what stands in the gaps of an earlier line on the same height into that line."""
    found: list[Line] = []
    heights: dict[int, list[int]] = {}
    for line in lines:
        near = round(line.y)
        seats = [i for y in (near - 1, near, near + 1) for i in heights.get(y, ())]
        seat = next((i for i in seats if _fits_into(found[i], line)), None)
        if seat is None:
            heights.setdefault(near, []).append(len(found))
            found.append(line)
        else:
            found[seat] = _together(found[seat], line)
    return found


def _together(line: Line, other: Line) -> Line:
    """Put each run of a line into the gap of the other it stands in; order stays within."""
    runs = list(line.runs)
    for run in other.runs:
        behind = [at for at, known in enumerate(runs) if known.x0 <= run.x0 and known.text.strip()]
        runs.insert(behind[-1] + 1 if behind else 0, run)
    return Line(tuple(runs), line.room)


def _goes_on(line: Line, other: Line) -> bool:
    """Whether a line stands right below another, or on its height."""
    return -_LEVEL * line.size <= other.y - line.y <= _NEXT * max(line.size, other.size)


def _fits_into(line: Line, other: Line) -> bool:
    """Whether a line stands in the gaps between the pieces of another."""
    if abs(line.y - other.y) > _LEVEL * line.size or not line.x0 < other.x0 < other.x1 < line.x1:
        return False
    inked = [run for run in line.runs if run.text.strip()]
    gaps = [(a.x1, b.x0) for a, b in pairwise(inked) if b.x0 - a.x1 > line.size]
    return all(
        any(left <= run.x0 and run.x1 <= right for left, right in gaps)
        for run in other.runs
        if run.text.strip()
    )
