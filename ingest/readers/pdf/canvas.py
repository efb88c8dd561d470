"""What one page draws: its text as runs, its straight lines as edges.

PDFium's own page text puts marks behind blanks and repeats what /ActualText stands for
several objects; its drawing objects keep the order in which the page was written.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from ingest.readers.pdf import raw
from ingest.readers.pdf.letters import Letters
from ingest.readers.pdf.matrices import IDENTITY, Matrix, multiply, place, view_of
from ingest.readers.pdf.runs import Run

_BUFFER = 1 << 16
_DEEPEST = 8
_SAME_PLACE = 0.15  # of the font size


class Drawn(NamedTuple):
    """A drawing object of a page, and the matrix of the forms it stands in."""

    handle: int
    kind: int
    matrix: Matrix


class Canvas:
    """The drawing objects of an open page, read once."""

    def __init__(self, page: PdfPage) -> None:
        self.page = page
        self.view = view_of(page)
        self.objects = tuple(_drawn(raw.address(page.raw)))
        self._buffer = ctypes.create_string_buffer(_BUFFER)
        self._length = ctypes.c_ulong()
        self._floats = tuple(ctypes.c_float() for _ in range(4))
        self._matrix = pdfium.FS_MATRIX()

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
        found = self._matrix
        raw.object_matrix(item.handle, found)
        own = (found.a, found.b, found.c, found.d, found.e, found.f)
        return multiply(multiply(own, item.matrix), self.view)

    def _runs(self, letters: Letters) -> list[Run]:
        runs: list[Run] = []
        told: int | None = None
        for item in self.objects:
            if item.kind != raw.TEXT:
                continue
            mark, meant = self._actual(item.handle)
            if mark is not None and mark == told and runs:
                runs[-1] = replace(runs[-1], x1=max(runs[-1].x1, self._box(item)[1]))
                continue
            told = mark
            runs += self._text(item, meant, letters)
        return _once(runs)

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
        raw.object_bounds(item.handle, *self._floats)
        left, bottom, right, top = self._floats
        matrix = multiply(item.matrix, self.view)
        if not matrix[2]:
            one, other = (matrix[0] * x.value + matrix[4] for x in (left, right))
        else:
            one, _ = place(matrix, left.value, bottom.value)
            other, _ = place(matrix, right.value, top.value)
        return (one, other) if one <= other else (other, one)

    def _size(self, handle: int, pen: Matrix) -> float:
        size = self._floats[0]
        raw.font_size(handle, size)
        scale = abs(pen[3]) if not pen[2] else (pen[2] ** 2 + pen[3] ** 2) ** 0.5
        return abs(size.value) * scale or 1.0

    def _actual(self, handle: int) -> tuple[int | None, str | None]:
        """Return the mark and the words of the /ActualText an object stands in, if any."""
        for index in range(raw.object_marks(handle)):
            mark = raw.object_mark(handle, index)
            if raw.mark_blob(mark, b"ActualText", self._buffer, _BUFFER, self._length):
                return mark, _decode(self._buffer.raw[: self._length.value])
        return None, None


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


def _drawn(page: int) -> Iterator[Drawn]:
    """Yield the drawing objects of a page, those inside forms too."""
    get, kind_of = raw.page_object, raw.object_kind
    for index in range(raw.page_objects(page)):
        handle = get(page, index)
        kind = kind_of(handle)
        if kind == raw.FORM:
            yield from _inside(handle, IDENTITY, 1)
        else:
            yield Drawn(handle, kind, IDENTITY)


def _inside(form: int, matrix: Matrix, depth: int) -> Iterator[Drawn]:
    found = pdfium.FS_MATRIX()
    raw.object_matrix(form, found)
    inner = multiply((found.a, found.b, found.c, found.d, found.e, found.f), matrix)
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
