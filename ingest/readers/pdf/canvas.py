"""What one page draws: its text as runs, its straight lines as edges.

PDFium's own page text puts marks behind blanks and repeats what /ActualText stands for
several objects; its drawing objects keep the order in which the page was written.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from typing import NamedTuple

from pypdfium2 import PdfPage

from ingest.formats.limits import Limits
from ingest.readers.pdf import pdfium as raw
from ingest.readers.pdf.letters import Letters
from ingest.readers.pdf.matrices import (
    IDENTITY,
    Matrix,
    multiply,
    place,
    quarters_of,
    turned,
    view_of,
)
from ingest.readers.pdf.runs import Run

MOST_OBJECTS = Limits().objects
"""What a page draws beyond so many objects is left out."""

_BUFFER = 1 << 16
_DEEPEST = 8
_SAME_PLACE = 0.15  # of the font size
_SIDEWAYS = 0.7
"""A page whose text runs up or down is turned from this share of it."""

_HUGE = 40.0
_CLEAR, _PALE = 160, 170
"""Watermarks are less opaque, or paler, of 255."""


class Drawn(NamedTuple):
    """A drawing object of a page, and the matrix of the forms it stands in."""

    handle: int
    kind: int
    matrix: Matrix


class Canvas:
    """The drawing objects of an open page, read once: `most` of them, `cut` where it has more."""

    def __init__(self, page: PdfPage, most: int = MOST_OBJECTS) -> None:
        self.page = page
        self.view = view_of(page)
        drawn = tuple(islice(_drawn(raw.address(page.raw), most), most + 1))
        self.objects = drawn[:most]
        self.cut = len(drawn) > most
        self.watermarks: list[str] = []
        self._buffer = ctypes.create_string_buffer(_BUFFER)
        self._length = ctypes.c_ulong()
        self._numbers = raw.Numbers()
        self._meant: dict[int, str | None] = {}
        self.crossed = False
        """Whether text runs upwards, downwards or across the page: other engines mix it up."""

        self.view = self._upright()

    def _upright(self) -> Matrix:
        """Return the view from which the page's text, or nearly all of it, stands upright."""
        ways = Counter(
            quarters_of(self.matrix_of(item)) for item in self.objects if item.kind == raw.TEXT
        )
        way, count = ways.most_common(1)[0] if ways else (0, 0)
        self.crossed = bool(way or ways[None])
        if not way or count < _SIDEWAYS * ways.total():
            return self.view
        width, height = self.page.get_size()
        return turned(self.view, float(width), float(height), way)

    def runs(self) -> list[Run]:
        """Return the text of the page as runs, in the order in which they were drawn."""
        text = self.page.get_textpage()
        try:
            return self._runs(Letters(text, self.view))
        finally:
            text.close()

    def obeys_actual_text(self) -> bool:
        """Whether anything on the page stands for other words than it draws."""
        return any(self._actual(item.handle)[0] for item in self.objects if item.kind == raw.TEXT)

    def matrix_of(self, item: Drawn) -> Matrix:
        """Return the matrix from an object's own space to what people see."""
        raw.object_matrix(item.handle, self._numbers.at[0])
        return multiply(multiply(self._numbers.matrix(), item.matrix), self.view)

    def _runs(self, letters: Letters) -> list[Run]:
        runs: list[Run] = []
        stated: int | None = None
        for item in self.objects:
            if item.kind != raw.TEXT:
                continue
            mark, meant = self._actual(item.handle)
            if mark is not None and mark == stated and runs:
                runs[-1] = runs[-1]._replace(x1=max(runs[-1].x1, self._box(item)[1]))
                continue
            stated = mark
            drawn = self._text(item, meant, letters)
            if self._is_watermark(item):
                self.watermarks += [run.text for run in drawn if run.text.strip()]
            else:
                runs += drawn
        return _once(runs)

    def _is_watermark(self, item: Drawn) -> bool:
        """Whether text lies over the page: at an angle, or pale and huge."""
        pen = self.matrix_of(item)
        if quarters_of(pen) is None:
            return True
        if self._size(item.handle, pen) < _HUGE:
            return False
        red, green, blue, alpha = raw.fill_color(item.handle)
        return alpha < _CLEAR or min(red, green, blue) > _PALE

    def _text(self, item: Drawn, meant: str | None, letters: Letters) -> list[Run]:
        """Return the text one object draws: several runs where it leaves wide blanks."""
        pen = self.matrix_of(item)
        origin, y, size = pen[4], pen[5], self._size(item.handle, pen)
        pieces = letters.pieces(item.handle, size, origin)
        if pieces and meant is None:
            return [
                Run(piece.text, x0, x0, piece.x1, y, size)
                for piece in pieces
                for x0 in (origin if piece.x0 is None else piece.x0,)
            ]
        left, right = self._box(item)
        if meant is not None:
            return [Run(meant, origin, left, max([right, *(p.x1 for p in pieces)]), y, size)]
        return [Run(" ", origin, left, right, y, size)] if left == right else []

    def _box(self, item: Drawn) -> tuple[float, float]:
        """Return the left and right edge of an object's ink."""
        raw.object_bounds(item.handle, *self._numbers.at[:4])
        left, bottom, right, top = self._numbers.box()
        matrix = multiply(item.matrix, self.view)
        if not matrix[2]:
            one, other = matrix[0] * left + matrix[4], matrix[0] * right + matrix[4]
        else:
            one, _ = place(matrix, left, bottom)
            other, _ = place(matrix, right, top)
        return (one, other) if one <= other else (other, one)

    def _size(self, handle: int, pen: Matrix) -> float:
        raw.font_size(handle, self._numbers.at[0])
        scale = abs(pen[3]) if not pen[2] else (pen[2] ** 2 + pen[3] ** 2) ** 0.5
        return abs(self._numbers.one()) * scale or 1.0

    def _actual(self, handle: int) -> tuple[int | None, str | None]:
        """Return the mark and the words of the /ActualText an object stands in, if any."""
        for index in range(raw.object_marks(handle)):
            mark = raw.object_mark(handle, index)
            if mark not in self._meant:
                self._meant[mark] = self._words(mark)
            if (meant := self._meant[mark]) is not None:
                return mark, meant
        return None, None

    def _words(self, mark: int) -> str | None:
        if raw.mark_blob(mark, b"ActualText", self._buffer, _BUFFER, self._length):
            return _decode(ctypes.string_at(self._buffer, self._length.value))
        return None


def _once(runs: Iterable[Run]) -> list[Run]:
    """Drop what is drawn twice at the same place to look bold."""
    places: dict[str, list[Run]] = {}
    kept: list[Run] = []
    for run in runs:
        same = places.setdefault(run.text, [])
        near = _SAME_PLACE * run.size
        for other in same:
            if abs(other.origin - run.origin) < near and abs(other.y - run.y) < near:
                break
        else:
            same.append(run)
            kept.append(run)
    return kept


def _drawn(page: int, most: int) -> Iterator[Drawn]:
    """Yield the drawing objects of a page, those inside forms too; of the page itself `most`."""
    count = min(raw.page_objects(page), most + 1)
    handles = list(map(raw.page_object, repeat(page), range(count)))
    for handle, kind in zip(handles, map(raw.object_kind, handles), strict=True):
        if kind == raw.FORM:
            yield from _inside(handle, IDENTITY, 1)
        else:
            yield Drawn(handle, kind, IDENTITY)


def _inside(form: int, matrix: Matrix, depth: int) -> Iterator[Drawn]:
    result = raw.Numbers()
    raw.object_matrix(form, result.at[0])
    inner = multiply(result.matrix(), matrix)
    for index in range(raw.form_objects(form)):
        handle = raw.form_object(form, index)
        kind = raw.object_kind(handle)
        if kind != raw.FORM:
            yield Drawn(handle, kind, inner)
        elif depth <= _DEEPEST:
            yield from _inside(handle, inner, depth + 1)


def _decode(blob: bytes) -> str:
    """Decode a PDF text string."""
    if blob[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return blob.decode("utf-16", "replace")
    if blob[:3] == b"\xef\xbb\xbf":
        return blob[3:].decode("utf-8", "replace")
    return blob.decode("latin-1")
