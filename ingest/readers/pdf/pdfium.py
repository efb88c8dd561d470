"""PDFium's drawing objects as runs of text, in content order, with /ActualText obeyed.

PDFium's own page text puts marks behind blanks and repeats what /ActualText stands for
several objects; its drawing objects keep the order in which the page was written.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from ingest.readers.pdf.runs import Run

_BUFFER = 1 << 16
_DEEPEST = 8
_SAME_PLACE = 0.15  # of the font size

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing object of a page, and the matrix of the forms it stands in."""

    handle: Any
    kind: int
    matrix: Matrix


def runs(page: PdfPage) -> list[Run]:
    """Return the text of a page as runs, in the order in which they were drawn."""
    view = view_of(page)
    text = page.get_textpage()
    try:
        letters = _Letters(text.raw)
        return list(_runs(page, view, letters))
    finally:
        text.close()


def drawn(page: PdfPage) -> Iterator[Drawn]:
    """Yield the drawing objects of a page, those inside forms too."""
    count = pdfium.FPDFPage_CountObjects(page)
    for index in range(count):
        yield from _opened(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)


def _opened(handle: Any, matrix: Matrix, depth: int) -> Iterator[Drawn]:
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield Drawn(handle, kind, matrix)
        return
    if depth >= _DEEPEST:
        return
    inner = multiply(matrix_of(handle), matrix)
    for index in range(pdfium.FPDFFormObj_CountObjects(handle)):
        yield from _opened(pdfium.FPDFFormObj_GetObject(handle, index), inner, depth + 1)


def matrix_of(handle: Any) -> Matrix:
    """Return the matrix of a drawing object."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does `first`, and `then` on what came out."""
    if then is IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def place(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def view_of(page: PdfPage) -> Matrix:
    """Return the matrix from PDF coordinates to points from the page's top left corner."""
    left, bottom, right, top = page.get_bbox()
    turned: dict[int, Matrix] = {
        0: (1, 0, 0, -1, -left, top),
        90: (0, 1, 1, 0, -bottom, -left),
        180: (-1, 0, 0, 1, right, -bottom),
        270: (0, -1, -1, 0, top, right),
    }
    return turned[page.get_rotation()]


def _runs(page: PdfPage, view: Matrix, letters: _Letters) -> Iterator[Run]:
    shown = _Shown()
    told: int | None = None
    last: Run | None = None
    for item in drawn(page):
        if item.kind != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        matrix = multiply(item.matrix, view)
        mark, meant = letters.actual(item.handle)
        if last is not None and mark is not None and mark == told:
            last = replace(last, x1=max(last.x1, _box(item.handle, matrix)[2]))
            continue
        if last is not None and not shown.twice(last):
            yield last
        told, last = mark, _run(item, matrix, meant, letters)
    if last is not None and not shown.twice(last):
        yield last


class _Shown:
    """Where each piece of text was drawn, to tell letters made bold by drawing them twice."""

    def __init__(self) -> None:
        self._places: dict[str, list[tuple[float, float]]] = {}

    def twice(self, run: Run) -> bool:
        """Whether the same text stands at the same place already; remember it if not."""
        places = self._places.setdefault(run.text, [])
        near = _SAME_PLACE * run.size
        if any(abs(x - run.origin) < near and abs(y - run.y) < near for x, y in places):
            return bool(run.text.strip())
        places.append((run.origin, run.y))
        return False


def _run(item: Drawn, matrix: Matrix, meant: str | None, letters: _Letters) -> Run | None:
    text, end = letters.of(item.handle)
    box = _box(item.handle, matrix)
    if meant is None and not text:
        if box[0] != box[2]:
            return None
        text = " "
    pen = multiply(matrix_of(item.handle), matrix)
    x, y = pen[4], pen[5]
    edge = box[2] if end is None else max(box[2], place(matrix, *end)[0])
    return Run(text if meant is None else meant, x, box[0], edge, y, _size(item.handle, pen))


def _box(handle: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of an object's ink."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    x0, y0 = place(matrix, left.value, bottom.value)
    x1, y1 = place(matrix, right.value, top.value)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _size(handle: Any, pen: Matrix) -> float:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(handle, size)
    return float(abs(size.value) * (pen[2] ** 2 + pen[3] ** 2) ** 0.5) or 1.0


class _Letters:
    """Which letters of a page's text belong to which drawing object."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._buffer = ctypes.create_string_buffer(_BUFFER)
        self._string = self._read()
        self._spans = self._share_out()

    def of(self, handle: Any) -> tuple[str, tuple[float, float] | None]:
        """Return an object's letters, and where the pen stands after the last of them."""
        spans = self._spans.get(_address(handle))
        if not spans:
            return "", None
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._text, spans[-1][1] - 1, box)
        return "".join(map(self._slice, spans)), (box.right, box.bottom)

    def actual(self, handle: Any) -> tuple[int | None, str | None]:
        """Return the mark and the words of the /ActualText an object stands in, if any."""
        length = ctypes.c_ulong()
        buffer = ctypes.cast(self._buffer, ctypes.POINTER(ctypes.c_ubyte))
        for index in range(pdfium.FPDFPageObj_CountMarks(handle)):
            mark = pdfium.FPDFPageObj_GetMark(handle, index)
            if pdfium.FPDFPageObjMark_GetParamBlobValue(
                mark, b"ActualText", buffer, _BUFFER, length
            ):
                return _address(mark), _decode(self._buffer.raw[: length.value])
        return None, None

    def _read(self) -> str:
        count = pdfium.FPDFText_CountChars(self._text)
        units = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(self._text, 0, count, units)
        string = bytes(units)[: 2 * count].decode("utf-16-le", "replace")
        if len(string) == count and "\x00" not in string:
            return string
        return "".join(chr(pdfium.FPDFText_GetUnicode(self._text, i)) for i in range(count))

    def _share_out(self) -> dict[int, list[tuple[int, int]]]:
        spans: dict[int, list[tuple[int, int]]] = {}
        owner, start = 0, 0
        for index in range(len(self._string)):
            handle = pdfium.FPDFText_GetTextObject(self._text, index)
            found = _address(handle) if handle else 0
            if found != owner:
                spans.setdefault(owner, []).append((start, index))
                owner, start = found, index
        spans.setdefault(owner, []).append((start, len(self._string)))
        return spans

    def _slice(self, span: tuple[int, int]) -> str:
        piece = self._string[span[0] : span[1]]
        if " " not in piece:
            return piece
        generated = pdfium.FPDFText_IsGenerated
        return "".join(
            letter
            for index, letter in enumerate(piece, span[0])
            if letter != " " or generated(self._text, index) != 1
        )


def obeys_actual_text(page: PdfPage) -> bool:
    """Whether anything on a page stands for other words than it draws."""
    length = ctypes.c_ulong()
    buffer = (ctypes.c_ubyte * _BUFFER)()
    for item in drawn(page):
        for index in range(pdfium.FPDFPageObj_CountMarks(item.handle)):
            mark = pdfium.FPDFPageObj_GetMark(item.handle, index)
            if pdfium.FPDFPageObjMark_GetParamBlobValue(
                mark, b"ActualText", buffer, _BUFFER, length
            ):
                return True
    return False


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents)


def _decode(blob: bytes) -> str:
    """Decode a PDF text string."""
    if blob[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return blob.decode("utf-16", "replace")
    if blob[:3] == b"\xef\xbb\xbf":
        return blob[3:].decode("utf-8", "replace")
    return blob.decode("latin-1")
