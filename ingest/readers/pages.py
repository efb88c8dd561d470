"""Raw text becomes a clean, measured page here, and nowhere else in the plain readers."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from ingest.progress import page_read
from ingest.records import Page
from ingest.thai.quality import quality
from ingest.thai.repair import repair


def clean_page(number: int, text: str, engine: str, furniture: Iterable[str] = ()) -> Page:
    """Repair `text` and measure it."""
    return measured_page(number, repair(text), engine, furniture)


def clean_tabbed(text: str) -> str:
    """Repair text in which tabs part the cells of tables, and keep the tabs."""
    pieces: list[str] = []
    for tabbed, lines in groupby(text.split("\n"), key=lambda line: "\t" in line):
        if tabbed:
            pieces += ("\t".join(map(clean_cell, line.split("\t"))).rstrip() for line in lines)
        elif piece := repair("\n".join(lines)):
            pieces.append(piece)
    return "\n".join(pieces)


def measured_page(number: int, clean: str, engine: str, furniture: Iterable[str] = ()) -> Page:
    """Make a page of text that is clean already, and tell that a page is read."""
    result = quality(clean)
    page_read()
    return Page(
        number=number,
        text=clean,
        quality=result.share if result.thai else None,
        engine=engine,
        furniture=tuple(line for line in map(repair, furniture) if line.strip()),
    )


@lru_cache(maxsize=20_000)
def clean_cell(text: str) -> str:
    """Repair the text of one table cell; cells are short and the same ones come again."""
    return text.strip() if text.isascii() else repair(text).strip()


def clean_rows(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Repair every cell of a table."""
    return tuple(tuple(clean_cell(cell) for cell in row) for row in rows)
