"""PDF files: text by a ladder of engines, tables by geometry, scans by OCR."""

from __future__ import annotations

from pathlib import Path

from ingest.formats import Format
from ingest.limits import Limits
from ingest.progress import page_read
from ingest.readers.pdf.engines import installed
from ingest.readers.pdf.ladder import Reading, climb
from ingest.readers.pdf.opening import outline
from ingest.records import Content, Page
from ingest.thai.lines import join_broken_lines


def read(path: Path, limits: Limits) -> Content:
    """Read a PDF file.

    Raises ReadError: `encrypted`, `damaged`, `no-pages`, `too-many-pages`.
    """
    shape = outline(path, limits)
    numbers = range(1, shape.pages + 1)
    readings = climb(path, numbers, installed(limits.seconds))
    pages = tuple(_page(n, readings.get(n)) for n in numbers)
    return Content(Format.PDF.value, pages, title=shape.title)


def _page(number: int, reading: Reading | None) -> Page:
    page_read()
    if reading is None or not reading.text.strip():
        return Page(number, "", engine="none", unread="no-text")
    share = reading.quality.share if reading.quality.thai else None
    return Page(number, join_broken_lines(reading.text), share, reading.engine)
