"""Images (PNG, JPEG, TIFF, …) as scans: each frame a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.progress import page_read
from ingest.readers import format_of
from ingest.readers.image.scan import (
    HIGHEST_DPI,
    LOWEST_DPI,
    Picture,
    Scanned,
    page_of,
    read_pictures,
)
from ingest.readers.running_headers import Parted, set_aside
from ingest.readers.tables.joining import join
from ingest.records import Content

if TYPE_CHECKING:
    from PIL.Image import Image

_PAPER_INCHES = 11.7
"""The long side of A4: what an image is taken for that does not tell its resolution."""


def read(path: Path, limits: Limits) -> Content:
    """Read an image file.

    Raises ReadError: `damaged`, `too-many-pages`, `too-many-pixels`.
    """
    kind = format_of(path, limits)
    scans: list[Scanned] = []
    for scanned in read_pictures(_pictures(path, limits), limits.seconds):
        page_read()
        scans.append(scanned)
    parted: list[Parted] = set_aside([scanned.text for scanned in scans])
    pages = tuple(page_of(scan, part) for scan, part in zip(scans, parted, strict=True))
    return Content(kind.value, pages, join(part for scan in scans for part in scan.parts))


def _pictures(path: Path, limits: Limits) -> Iterator[Picture]:
    from PIL import Image, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # counted here, against the limits of this run
    try:
        with Image.open(path) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > limits.pages:
                raise ReadError("too-many-pages", pages=frames, limit=limits.pages)
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                if frame.width * frame.height > limits.pixels:
                    raise ReadError(
                        "too-many-pixels", pixels=frame.width * frame.height, limit=limits.pixels
                    )
                yield _picture(number, frame)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ReadError("damaged", reason=str(error)) from error


def _picture(number: int, frame: Image) -> Picture:
    """Turn a frame upright, lay it on white, and bring it to a resolution OCR reads."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(frame)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        shown = upright.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        upright = Image.alpha_composite(paper, shown)
    grey = upright.convert("L")
    dpi = _dpi(frame, grey)
    if dpi > HIGHEST_DPI:
        scale = HIGHEST_DPI / dpi
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)))
    return Picture(number, grey, min(max(round(dpi), LOWEST_DPI), HIGHEST_DPI))


def _dpi(frame: Image, grey: Image) -> float:
    """Return an image's resolution: what it tells if that makes a page, else that of A4."""
    long = max(grey.size)
    stated = float(frame.info.get("dpi", (0, 0))[0] or 0)
    if stated and 5 <= long / stated <= 25:
        return stated
    return long / _PAPER_INCHES
