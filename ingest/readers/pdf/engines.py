"""The engines that read the text of PDF pages, in content order, never position order.

Each engine takes page numbers (from 1) and gives raw text by page number; a page it cannot
read is missing from its answer. None is right everywhere, so the ladder tries them in turn.
"""

from __future__ import annotations

import logging
import math
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Protocol

from ingest.readers.pdf.document import Document
from ingest.thai.alphabet import LETTERS

Pages = dict[int, str]

MANY_OBJECTS = 800
"""A page of more objects is drawn letter by letter, as browsers do."""

LOST = 0.005
"""The share of Thai letters by which two engines may differ."""

_OTHER = re.compile(f"[^{LETTERS}\uf700-\uf71a]+")
_LATIN_TONE = re.compile(f"[É-Í](?<=[{LETTERS}].)")


class Engine(Protocol):
    """Something that reads text from the pages of one PDF file."""

    name: str

    def read(self, document: Document, numbers: Sequence[int]) -> Pages:
        """Return the raw text of these pages; pages that cannot be read are left out."""
        ...


class Poppler:
    """`pdftotext -raw`: one call for all pages, split at form feeds. Reads /ActualText."""

    name = "poppler"

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def read(self, document: Document, numbers: Sequence[int]) -> Pages:
        """Return the raw text of these pages."""
        if not numbers:
            return {}
        first, last = min(numbers), max(numbers)
        command = ["pdftotext", "-raw", "-enc", "UTF-8", "-f", str(first), "-l", str(last)]
        try:
            done = subprocess.run(
                [*command, str(document.path.absolute()), "-"],
                capture_output=True,
                timeout=self.seconds,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):
            return {}
        texts = done.stdout.decode("utf-8", "replace").split("\f")
        wanted = set(numbers)
        return {n: text for n, text in enumerate(texts, first) if n in wanted and n <= last}


class Pypdf:
    """pypdf, page by page."""

    name = "pypdf"

    def read(self, document: Document, numbers: Sequence[int]) -> Pages:
        """Return the raw text of these pages."""
        from pypdf import PdfReader

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        try:
            reader = PdfReader(document.path)
            return {n: text for n in numbers if (text := self._page(reader, n)) is not None}
        except Exception:  # a parser fed with damage raises anything
            return {}

    @staticmethod
    def _page(reader: object, number: int) -> str | None:
        try:
            return str(reader.pages[number - 1].extract_text())  # type: ignore[attr-defined]
        except Exception:
            return None


class Pdfium:
    """PDFium's drawing objects, in content order, with /ActualText obeyed.

    `most_objects` leaves out pages that are drawn letter by letter: slow to read here.
    """

    name = "pdfium"

    def __init__(self, most_objects: float = math.inf) -> None:
        self.most_objects = most_objects

    def read(self, document: Document, numbers: Sequence[int]) -> Pages:
        """Return the raw text of these pages."""
        return {
            number: "\n".join(line.text for line in sheet.lines)
            for number in numbers
            if (sheet := document.sheet(number)) is not None
            and (len(sheet.canvas.objects) <= self.most_objects or sheet.canvas.crossed)
        }


class Mupdf:
    """PyMuPDF in content order; an optional extra, because its licence is the AGPL."""

    name = "mupdf"

    def read(self, document: Document, numbers: Sequence[int]) -> Pages:
        """Return the raw text of these pages."""
        import pymupdf

        pymupdf.TOOLS.mupdf_display_errors(False)
        with pymupdf.open(document.path) as pdf:
            return {n: str(pdf[n - 1].get_text("text", sort=False)) for n in numbers}


def lossy(document: Document, letters: Mapping[int, int]) -> set[int]:
    """Find the pages that draw more Thai letters than an engine read (`letters`).

    Pages that obey /ActualText never count: they draw other letters than they mean.
    """
    return {
        number
        for number, read in letters.items()
        if (sheet := document.sheet(number)) is not None
        and count_thai(sheet.text) > read * (1 + LOST)
        and not sheet.canvas.obeys_actual_text()
    }


def count_thai(raw: str) -> int:
    """Count Thai letters in raw text, those at other code points too."""
    return len(_OTHER.sub("", raw)) + len(_LATIN_TONE.findall(raw))


def installed(seconds: float) -> tuple[Engine, ...]:
    """List the engines this machine has, the most trusted first."""
    engines: list[Engine] = [Mupdf()] if find_spec("pymupdf") else []
    if shutil.which("pdftotext"):
        engines += [Pdfium(MANY_OBJECTS), Poppler(seconds)]
    return (*engines, Pdfium(), Pypdf())
