"""From source to document, by format; and the bare text of a made document's pages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from . import markup, office, pdf
from .gold import TABLE
from .projects import Table, as_html
from .source import Source

_BETWEEN_TAGS = re.compile(r">[^<]+<")


def expand(source: Source, tables: dict[str, Table]) -> str:
    """Return the document's text: tables put in, marks taken off."""

    def put(found: re.Match[str]) -> str:
        text = as_html(tables[found[1]], prefix=source.prefix, bare="bare" in found[0])
        return _BETWEEN_TAGS.sub(lambda m: source.printed(m[0]), text)

    return markup.strip_marks(TABLE.sub(put, source.text))


def render(source: Source, tables: dict[str, Table], path: Path) -> None:
    """Write the document to `path` in the format its name tells."""
    wanted = [tables[name] for name in TABLE.findall(source.text)]
    text = expand(source, tables)
    if source.format in ("txt", "html"):
        path.write_bytes(text.encode(source.facts.get("encoding", "utf-8")))
    elif source.format == "docx":
        office.write_docx(text, source.facts, path)
    elif source.format == "xlsx":
        office.write_xlsx(text, wanted, source.facts, path)
    elif source.format == "csv":
        office.write_csv(wanted, source.facts, path)
    else:
        pdf.write_pdf(text, source.facts, path)


def pages_of(source: Source, tables: dict[str, Table], path: Path) -> list[str]:
    """Return the bare text of every page: of a PDF as poppler reads it, else of the source."""
    if source.format == "pdf":
        done = subprocess.run(
            ["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True
        )
        return done.stdout.decode().removesuffix("\f").split("\f")
    text = expand(source, tables)
    if source.format in ("xlsx", "csv"):
        rows = [tables[name] for name in TABLE.findall(source.text)]
        if source.format == "csv" or source.facts.get("sheets") == "one":
            return [" ".join(row.title for table in rows for row in table.rows)]
        return [" ".join(row.title for row in table.rows) for table in rows]
    return [markup.bare(text) if source.format != "txt" else text]
