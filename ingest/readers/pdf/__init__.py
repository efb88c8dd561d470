"""PDF files: text by a ladder of engines, tables by geometry, scans by OCR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.formats import Format
from ingest.limits import Limits
from ingest.progress import page_read
from ingest.readers.pdf.engines import installed
from ingest.readers.pdf.finding import tables_of
from ingest.readers.pdf.furniture import Parted, set_aside
from ingest.readers.pdf.ladder import Reading, climb
from ingest.readers.pdf.opening import outline
from ingest.records import Content, Page
from ingest.thai.lines import join_broken_lines

_BLOCK = 64
"""Pages are read in blocks of so many, each of them a sign of life."""


def read(path: Path, limits: Limits) -> Content:
    """Read a PDF file.

    Raises ReadError: `encrypted`, `damaged`, `no-pages`, `too-many-pages`.
    """
    shape = outline(path, limits)
    readings = dict(_read(path, range(1, shape.pages + 1), limits))
    parted = set_aside(
        [readings[n].text if n in readings else "" for n in range(1, shape.pages + 1)]
    )
    pages = tuple(
        _page(number, readings.get(number), part) for number, part in enumerate(parted, start=1)
    )
    tables = tables_of(path, (page for page in pages if not page.unread))
    return Content(Format.PDF.value, pages, tables, title=shape.title)


def _read(path: Path, numbers: Sequence[int], limits: Limits) -> Iterator[tuple[int, Reading]]:
    engines = installed(limits.seconds)
    for first in range(0, len(numbers), _BLOCK):
        block = numbers[first : first + _BLOCK]
        yield from climb(path, block, engines).items()
        for _ in block:
            page_read()


def _page(number: int, reading: Reading | None, part: Parted) -> Page:
    if reading is None or not reading.text.strip():
        return Page(number, "", engine="none", unread="no-text")
    share = reading.quality.share if reading.quality.thai else None
    text = join_broken_lines(part.text)
    return Page(number, text, share, reading.engine, furniture=part.furniture)
