"""Which pages of a PDF hold tables, and the tables they hold together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.readers.pdf.document import Document
from ingest.readers.pdf.ruled_tables import ruled_parts
from ingest.readers.pdf.unruled_tables import Bands, unruled_part
from ingest.readers.tables.joining import Part, join
from ingest.readers.tables.ruled import Edge
from ingest.records import Page, Table

_HEADER_WORDS = re.compile(
    r"โครงการ|วัตถุประสงค์|เป้าหมาย|งบประมาณ|ตัวชี้วัด|รับผิดชอบ|คาดว่าจะได้รับ|ลำดับ|สถานที่|หมายเหตุ|กิจกรรม"
    r"|project|objective|budget|target|responsible|indicator",
    re.IGNORECASE,
)
_ENOUGH_WORDS = 2
_MADE_OF = 0.4
_FEWEST_LINES = 2


def ruled(document: Document, numbers: Iterable[int]) -> list[Part]:
    """Find the tables that lines rule on these pages."""
    result: list[Part] = []
    for number in numbers:
        sheet = document.sheet(number)
        if sheet is not None and _rules_cells(sheet.edges):
            result += ruled_parts(number, sheet.runs, sheet.edges)
    return result


def tables(document: Document, pages: Sequence[Page], parts: Sequence[Part]) -> tuple[Table, ...]:
    """Join the ruled `parts` of a document with the tables of its other pages."""
    furniture = {page.number: frozenset(page.furniture) for page in pages}
    cleaned = [_without(furniture.get(part.page, frozenset()), part) for part in parts]
    unruled = _unruled(document, pages, {part.page for part in parts})
    return join(sorted([*cleaned, *unruled], key=lambda part: part.page))


def _without(furniture: frozenset[str], part: Part) -> Part:
    """Drop running lines from what stands above a table."""
    return replace(part, above=tuple(line for line in part.above if line not in furniture))


def _unruled(document: Document, pages: Sequence[Page], ruled_pages: set[int]) -> list[Part]:
    result: list[Part] = []
    known: Bands | None = None
    for page in pages:
        if page.number in ruled_pages or not (known or _names_columns(page)):
            known = None
            continue
        sheet = document.sheet(page.number)
        part = sheet and unruled_part(page.number, sheet.runs, known, frozenset(page.furniture))
        known = part[1] if part else None
        result += [part[0]] if part else []
        document.turn()
    return result


def _rules_cells(lines: Iterable[Edge]) -> bool:
    """Whether there are lines enough, in both directions, to border cells."""
    across = {round(line.at) for line in lines if line.across}
    down = {round(line.at) for line in lines if not line.across}
    return len(across) >= _FEWEST_LINES and len(down) >= _FEWEST_LINES


def _names_columns(page: Page) -> bool:
    """Whether a line of a page is made of what the columns of project tables are called."""
    return any(map(_is_header, (*page.text.split("\n"), *page.furniture)))


def _is_header(line: str) -> bool:
    words = _HEADER_WORDS.findall(line)
    letters = sum(map(len, words))
    return len(set(words)) >= _ENOUGH_WORDS and letters >= _MADE_OF * len("".join(line.split()))
