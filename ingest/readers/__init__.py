"""File formats to clean pages and tables, one module a format.

Every reader module offers `read(path, limits) -> Content` with clean text. It is imported
when a file needs it, so that reading a text file loads no PDF engine.
"""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.errors import ReadError
from ingest.failures import failures_of
from ingest.formats.limits import Limits, check_size, display_name
from ingest.formats.sniff import Format, sniff
from ingest.records import Content
from ingest.thai.repair import whole

_READERS = {
    Format.PDF: "pdf",
    Format.DOCX: "office.docx",
    Format.XLSX: "office.sheet",
    Format.XLSB: "office.sheet",
    Format.XLS: "office.sheet",
    Format.ODS: "office.sheet",
    Format.ODT: "office.libreoffice",
    Format.DOC: "office.libreoffice",
    Format.RTF: "office.libreoffice",
    Format.HTML: "html.page",
    Format.JSON_LINES: "tables.jsonlines",
    Format.DELIMITED: "tables.delimited",
    Format.TEXT: "text",
}
_IMAGE = "image.frames"


def read_content(path: Path, limits: Limits) -> Content:
    """Read one file with the reader its content asks for.

    Raise `ReadError` for whatever keeps it from being read, always with `file`.
    """
    with failures_of(display_name(path)):
        result = format_of(path, limits)
        if result is Format.ZIP:
            raise ReadError("is-archive")
        module = import_module(f"ingest.readers.{_READERS.get(result, _IMAGE)}")
        content: Content = module.read(path, limits)
        return replace(content, title=whole(content.title)) if content.title else content


def format_of(path: Path, limits: Limits) -> Format:
    """Return the format of a file, after its size has been checked."""
    check_size(path, limits)
    with path.open("rb") as file:
        return sniff(file, path.name)
