"""A page as it was printed, as a picture, and where texts stand on it.

PDF pages are drawn by PDFium, pictures shown frame by frame. Where a text stands is found by its
letters and digits in the page's own text layer, in their order; vowels and marks above and below
don't count, for text that was read has been repaired. A scan has no text layer and no such places.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import ReadError
from ingest.formats.limits import Limits, display_name
from ingest.formats.sniff import Format, sniff
from ingest.thai.digits import arabic

if TYPE_CHECKING:
    from PIL.Image import Image

_PICTURES = (Format.PNG, Format.JPEG, Format.TIFF, Format.BMP, Format.GIF, Format.WEBP)
_LEAST_LETTERS = 4
"""Texts of fewer letters stand anywhere on a page."""
_SAME_LINE = 0.5
"""Two letters stand on one line where they share so much of their height."""

Box = tuple[float, float, float, float]
"""Left, top, width and height, as shares of the page's width and height."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a page: the character and its box."""

    character: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG, its size in pixels, and for each text asked for the boxes of its lines."""

    png: bytes
    size: tuple[int, int]
    boxes: tuple[tuple[Box, ...], ...]


def draw_page(
    path: Path, number: int, width: int, texts: tuple[str, ...], limits: Limits
) -> PageImage:
    """Draw a page `width` pixels wide and find texts on it.

    Raises ReadError: `page-image-none` for files without printed pages, `page-too-large`,
    `damaged`, `encrypted`.
    """
    with path.open("rb") as file:
        kind = sniff(file)
    if kind is Format.PDF:
        return _draw_pdf(path, number, width, texts, limits)
    if kind in _PICTURES:
        return _draw_picture(path, number, width, texts, limits)
    raise ReadError("page-image-none", file=display_name(path))


def boxes_of(letters: Sequence[Letter], text: str) -> tuple[Box, ...]:
    """Return a box a line around a text among the letters of a page; none where it isn't there."""
    places = [place for place, letter in enumerate(letters) if _counts(letter.character)]
    page = "".join(_plain(letters[place].character) for place in places)
    wanted = "".join(_plain(sign) for sign in text if _counts(sign))
    at = page.find(wanted) if len(wanted) >= _LEAST_LETTERS else -1
    if at < 0:
        return ()
    return tuple(_lines(letters[place].box for place in places[at : at + len(wanted)]))


def _counts(sign: str) -> bool:
    return sign.isalnum() and not "\u0e30" <= sign <= "\u0e4e"


def _plain(sign: str) -> str:
    return arabic(sign).lower()


def _lines(boxes: Iterator[Box]) -> Iterator[Box]:
    line: Box | None = None
    for box in boxes:
        if box[2] <= 0 or box[3] <= 0:
            continue
        if line is None:
            line = box
        elif _shared_height(line, box) >= _SAME_LINE * min(line[3], box[3]):
            line = _around(line, box)
        else:
            yield line
            line = box
    if line is not None:
        yield line


def _shared_height(one: Box, other: Box) -> float:
    return min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])


def _around(one: Box, other: Box) -> Box:
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right = max(one[0] + one[2], other[0] + other[2])
    bottom = max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top


def _draw_pdf(
    path: Path, number: int, width: int, texts: tuple[str, ...], limits: Limits
) -> PageImage:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            if not 1 <= number <= len(document):
                raise ReadError("page-image-none", file=display_name(path))
            page = document[number - 1]
            across, down = page.get_size()
            scale = width / max(across, 1.0)
            if width * down * scale > limits.pixels:
                raise ReadError("page-too-large", file=display_name(path))
            picture: Image = page.render(scale=scale).to_pil()
            letters = list(_letters(page, across, down))
    except pypdfium2.PdfiumError as error:
        raise ReadError("damaged", file=display_name(path), reason=str(error)) from error
    return PageImage(_png(picture), picture.size, tuple(boxes_of(letters, text) for text in texts))


def _letters(page: Any, across: float, down: float) -> Iterator[Letter]:
    """Yield the letters of a PDF page in the order of its text layer."""
    import pypdfium2.raw as raw

    layer = page.get_textpage()
    left, top, x, y = (ctypes.c_int() for _ in range(4))
    wide, high = 10_000, 10_000
    for number in range(layer.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(layer.raw, number))
        box = layer.get_charbox(number, loose=True)
        raw.FPDF_PageToDevice(page.raw, 0, 0, wide, high, 0, box[0], box[3], left, top)
        raw.FPDF_PageToDevice(page.raw, 0, 0, wide, high, 0, box[2], box[1], x, y)
        xs, ys = sorted((left.value, x.value)), sorted((top.value, y.value))
        yield Letter(
            sign, (xs[0] / wide, ys[0] / high, (xs[1] - xs[0]) / wide, (ys[1] - ys[0]) / high)
        )


def _draw_picture(
    path: Path, number: int, width: int, texts: tuple[str, ...], limits: Limits
) -> PageImage:
    import PIL.Image

    with PIL.Image.open(path) as file:
        if file.width * file.height > limits.pixels:
            raise ReadError("page-too-large", file=display_name(path))
        try:
            file.seek(number - 1)
        except EOFError as error:
            raise ReadError("page-image-none", file=display_name(path)) from error
        picture = file.convert("RGB")
    if picture.width > width:
        picture = picture.resize((width, max(1, round(picture.height * width / picture.width))))
    return PageImage(_png(picture), picture.size, tuple(() for _ in texts))


def _png(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
