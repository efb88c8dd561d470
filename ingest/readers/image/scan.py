"""Scanned pages: images in, text and tables out. Everything read here is unverified."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.readers.image import ocr
from ingest.readers.image.binarisation import (
    ink_of,
    is_blank,
    lines_of,
    rules_of,
    skew_of,
    without_specks,
)
from ingest.readers.image.lost_marks import put_back
from ingest.readers.running_headers import Parted
from ingest.readers.tables.joining import Part, line_joined
from ingest.readers.tables.ruled import Cell, Grid, grids, rows_of
from ingest.records import Page
from ingest.thai.lines import join_broken_lines
from ingest.thai.quality import Quality, quality
from ingest.thai.repair import repair

if TYPE_CHECKING:
    from PIL.Image import Image

    from ingest.readers.image.binarisation import Mask

LOWEST_DPI, HIGHEST_DPI = 150, 300
"""Images are read at their own resolution within these bounds; enlarging gains nothing."""

ENGINE = "tesseract"
_LEGIBLE = 0.6
_JUDGED = 40
"""From so many Thai letters on, a page is judged by how many of them make words."""

_BLANK_LINE = re.compile(r"\n\s*\n")
# Signs alone at the edge of a line, behind or before a blank: specks, never punctuation.
_NOISE = re.compile(
    "^[^\\w\\n\u201c\"'(•–—*-]+ (?=\\w)|(?<=\\w) [^\\w\\n\u201d\"')%…ๆฯ-]+$", re.MULTILINE
)
_LATIN = re.compile("[a-z]")
_FEW, _WORDS = 3, 0.9
_FEWEST_CELLS = 4
_BORDER = 4
_FRAME = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """The image of page `number`, and how many pixels make an inch."""

    number: int
    image: Image
    dpi: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a picture says. `unread` is why it says nothing: no-ocr, ocr-failed, illegible."""

    number: int
    text: str
    quality: Quality
    parts: tuple[Part, ...] = ()
    unread: str | None = None


def page_of(scanned: Scanned, part: Parted) -> Page:
    """Make a page of a scan whose running lines have been set aside."""
    result = scanned.quality
    return Page(
        scanned.number,
        join_broken_lines(part.text),
        result.share if result.thai else None,
        ENGINE,
        scanned.unread,
        unverified=True,
        furniture=part.furniture,
    )


def read_pictures(pictures: Iterable[Picture], seconds: float) -> Iterator[Scanned]:
    """Read pictures in parallel, one tesseract a processor; yield them in their order."""
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    waiting: deque[Future[Scanned]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for picture in pictures:
            waiting.append(pool.submit(read_picture, picture, seconds))
            if len(waiting) > 2 * (workers or 1):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def read_picture(picture: Picture, seconds: float) -> Scanned:
    """Read one picture; one that lies on its side is turned and read again."""
    if not ocr.available():
        return _unread(picture, "no-ocr")
    result = _read(picture, seconds)
    if result.unread != "illegible":
        return result
    turn = ocr.turn_of(picture.image, picture.dpi, seconds)
    if not turn:
        return result
    turned = picture.image.rotate(-turn, expand=True, fillcolor=255)
    again = _read(Picture(picture.number, turned, picture.dpi), seconds)
    return result if again.unread else again


def _read(picture: Picture, seconds: float) -> Scanned:
    ink = ink_of(picture.image)
    if is_blank(picture.image, ink, picture.dpi):
        return Scanned(picture.number, "", quality(""))
    tables = _tables(picture, ink)
    if tables is None:
        text = ocr.text_of(picture.image, picture.dpi, ocr.PAGE, seconds)
        return _scanned(picture, _close(text) if text is not None else None, ())
    return _with_tables(*tables, seconds)


def _scanned(picture: Picture, text: str | None, parts: Sequence[Part]) -> Scanned:
    if text is None:
        return _unread(picture, "ocr-failed")
    clean = _mend(text)
    result = quality(clean)
    if not clean.strip() or (result.thai >= _JUDGED and result.share < _LEGIBLE):
        return _unread(picture, "illegible")
    return Scanned(picture.number, clean, result, tuple(parts))


def _mend(text: str) -> str:
    """Repair text from OCR: damage of any text, lost marks, specks read as signs."""
    return _NOISE.sub("", put_back(repair(text))).strip("\n")


def _unread(picture: Picture, reason: str) -> Scanned:
    return Scanned(picture.number, "", quality(""), unread=reason)


def _close(text: str) -> str:
    """Drop the empty lines of text whose lines merely stand far apart."""
    lines = [line for line in text.split("\n") if line.strip()]
    gaps = len(_BLANK_LINE.findall(text.strip()))
    return "\n".join(lines) if gaps > 0.4 * len(lines) else text


def _tables(picture: Picture, ink: Mask) -> tuple[Picture, Mask, list[Grid]] | None:
    """Find the ruled tables of a picture, which is laid straight for them."""
    from PIL.Image import Resampling

    if not _has_rules(ink, picture.dpi):
        return None
    straight, turned = picture, ink
    if skew := skew_of(ink):
        image = picture.image.convert("L").rotate(skew, Resampling.BICUBIC, fillcolor=255)
        straight, turned = Picture(picture.number, image, picture.dpi), ink_of(image)
    result = grids(rules_of(turned, picture.dpi), tolerance=picture.dpi / 40)
    tables = [grid for grid in result if len(grid.cells) >= _FEWEST_CELLS and grid.columns > 1]
    return (straight, turned, tables) if tables else None


def _has_rules(ink: Mask, dpi: int) -> bool:
    """Whether a page, straight or not, may hold lines both ways."""
    rules = rules_of(ink, dpi)
    return any(rule.across for rule in rules) and any(not rule.across for rule in rules)


def _with_tables(picture: Picture, ink: Mask, tables: Sequence[Grid], seconds: float) -> Scanned:
    """Read a picture strip by strip: text above each table, its cells, text below the last."""
    texts: list[str] = []
    parts: list[Part] = []
    top = 0
    for index, grid in enumerate(tables):
        above = _strip(picture, ink, top, int(grid.ys[0]) - _BORDER, seconds)
        cells = _cells(picture, ink, grid, seconds)
        if above is None or cells is None:
            return _unread(picture, "ocr-failed")
        part = _part(picture.number, grid, cells, above, opens=index == 0)
        parts.append(part)
        texts += [above, *("\t".join(row).rstrip() for row in part.rows)]
        top = int(grid.ys[-1]) + _BORDER
    below = _strip(picture, ink, top, picture.image.height, seconds)
    texts.append(below or "")
    return _scanned(picture, "\n".join(filter(None, texts)), parts)


def _part(number: int, grid: Grid, cells: dict[Cell, str], above: str, *, opens: bool) -> Part:
    rows = rows_of(grid, {cell: _mend(text) for cell, text in cells.items()})
    lines = [line for line in _mend(above).split("\n") if line.strip()]
    return Part(
        number, rows, grid.xs, grid.headers, tuple(lines[-8:]), opens=opens, unverified=True
    )


def _strip(picture: Picture, ink: Mask, top: int, bottom: int, seconds: float) -> str | None:
    """Read what stands between two heights of a page."""
    if bottom - top < _RULE_HEIGHT * picture.dpi:
        return ""
    if without_specks(ink[top:bottom], picture.dpi).sum() < picture.dpi / 4:
        return ""
    strip = picture.image.crop((0, top, picture.image.width, bottom))
    text = ocr.text_of(strip, picture.dpi, ocr.BLOCK, seconds)
    return None if text is None else _close(text).strip()


_RULE_HEIGHT = 0.08
_DASH_HEIGHT = 0.04
_DASH_WIDTH = 0.2


def _cells(picture: Picture, ink: Mask, grid: Grid, seconds: float) -> dict[Cell, str] | None:
    """Read the cells of a table, each cut into lines: one call reads the lines of them all."""
    from PIL import Image as Images
    from PIL import ImageOps

    texts = dict.fromkeys(grid.cells, "")
    images: list[Image] = []
    owners: list[Cell] = []
    for cell in grid.cells:
        inside = without_specks(_inside(ink, cell), picture.dpi)
        if _is_dash(inside, picture.dpi):
            texts[cell] = "-"
            continue
        for line in _line_masks(inside, picture.dpi):
            paper = Images.fromarray((~line).astype("uint8") * 255)
            images.append(ImageOps.expand(paper, _FRAME, 255))
            owners.append(cell)
    read = _lines(images, picture.dpi, seconds)
    if read is None:
        return None
    lines: dict[Cell, list[str]] = {cell: [] for cell in owners}
    for cell, text in zip(owners, read, strict=True):
        lines[cell].append(" ".join(text.split()))
    return texts | {cell: line_joined(result) for cell, result in lines.items()}


def _lines(images: Sequence[Image], dpi: int, seconds: float) -> list[str] | None:
    """Read lines; what came out empty or as small Latin letters is read once more."""
    read = ocr.texts_of(images, dpi, ocr.LINE, seconds)
    if read is None:
        return None
    empty = [index for index, text in enumerate(read) if not text.strip()]
    again = ocr.texts_of([images[i] for i in empty], dpi, ocr.WORD, seconds) or ()
    read = _with(read, dict(zip(empty, again, strict=False)))
    latin = [index for index, text in enumerate(read) if _LATIN.search(text)]
    thai = ocr.texts_of([images[i] for i in latin], dpi, ocr.LINE, seconds, ocr.THAI) or ()
    better = {i: text for i, text in zip(latin, thai, strict=False) if _is_thai(text)}
    return _with(read, better)


def _with(texts: Sequence[str], better: dict[int, str]) -> list[str]:
    return [better.get(index, text) for index, text in enumerate(texts)]


def _is_thai(text: str) -> bool:
    """Whether a line is Thai words and nothing else."""
    result = quality(_mend(text))
    return result.thai >= _FEW and result.share >= _WORDS and not _LATIN.search(text)


def _inside(ink: Mask, cell: Cell) -> Mask:
    """Return the ink of a cell without its walls."""
    return ink[
        int(cell.y0) + _BORDER : int(cell.y1) - _BORDER,
        int(cell.x0) + _BORDER : int(cell.x1) - _BORDER,
    ]


def _line_masks(ink: Mask, dpi: int) -> Iterator[Mask]:
    """Yield the lines of a cell, each trimmed to its ink."""
    trimmed = _trim(ink)
    if trimmed is None:
        return
    for top, bottom in lines_of(trimmed, dpi):
        line = _trim(trimmed[top:bottom])
        if line is not None:
            yield line


def _trim(ink: Mask) -> Mask | None:
    import numpy as np

    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _is_dash(ink: Mask, dpi: int) -> bool:
    """Whether the only ink is one short stroke: none, in a money column."""
    trimmed = _trim(ink)
    if trimmed is None:
        return False
    height, width = trimmed.shape
    return bool(
        height <= _DASH_HEIGHT * dpi
        and 1.5 * height < width < _DASH_WIDTH * dpi
        and trimmed.mean() > 0.6
    )
