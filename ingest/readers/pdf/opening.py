"""Opening a PDF: what must hold before any engine reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReadError
from ingest.limits import Limits

_MAKER = re.compile(
    r"^Microsoft (?:Word|Excel|PowerPoint) - |\.(?:docx?|xlsx?|pptx?|indd|pdf|odt|rtf)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a PDF says of itself before its text is read: page sizes in points, title."""

    sizes: tuple[tuple[float, float], ...]
    title: str | None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

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
        code = "encrypted" if "password" in str(error).lower() else "damaged"
        raise ReadError(code) from error
    with document:
        count = len(document)
        if count == 0:
            raise ReadError("no-pages")
        if count > limits.pages:
            raise ReadError("too-many-pages", pages=count, limit=limits.pages)
        sizes = tuple(document.get_page_size(index) for index in range(count))
        title = document.get_metadata_value("Title")
    return Outline(sizes, clean_title(title))


def clean_title(title: str) -> str | None:
    """Drop what programs add to a title: their name in front, a file ending behind."""
    title = _MAKER.sub("", title.replace("\x00", "").strip()).strip()
    return title or None
