"""Runs of text and the lines they make: where each piece of a page stands.

Coordinates are PDF points from the top left corner of the page as people see it, y
downwards; a page turned by /Rotate is turned here already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ingest.readers.superscripts import raised
from ingest.thai.alphabet import MARKS

_ONLY_MARKS = re.compile(f"[{MARKS}\u0e33É-Í\uf700-\uf71a]+")
_FIGURE = re.compile(r"\s*[0-9๐-๙.,–-]+\s*")
# As shares of the font size.
_NEW_LINE = 0.35
_BACKWARDS = 1.5
_GAP = 0.2
_WIDE_GAP = 0.4
_NARROWEST = 0.6  # of the blanks a page draws
_SPREAD_FROM = 0.1
_SPREAD = 2.0

_RAISED = re.compile(r"[0-9๐-๙*†‡§#,()\[\] ]{1,4}")
_RAISED_SIZE = 0.85
_RAISED_FROM, _RAISED_TO = 0.15, 0.8
_NEAR = 1.2

# Lines drawn letter by letter: of so many runs, each of so few letters.
_MANY = 8
_FEW_LETTERS = 3


class Run(NamedTuple):
    """One piece of text drawn at once. `origin` is where its pen starts, `y` its baseline.

    `x0` and `x1` are the edges of its ink and pen, whichever is farther; `size` is the
    font's size in points. A run of blanks has no ink.
    """

    text: str
    origin: float
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True)
class Line:
    """Runs that stand on one baseline and were drawn one after another.

    `room` is how much of it, in font sizes, shows as a blank where none is drawn.
    """

    runs: tuple[Run, ...]
    room: float = 0.2

    @cached_property
    def text(self) -> str:
        """The words of the line, with a blank where the page shows one."""
        return compose(self.runs, self.room)

    @property
    def ends_blank(self) -> bool:
        """Whether the page draws a blank behind the last letter: a real one, no gap."""
        return self.runs[-1].text[-1:].isspace()

    @cached_property
    def x0(self) -> float:
        """The left edge."""
        return min(run.x0 for run in self.runs)

    @cached_property
    def x1(self) -> float:
        """The right edge."""
        return max(run.x1 for run in self.runs)

    @cached_property
    def y(self) -> float:
        """The baseline."""
        return self.runs[0].y

    @cached_property
    def size(self) -> float:
        """The size of the largest letters, in points."""
        return max(run.size for run in self.runs)


def lines(runs: Iterable[Run], room: float | None = None) -> list[Line]:
    """Cut runs into lines, in the order in which they were drawn."""
    runs = list(runs)
    room = room_of(runs) if room is None else room
    result: list[list[Run]] = []
    last: Run | None = None
    for run in _lowered(runs):
        if not run.text.strip():
            if result:
                result[-1].append(run)
            continue
        if last is None or not _continues(last, run):
            result.append([])
        result[-1].append(run)
        last = run
    return [Line(tuple(line), room) for line in result]


def _lowered(runs: Sequence[Run]) -> Iterator[Run]:
    """Set raised figures on the line they stand in: powers of units; marks of notes go."""
    last: Run | None = None
    before = ""
    at = 0
    while at < len(runs):
        run = runs[at]
        end = at
        while last is not None and end < len(runs) and _is_raised(last, runs[end]):
            end += 1
        if last is not None and end > at:
            if raised(before, "".join(mark.text for mark in runs[at:end])):
                yield from (mark._replace(y=last.y) for mark in runs[at:end])
            at = end
            continue
        if run.text.strip():
            before = before + run.text if last is not None and _continues(last, run) else run.text
            last = run
        yield run
        at += 1


def _is_raised(last: Run, run: Run) -> bool:
    """Whether a small figure stands above the baseline, right behind what it belongs to."""
    if run.size > _RAISED_SIZE * last.size or not _RAISED.fullmatch(run.text):
        return False
    height = (last.y - run.y) / last.size
    gap = (run.origin - last.x1) / last.size
    return _RAISED_FROM < height < _RAISED_TO and -_BACKWARDS < gap < _NEAR


def room_of(runs: Iterable[Run]) -> float:
    """Return the room between runs that shows as a blank, in font sizes.

    Where a page draws its blanks, less room than they take is letters set wide apart
    (justified text), not a blank.
    """
    drawn = sorted(_drawn_blanks(runs))
    return min(max(_GAP, _NARROWEST * drawn[len(drawn) // 2]), _WIDE_GAP) if drawn else _GAP


def _drawn_blanks(runs: Iterable[Run]) -> Iterator[float]:
    """Yield how wide the blanks between runs are that the page draws, in font sizes."""
    last: Run | None = None
    blank = False
    for run in runs:
        text = run.text
        if not text.strip():
            blank = True
            continue
        if last is not None and (blank or text[0] == " ") and _continues(last, run):
            yield (run.x0 - last.x1) / run.size
        last, blank = run, text[-1] == " "


def _continues(last: Run, run: Run) -> bool:
    size = last.size if last.size > run.size else run.size
    return abs(run.y - last.y) <= _NEW_LINE * size and run.origin >= last.origin - _BACKWARDS * size


def compose(runs: Sequence[Run], room: float) -> str:
    """Write the runs of one line as text."""
    ordered = _blanks_in_place(runs)
    room = max(room, _word_gap(ordered))
    pieces: list[str] = []
    edge: float | None = None
    for run in ordered:
        gap = min(run.origin, run.x0) - edge if edge is not None else 0.0
        if gap > room * run.size and run.text.strip() and not _ONLY_MARKS.fullmatch(run.text):
            pieces.append(" ")
        pieces.append(run.text)
        edge = run.x1 if edge is None else max(edge, run.x1)
    return " ".join("".join(pieces).split())


def _word_gap(runs: Sequence[Run]) -> float:
    """Return the room that parts words where letters are spread over the line, else 0.

    It is wider than what stands between most of the letters; figures stand in columns.
    """
    if len(runs) < _MANY or sum(len(run.text) for run in runs) > _FEW_LETTERS * len(runs):
        return 0.0
    letters = [run for run in runs if not _FIGURE.fullmatch(run.text)]
    gaps = sorted((b.x0 - a.x1) / b.size for a, b in pairwise(letters) if b.text.strip())
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    return _SPREAD * usual if usual > _SPREAD_FROM else 0.0


def _blanks_in_place(runs: Sequence[Run]) -> list[Run]:
    """Put blanks where they stand: some makers draw them before or after their neighbours."""
    inked = [run for run in runs if run.text.strip()]
    for blank in (run for run in runs if not run.text.strip()):
        at = (i for i, run in enumerate(inked) if run.origin >= blank.origin - 0.1 * run.size)
        inked.insert(next(at, len(inked)), blank)
    return inked
