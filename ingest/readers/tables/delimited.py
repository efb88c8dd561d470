"""Tables as text: comma, semicolon, tab or bar between the cells."""

import csv
import io
from pathlib import Path

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.formats.sniff import Format, delimiter_of
from ingest.readers.pages import clean_rows, measured_page
from ingest.readers.text import load_text
from ingest.records import Content, Table


def read(path: Path, limits: Limits) -> Content:
    """Read a delimited table; the page's text has a line a row, cells parted by tabs."""
    text = load_text(path, limits)
    delimiter = delimiter_of(text.splitlines(), named=True) or ","
    try:
        raw = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ReadError("damaged", reason=str(error)) from error
    return table_content(Format.DELIMITED, raw, limits)


def table_content(kind: Format, raw: list[list[str]], limits: Limits) -> Content:
    """Make the content of a file that is one table."""
    if sum(map(len, raw)) > limits.cells:
        raise ReadError("too-many-cells", limit=limits.cells)
    while raw and not any(cell.strip() for cell in raw[-1]):
        raw.pop()
    rows = clean_rows(raw)
    table = Table(page=1, rows=rows, row_pages=(1,) * len(rows))
    return Content(kind.value, (measured_page(1, rows_as_text(rows), "table"),), (table,))


def rows_as_text(rows: tuple[tuple[str, ...], ...]) -> str:
    """Write a table as lines, cells parted by tabs, line breaks within cells as blanks."""
    lines = ("\t".join(" ".join(cell.split()) for cell in row).rstrip() for row in rows)
    return "\n".join(line for line in lines if line)
