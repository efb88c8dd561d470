"""Where on a printed page a text stands: its letters looked up among the page's own.

Letters that fonts and readers treat differently (marks above and below, blanks, signs) are left
out on both sides. A text that a table or a page break tears apart is looked up piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
_LEFT_OUT = re.compile(r"[^0-9A-Za-zก-ฮะาเ-ไ]")
_SAME = str.maketrans("๐๑๒๓๔๕๖๗๘๙ำ", "0123456789า")
_FEWEST = 5
"""Pieces of fewer letters stand anywhere by chance."""
_RECENT, _GAP, _SHIFT = 4, 6, 2
"""Letters before, and pixels above or below, within which a letter is one given twice."""
_ENOUGH = 0.6
"""A text of which less than this share was met is not said to stand on the page."""


class PageMarks:
    """A page's letters, ready to be looked through; `about` is what `PageImages.letters` gives."""

    def __init__(self, about: Mapping[str, Any]) -> None:
        letters: list[str] = []
        self._boxes: list[Sequence[int]] = []
        for letter, box in zip(about["text"].translate(_SAME), about["boxes"], strict=True):
            if not _LEFT_OUT.match(letter) and not _is_twin(letter, box, letters, self._boxes):
                letters.append(letter)
                self._boxes.append(box)
        self._text = "".join(letters)
        self._after = 0

    def boxes(self, text: str) -> list[Box]:
        """Return where a text stands, a box a line; empty where it does not stand here.

        Ask in the order of the page: a text that stands here twice is met after the last one.
        """
        wanted = _LEFT_OUT.sub("", text.translate(_SAME))
        pieces = list(self._pieces(wanted))
        met = sum(end - start for start, end in pieces)
        if not wanted or met < _ENOUGH * len(wanted):
            return []
        self._after = pieces[-1][1]
        return lines_of(self._boxes[at] for start, end in pieces for at in range(start, end))

    def _pieces(self, wanted: str) -> Iterable[tuple[int, int]]:
        at, after = 0, self._after
        while at < len(wanted):
            length = self._longest(wanted, at)
            if length < min(_FEWEST, len(wanted)):
                at += 1
                continue
            piece = wanted[at : at + length]
            start = self._text.find(piece, after)
            start = self._text.find(piece) if start < 0 else start
            yield start, start + length
            at, after = at + length, start + length

    def _longest(self, wanted: str, at: int) -> int:
        low, high = 0, len(wanted) - at
        while low < high:
            middle = (low + high + 1) // 2
            if wanted[at : at + middle] in self._text:
                low = middle
            else:
                high = middle - 1
        return low


def _is_twin(
    letter: str, box: Sequence[int], letters: Sequence[str], boxes: Sequence[Sequence[int]]
) -> bool:
    """Return whether a letter was just given at this place: fonts name letters twice."""
    recent = zip(letters[-_RECENT:], boxes[-_RECENT:], strict=True)
    return any(letter == one and _touches(box, other) for one, other in recent)


def _touches(box: Sequence[int], other: Sequence[int]) -> bool:
    """Return whether two letters are drawn over one another, or one right above the other."""
    if abs(box[0] - other[0]) <= _SHIFT:
        return True
    beside = box[0] < other[2] and other[0] < box[2]
    return beside and max(box[1], other[1]) - min(box[3], other[3]) < _GAP


def lines_of(boxes: Iterable[Sequence[int]]) -> list[Box]:
    """Join boxes of letters that stand on one line, one after another."""
    lines: list[list[int]] = []
    for left, top, right, bottom in boxes:
        if right <= left or bottom <= top:  # drawn without any ink
            continue
        last = lines[-1] if lines else None
        height = bottom - top
        if (
            last
            and min(bottom, last[3]) - max(top, last[1]) > height / 2
            and -height < left - last[2] < 2 * height
        ):
            lines[-1] = [
                min(left, last[0]),
                min(top, last[1]),
                max(right, last[2]),
                max(bottom, last[3]),
            ]
        else:
            lines.append([left, top, right, bottom])
    return [(box[0], box[1], box[2], box[3]) for box in lines]
