"""PDF files: text by one engine after another, tables by geometry, scans by OCR."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.formats.sniff import Format
from ingest.progress import page_read
from ingest.readers.image.scan import Scanned, page_of, read_pictures
from ingest.readers.pdf import table_finder as finding
from ingest.readers.pdf.document import Document
from ingest.readers.pdf.engine_fallback import Reading, climb
from ingest.readers.pdf.engines import installed
from ingest.readers.pdf.opening import outline
from ingest.readers.pdf.page_images import is_picture, pictures
from ingest.readers.pdf.paragraphs import END
from ingest.readers.running_headers import Parted, set_aside
from ingest.readers.tables.joining import Part
from ingest.records import Content, Page
from ingest.thai.lines import join_broken_lines
from ingest.thai.repair import whole

_BLOCK = 32
"""Pages are read in blocks of so many, which are in memory together."""

_BETTER = 0.05

_UNNAMED = re.compile("\ufffd{3}")
"""A piece of a word whose letters the font does not name; a single one is a bullet."""

_SHOWN = 20
"""A note names so many pages at most."""


@dataclass(slots=True)
class _Gathered:
    """What has been read so far: text, scans and parts of tables, by page."""

    readings: dict[int, Reading] = field(default_factory=dict)
    scans: dict[int, Scanned] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    blank: set[int] = field(default_factory=set)
    damaged: set[int] = field(default_factory=set)
    cut: list[int] = field(default_factory=list)


def read(path: Path, limits: Limits) -> Content:
    """Read a PDF file.

    Raises ReadError: `encrypted`, `damaged`, `no-pages`, `too-many-pages`, `page-too-large`.
    """
    shape = outline(path, limits)
    with Document(path, limits.objects) as document:
        gathered = _Gathered()
        _read_text(document, shape.numbers, limits, gathered)
        _read_scans(document, limits, gathered)
        pages = _pages(shape.numbers, gathered)
        if all(page.unread == "too-large" for page in pages):
            raise ReadError("page-too-large", limit=limits.pixels)
        drawn = [page for page in pages if not page.unread and not page.unverified]
        tables = finding.tables(document, drawn, gathered.parts)
    return Content(Format.PDF.value, pages, tables, title=shape.title, notes=_notes(gathered))


def _notes(gathered: _Gathered) -> tuple[str, ...]:
    """Return on which pages something was left out."""
    unnamed = [
        number
        for number, reading in gathered.readings.items()
        if number not in gathered.scans and _UNNAMED.search(whole(reading.raw))
    ]
    stated = (("page-cut", gathered.cut), ("unknown-letters", unnamed))
    return tuple(f"{code}: {_listed(numbers)}" for code, numbers in stated if numbers)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:_SHOWN])) + (" …" if len(numbers) > _SHOWN else "")


def _read_text(
    document: Document, numbers: Sequence[int], limits: Limits, gathered: _Gathered
) -> None:
    engines = installed(limits.program_seconds)
    for first in range(0, len(numbers), _BLOCK):
        block = numbers[first : first + _BLOCK]
        result = climb(document, block, engines)
        gathered.readings.update(result)
        for number in block:
            _sort(document, number, result.get(number), gathered)
        document.turn()


def _sort(document: Document, number: int, reading: Reading | None, gathered: _Gathered) -> None:
    """Decide what a page is: text and its tables, a picture for OCR, or blank."""
    sheet = document.sheet(number)
    if sheet is not None and sheet.canvas.cut:
        gathered.cut.append(number)
    if sheet is None:
        gathered.damaged.add(number)
    elif not sheet.canvas.objects:
        gathered.blank.add(number)
    elif is_picture(sheet, reading):
        gathered.pictures.append(number)
        return
    elif reading is not None:
        gathered.parts += finding.ruled(document, [number])
    page_read()


def _read_scans(document: Document, limits: Limits, gathered: _Gathered) -> None:
    drawn = pictures(document, gathered.pictures, limits.pixels)
    for scanned in read_pictures(drawn, limits.program_seconds):
        page_read()
        reading = gathered.readings.get(scanned.number)
        if reading is None or _is_better(scanned, reading):
            gathered.scans[scanned.number] = scanned
            gathered.parts += scanned.parts


def _is_better(scanned: Scanned, reading: Reading) -> bool:
    """Whether OCR beats the page's own text: it has more, or what it has is words."""
    if not reading.text.strip():
        return True
    if scanned.unread:
        return False
    gained = scanned.quality.share - reading.quality.share
    return gained > _BETTER or scanned.quality.thai > 2 * reading.quality.thai


def _pages(numbers: Sequence[int], gathered: _Gathered) -> tuple[Page, ...]:
    parted = set_aside([_text(number, gathered) for number in numbers])
    return tuple(
        _page(number, gathered, part) for number, part in zip(numbers, parted, strict=True)
    )


def _text(number: int, gathered: _Gathered) -> str:
    result = gathered.scans.get(number) or gathered.readings.get(number)
    return result.text if result else ""


def _page(number: int, gathered: _Gathered, part: Parted) -> Page:
    scanned, reading = gathered.scans.get(number), gathered.readings.get(number)
    if scanned is not None:
        return page_of(scanned, part)
    if number in gathered.blank:
        return Page(number, "", engine="blank")
    if reading is None or not reading.text.strip():
        return Page(number, "", engine="none", unread=_why_unread(number, gathered))
    share = reading.quality.share if reading.quality.thai else None
    text = _joined(part, reading.joints)
    return Page(number, text, share, reading.engine, furniture=part.furniture)


def _joined(part: Parted, joints: Sequence[str]) -> str:
    """Join the lines of a page that belong together."""
    if not joints:
        return join_broken_lines(part.text)
    lines = part.text.split("\n") if part.kept else []
    pieces: list[str] = []
    for nth, (line, index) in enumerate(zip(lines, part.kept, strict=True)):
        neighbour = nth + 1 < len(lines) and part.kept[nth + 1] == index + 1
        pieces += [line, joints[index] if neighbour else END]
    return "".join(pieces[:-1])


def _why_unread(number: int, gathered: _Gathered) -> str:
    if number in gathered.damaged:
        return "damaged"
    return "too-large" if number in gathered.pictures else "no-text"
