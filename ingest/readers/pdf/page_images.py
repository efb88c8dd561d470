"""Pages of a PDF that are pictures of text: which they are, and how they are drawn for OCR."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence

from ingest.readers.image.scan import HIGHEST_DPI, LOWEST_DPI, Picture
from ingest.readers.pdf import pdfium as raw
from ingest.readers.pdf.document import Document, Sheet
from ingest.readers.pdf.engine_fallback import Reading

_COVERS = 0.5
"""An image is the page, and not a picture on it, from this share of its area."""

_FEW_LETTERS = 60
_DAMAGED_SHARE = 0.8
_FOREIGN = re.compile("[\u00a1-\u024f\u02c6-\u02dd\u2020-\u203a\u2122\u2202-\u25ca\uf000-\uf8ff]")
_FOREIGN_SHARE = 0.3
_USUAL_DPI = 250
"""For pages that are drawn, not scanned, but cannot be read otherwise."""


def is_picture(sheet: Sheet, reading: Reading | None) -> bool:
    """Whether only OCR can tell what a page says: no text, a stamp on a scan, broken fonts."""
    text = "".join(reading.text.split()) if reading else ""
    if not text:
        return bool(sheet.canvas.objects)
    if len(text) < _FEW_LETTERS and _largest_image(sheet)[0] >= _COVERS:
        return True
    return is_damaged(text, reading)


def is_damaged(text: str, reading: Reading | None) -> bool:
    """Whether letters stand for others than they show: text of fonts without a mapping."""
    if reading is not None and reading.quality.thai > _FEW_LETTERS:
        return reading.quality.share < _DAMAGED_SHARE
    return len(_FOREIGN.findall(text)) > _FOREIGN_SHARE * len(text)


def pictures(document: Document, numbers: Sequence[int], most_pixels: int) -> Iterator[Picture]:
    """Draw pages for OCR, one by one; those too large to be drawn are left out."""
    for number in numbers:
        sheet = document.sheet(number)
        dpi = _dpi(sheet) if sheet is not None else None
        width, height = sheet.size if sheet is not None else (0.0, 0.0)
        while dpi and (width * dpi / 72) * (height * dpi / 72) > most_pixels:
            dpi = dpi - 50 if dpi > LOWEST_DPI else None
        if sheet is not None and dpi:
            yield Picture(number, sheet.picture(dpi), dpi)
        document.turn()


def _dpi(sheet: Sheet) -> int:
    """Return the resolution of the page's scan, within what OCR reads best."""
    covers, dpi = _largest_image(sheet)
    if covers < _COVERS:
        return _USUAL_DPI
    return min(max(round(dpi), LOWEST_DPI), HIGHEST_DPI)


def _largest_image(sheet: Sheet) -> tuple[float, float]:
    """Return the share of the page its largest image covers, and the image's resolution."""
    width, height = sheet.size
    best = (0.0, 0.0)
    across, down = ctypes.c_uint(), ctypes.c_uint()
    for item in sheet.canvas.objects:
        if item.kind != raw.IMAGE:
            continue
        a, b, c, d, _, _ = sheet.canvas.matrix_of(item)
        inches = (a * a + b * b) ** 0.5 / 72
        area = abs(a * d - b * c)
        raw.image_pixels(item.handle, across, down)
        best = max(best, (area / max(width * height, 1.0), across.value / max(inches, 0.01)))
    return best
