"""Which pages of a PDF hold tables, and the tables they hold together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.readers.joining import Part, join
from ingest.readers.pdf.bands import Bands, unruled_part
from ingest.readers.pdf.edges import edges
from ingest.readers.pdf.engines import pages_of
from ingest.readers.pdf.pdfium import runs
from ingest.readers.pdf.tables import ruled_parts
from ingest.readers.ruled import Edge
from ingest.records import Page, Table

_HEADER_WORDS = re.compile(
    r"โครงการ|วัตถุประสงค์|เป้าหมาย|งบประมาณ|ตัวชี้วัด|รับผิดชอบ|คาดว่าจะได้รับ|ลำดับ|สถานที่|หมายเหตุ"
    r"|project|objective|budget|target|responsible|indicator",
    re.IGNORECASE,
)
_ENOUGH_WORDS = 4
_FEWEST_LINES = 2


def tables_of(path: Path, pages: Iterable[Page]) -> tuple[Table, ...]:
    """Find the tables of the pages whose text was read from the PDF itself."""
    return join(_parts(path, {page.number: page for page in pages}))


def _parts(path: Path, pages: dict[int, Page]) -> Iterator[Part]:
    known: Bands | None = None
    for number, drawn in pages_of(path, list(pages)):
        page = pages[number]
        furniture = frozenset(page.furniture)
        lines = edges(drawn)
        if _rules_cells(lines):
            found = ruled_parts(number, runs(drawn), lines, furniture)
            yield from found
            if found:
                known = None
                continue
        if known is not None or _names_columns(page):
            unruled = unruled_part(number, runs(drawn), known, furniture)
            known = unruled[1] if unruled else None
            if unruled:
                yield unruled[0]


def _rules_cells(lines: Iterable[Edge]) -> bool:
    """Whether there are lines enough, in both directions, to border cells."""
    across = {round(line.at) for line in lines if line.across}
    down = {round(line.at) for line in lines if not line.across}
    return len(across) >= _FEWEST_LINES and len(down) >= _FEWEST_LINES


def _names_columns(page: Page) -> bool:
    """Whether a page names enough of what the columns of project tables are called."""
    text = "\n".join((page.text, *page.furniture))
    return len({word.lower() for word in _HEADER_WORDS.findall(text)}) >= _ENOUGH_WORDS
