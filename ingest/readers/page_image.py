"""One page as it is printed: its picture, and where on it every letter stands.

Done in a reading process, for it opens the file once more. PDF by PDFium, pictures as they are;
other formats have no pages of their own (`page-image-missing`).
"""

from __future__ import annotations

import ctypes
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import ReadError

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1100
"""Pixels across: small print can be read, and a page takes some 50 to 200 kB."""
_TALLEST = 6000
_COLOURS = 64
_MOST_LETTERS = 40_000
_PDF = "application/pdf"


def print_page(path: Path, number: int, media_type: str, into: Path) -> int:
    """Write `page.png` and `page.json` of page `number` (from 1) into a folder; return its width.

    The JSON holds `size` in pixels, `text`, the page's letters in the order they are drawn, and
    `boxes`, for each of them left, top, right, bottom in pixels; both empty for pictures.

    Raises ReadError: `page-image-missing` for what has no such page, `damaged`.
    """
    if media_type == _PDF:
        image, text, boxes = _of_pdf(path, number)
    elif media_type.startswith("image/"):
        image, text, boxes = _of_picture(path, number), "", []
    else:
        raise ReadError("page-image-missing", file=path.name)
    image.convert("RGB").quantize(_COLOURS).save(into / "page.png", optimize=True)
    about: dict[str, Any] = {"size": image.size, "text": text, "boxes": boxes}
    (into / "page.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    return image.width


def _of_pdf(path: Path, number: int) -> tuple[Image, str, list[list[int]]]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(path)
        if not 1 <= number <= len(pdf):
            raise ReadError("page-image-missing", file=path.name)
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / width, _TALLEST / height)
        image: Image = page.render(scale=scale).to_pil()
        text, boxes = _letters(page, image.width, image.height)
    except PdfiumError as error:
        raise ReadError("damaged", reason=str(error)) from error
    page.close()
    pdf.close()
    return image, text, boxes


def _letters(page: Any, width: int, height: int) -> tuple[str, list[list[int]]]:
    from pypdfium2 import raw

    def on_picture(x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value

    letters, boxes = [], []
    drawn = page.get_textpage()
    for index in range(min(drawn.count_chars(), _MOST_LETTERS)):
        letter = chr(raw.FPDFText_GetUnicode(drawn.raw, index) or 32)
        if letter.isspace() or not letter.isprintable():
            continue
        left, bottom, right, top = drawn.get_charbox(index, loose=True)
        (x0, y0), (x1, y1) = on_picture(left, top), on_picture(right, bottom)
        letters.append(letter)
        boxes.append([min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)])
    drawn.close()
    return "".join(letters), boxes


def _of_picture(path: Path, number: int) -> Image:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            if number > getattr(image, "n_frames", 1):
                raise ReadError("page-image-missing", file=path.name)
            image.seek(number - 1)
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ReadError("damaged", reason=str(error)) from error
    scale = min(1.0, WIDTH / upright.width, _TALLEST / upright.height)
    return upright.resize((round(upright.width * scale), round(upright.height * scale)))
