"""Opening a PDF: what must hold before any engine reads it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ReadError
from ingest.formats.limits import Limits

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MAKER = re.compile(
    r"^Microsoft (?:Word|Excel|PowerPoint) - |\.(?:docx?|xlsx?|pptx?|indd|pdf|odt|rtf)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a PDF says of itself before its text is read."""

    pages: int
    title: str | None

    @property
    def numbers(self) -> range:
        """The numbers of the pages, from 1."""
        return range(1, self.pages + 1)


def outline(path: Path, limits: Limits) -> Outline:
    """Open a PDF and check it against the limits.

    Raises ReadError: `encrypted`, `damaged`, `no-pages`, `too-many-pages`.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
    except PdfiumError as error:
        raise ReadError(_why_not(path, str(error))) from error
    with document:
        count = len(document)
        if count == 0:
            raise ReadError("no-pages")
        if count > limits.pages:
            raise ReadError("too-many-pages", pages=count, limit=limits.pages)
        title = document.get_metadata_value("Title")
        if not any(_has_page(document, index) for index in range(count)):
            raise ReadError("damaged")
    return Outline(count, clean_title(title))


def _has_page(document: PdfDocument, index: int) -> bool:
    from pypdfium2 import PdfiumError

    try:
        return bool(document.get_page_size(index))
    except PdfiumError:
        return False


def _why_not(path: Path, reason: str) -> str:
    """Return why PDFium refuses a file: it calls one without pages damaged."""
    from pypdf import PdfReader

    if "password" in reason.lower():
        return "encrypted"
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return "damaged" if len(PdfReader(path).pages) else "no-pages"
    except Exception:  # a parser fed with damage raises anything
        return "damaged"


_NO_TITLE = re.compile(
    r"<?(?:[0-9A-F]{2}){6,}>?|untitled\S*|ไม่มีชื่อ\S*"
    r"|document\s?\d*|(?:new )?microsoft \w+(?: document)?"
    r"|[A-Za-z0-9_.() -]{1,60}\.(?:pdf|docx?|xlsx?|pptx?|indd|cdr|ai|psd)"
    r"|(?:scan|img|doc|image)[\w-]*\d+",
    re.IGNORECASE,
)


def clean_title(title: str) -> str | None:
    """Drop what programs add to a title: their name in front, a file ending behind.

    None for what is no title: "untitled", digits of a badly written string, a bare file name.
    """
    whole = title.replace("\x00", "").strip()
    title = _MAKER.sub("", whole).strip()
    return None if not title or any(map(_NO_TITLE.fullmatch, (whole, title))) else title
