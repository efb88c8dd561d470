"""PDF files: text by a ladder of engines, tables by geometry, scans by OCR."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.formats import Format
from ingest.limits import Limits
from ingest.progress import page_read
from ingest.readers.joining import Part
from ingest.readers.pdf import finding
from ingest.readers.pdf.document import Document
from ingest.readers.pdf.engines import Engine, Pdfium, installed
from ingest.readers.pdf.furniture import Parted, set_aside
from ingest.readers.pdf.ladder import Reading, climb
from ingest.readers.pdf.opening import outline
from ingest.records import Content, Page
from ingest.thai.lines import join_broken_lines

_BLOCK = 32
"""Pages are read in blocks of so many, which are in memory together."""

_MOSTLY = 0.8


def read(path: Path, limits: Limits) -> Content:
    """Read a PDF file.

    Raises ReadError: `encrypted`, `damaged`, `no-pages`, `too-many-pages`.
    """
    shape = outline(path, limits)
    with Document(path) as document:
        readings, parts = _read(document, shape.numbers, limits)
        parted = set_aside([readings[n].text if n in readings else "" for n in shape.numbers])
        pages = [
            _page(n, readings.get(n), part) for n, part in zip(shape.numbers, parted, strict=True)
        ]
        tables = finding.tables(document, [page for page in pages if not page.unread], parts)
    return Content(Format.PDF.value, tuple(pages), tables, title=shape.title)


def _read(
    document: Document, numbers: Sequence[int], limits: Limits
) -> tuple[dict[int, Reading], list[Part]]:
    readings: dict[int, Reading] = {}
    parts: list[Part] = []
    engines = installed(limits.seconds)
    for first in range(0, len(numbers), _BLOCK):
        block = numbers[first : first + _BLOCK]
        found = climb(document, block, engines)
        engines = _by_merit(engines, found.values())
        parts += finding.ruled(document, [n for n in block if n in found and found[n].text])
        readings.update(found)
        document.turn()
        for _ in block:
            page_read()
    return readings, parts


def _by_merit(engines: Sequence[Engine], readings: Iterable[Reading]) -> tuple[Engine, ...]:
    """Let PDFium begin where it won nearly all pages: the others only cost time there."""
    won = Counter(reading.engine for reading in readings if reading.quality.thai)
    if won[Pdfium.name] < _MOSTLY * won.total() or not won:
        return tuple(engines)
    return tuple(sorted(engines, key=lambda engine: engine.name != Pdfium.name))


def _page(number: int, reading: Reading | None, part: Parted) -> Page:
    if reading is None or not reading.text.strip():
        return Page(number, "", engine="none", unread="no-text")
    share = reading.quality.share if reading.quality.thai else None
    text = join_broken_lines(part.text)
    return Page(number, text, share, reading.engine, furniture=part.furniture)
