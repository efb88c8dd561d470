"""Placement of labels beside points so that none covers another."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ABOVE = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""Marks above and below take no room on the line."""
_SMALL, _LARGE = (820, 620), (1240, 940)
_MANY, _EDGE = 40, 60
_DOT = 5.0
_ANGLES = 16

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Board:
    """Maps points to pixels, y downwards, and places labels of `letters` pixels height."""

    width: int
    height: int
    letters: int
    left: float
    top: float
    scale: float

    @classmethod
    def around(cls, points: Sequence[Point], letters: int) -> Board:
        """Make a board on which the points fill the width or height; both have one scale."""
        width, height = _SMALL if len(points) <= _MANY else _LARGE
        xs, ys = [x for x, _ in points], [y for _, y in points]
        across, down = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0
        scale = min((width - 2 * _EDGE) / across, (height - 2 * _EDGE) / down)
        height = max(round(down * scale) + 2 * _EDGE, 3 * _EDGE)
        return cls(width, height, letters, min(xs), max(ys), scale)

    def pixel(self, point: Point) -> Point:
        """Return where a point stands."""
        x = _EDGE + (point[0] - self.left) * self.scale
        y = _EDGE + (self.top - point[1]) * self.scale
        return round(x, 1), round(y, 1)

    def labels(self, names: Sequence[str], points: Sequence[Point]) -> list[Point]:
        """Return the middle of each name: near its point, over no other name and no point."""
        dots = [self.pixel(point) for point in points]
        taken = [(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in dots]
        placed = []
        for name, dot in zip(names, dots, strict=True):
            middle = self._free(name, dot, taken)
            taken.append(self._box(name, middle))
            placed.append(middle)
        return placed

    def _free(self, name: str, dot: Point, taken: Sequence[Box]) -> Point:
        first = (dot[0], dot[1] - self.letters)
        for middle in _around(dot, self.letters, self._box(name, (0, 0))[2]):
            box = self._box(name, middle)
            if self._inside(box) and not any(_cover(box, other) for other in taken):
                return middle
        return first

    def _inside(self, box: Box) -> bool:
        return box[0] >= 0 and box[1] >= 0 and box[2] <= self.width and box[3] <= self.height

    def _box(self, name: str, middle: Point) -> Box:
        half = len(_ABOVE.sub("", name)) * self.letters * 0.29 + 2
        high = self.letters * 0.72
        x, y = middle
        return x - half, y - high, x + half, y + high


def _around(dot: Point, letters: int, half: float) -> Iterator[Point]:
    """Give places for a name's middle, nearest first: above, below, beside, then farther out."""
    for ring in range(14):
        far = letters * (1.25 + 0.8 * ring)
        for step in range(_ANGLES):
            turn = math.pi * (0.5 + (step // 2 if step % 2 else -step // 2) * 2 / _ANGLES)
            x, y = math.cos(turn), math.sin(turn)
            yield round(dot[0] + x * (far + half), 1), round(dot[1] - y * far, 1)


def _cover(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
