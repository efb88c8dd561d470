"""PDFium's letters of one page, shared out among the objects that draw them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import NamedTuple

from pypdfium2 import PdfTextPage

from ingest.readers.pdf import pdfium as raw
from ingest.readers.pdf.matrices import Matrix, place

_GAP = 0.2
"""Room between letters that shows as a blank, in font sizes."""

_WORD = re.compile(r"\S+")

_FIGURE = re.compile(r"[0-9๐-๙.,–-]+")
_CLOSE, _FIGURES_CLOSE = 0.8, 0.55
"""Letters that take less room each stand side by side; blanks may be drawn before others."""

_BLANK = 0.5
_SPARSE = 1.2
"""Letters that take more room than so many font sizes each stand apart."""


class Piece(NamedTuple):
    """Letters that one object draws side by side.

    `x0` is where the pen starts (None: where the object does), `x1` where it ends.
    """

    text: str
    x0: float | None
    x1: float


class Letters:
    """The letters of a page's text by the drawing object they belong to.

    `view` leads from PDF coordinates to what people see.
    """

    def __init__(self, text: PdfTextPage, view: Matrix) -> None:
        self._text = raw.address(text.raw)
        self._view = view
        self._upright, self._scale, self._shift = not view[2], view[0], view[4]
        self._numbers = raw.Numbers()
        self._at = self._numbers.at[0]
        self.string = self._read()
        self._spans = self._share_out()

    def pieces(self, handle: int, size: float, origin: float) -> list[Piece]:
        """Return the letters of an object, parted where they leave room: it may cross columns.

        `size` is the font's size in points, `origin` where the object's pen starts.
        """
        spans = self._spans.get(handle)
        if not spans:
            return []
        first, after = spans[0]
        if len(spans) == 1 and self.string.find(" ", first, after) < 0:
            end = self._edges(after - 1)[1]
            close = _FIGURES_CLOSE if _FIGURE.fullmatch(self.string, first, after) else _CLOSE
            if end - origin < close * size * (after - first):
                return [Piece(self.string[first:after], None, end)]
            start = self._edges(first)[0]
            begun = start if start - origin > _BLANK * size else None
            if after - first < 2 or end - start < _SPARSE * size * (after - first):
                return [Piece(self.string[first:after], begun, end)]
            return list(self._scattered(first, after, size))
        parted = list(self._parted([i for span in spans for i in range(*span)], size))
        if parted and parted[0].x0 is None and not parted[0].text[:1].isspace():
            start = self._edges(first)[0]
            if start - origin > _BLANK * size:
                parted[0] = parted[0]._replace(x0=start)
        return parted

    def _parted(self, indexes: list[int], size: float) -> Iterator[Piece]:
        """Walk over an object's letters; blanks are weighed by the room they take."""
        text, start, last = "", None, None
        blank: int | None = None
        for index in indexes:
            if self.string[index] == " ":
                blank = index if blank is None else blank
                continue
            if blank is not None:
                before, after = self._edge(last, blank), self._edges(index)[0]
                if text and after - before > _GAP * size:
                    yield Piece(text + self._blank(blank), start, before)
                    text, start = "", after
                else:
                    text += self._blank(blank)
                    start = after if last is None else start
            text += self.string[index]
            blank, last = None, index
        if text or blank is not None:
            yield Piece(text + self._blank(blank), start, self._edge(last, indexes[-1]))

    def _scattered(self, first: int, after: int, size: float) -> Iterator[Piece]:
        """Part letters that stand in several columns, with no blank told between them."""
        start, (left, right) = first, self._edges(first)
        for index in range(first + 1, after):
            x0, x1 = self._edges(index)
            if x0 - right > size:
                yield Piece(self.string[start:index], left, right)
                start, left = index, x0
            right = x1
        yield Piece(self.string[start:after], left, right)

    def _edge(self, last: int | None, otherwise: int) -> float:
        return self._edges(otherwise if last is None else last)[1]

    def _blank(self, index: int | None) -> str:
        """Return a blank where the file itself draws one, not one that PDFium put in."""
        real = index is not None and raw.text_generated(self._text, index) != 1
        return " " if real else ""

    def _edges(self, index: int) -> tuple[float, float]:
        """Return where the pen stands before and after a letter."""
        raw.text_box(self._text, index, self._at)
        left, top, right, bottom = self._numbers.box()
        if self._upright:
            one, other = self._scale * left + self._shift, self._scale * right + self._shift
        else:
            one, _ = place(self._view, left, bottom)
            other, _ = place(self._view, right, top)
        return (one, other) if one <= other else (other, one)

    def _read(self) -> str:
        count: int = raw.text_letters(self._text)
        units = (ctypes.c_ushort * (count + 1))()
        raw.text_string(self._text, 0, count, units)
        string = bytes(units)[: 2 * count].decode("utf-16-le", "replace")
        if len(string) == count and "\x00" not in string:
            return string
        return "".join(chr(raw.text_letter(self._text, index)) for index in range(count))

    def _share_out(self) -> dict[int, list[tuple[int, int]]]:
        spans: dict[int, list[tuple[int, int]]] = {}
        owner_of, text = raw.text_object, self._text
        owner, start = 0, 0
        index, stop, last = 0, 0, 0
        while index < len(self.string):
            result = owner_of(text, index) or 0
            if result != owner:
                spans.setdefault(owner, []).append((start, index))
                owner, start = result, index
            if index >= stop:
                word = _WORD.match(self.string, index)
                stop = word.end() if word else index + 1
                last = result if stop == index + 1 else owner_of(text, stop - 1) or 0
            # An object's letters stand together: a word's last is its, so is all between.
            index = stop if result == last else index + 1
        spans.setdefault(owner, []).append((start, len(self.string)))
        return spans
