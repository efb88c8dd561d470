"""An open PDF whose pages are drawn once and asked for several things."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from ingest.progress import at_work
from ingest.readers.pdf import pdfium as raw
from ingest.readers.pdf.canvas import MOST_OBJECTS, Canvas
from ingest.readers.pdf.edges import edges
from ingest.readers.pdf.reading_order import filled_in, reading_order
from ingest.readers.pdf.runs import Line, Run, lines
from ingest.readers.tables.ruled import Edge

if TYPE_CHECKING:
    from PIL.Image import Image


class Sheet:
    """One open page."""

    def __init__(self, page: PdfPage, most: int = MOST_OBJECTS) -> None:
        self._page = page
        self._most = most

    @cached_property
    def canvas(self) -> Canvas:
        """What the page draws."""
        return Canvas(self._page, self._most)

    @cached_property
    def runs(self) -> list[Run]:
        """The page's text as runs, in the order in which they were drawn."""
        return self.canvas.runs()

    @cached_property
    def lines(self) -> list[Line]:
        """The page's text as lines, in the order in which they are read."""
        result = filled_in(lines(self.runs))
        return [result[index] for index in reading_order(result)]

    @cached_property
    def edges(self) -> list[Edge]:
        """The straight lines the page draws."""
        return edges(self.canvas)

    @cached_property
    def text(self) -> str:
        """PDFium's own text of the page: fast, and good for counting letters only."""
        result = self._page.get_textpage()
        try:
            return str(result.get_text_range())
        finally:
            result.close()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as people see the page, in points."""
        width, height = self._page.get_size()
        return float(width), float(height)

    def picture(self, dpi: int) -> Image:
        """Draw the page in grey."""
        drawn: Image = self._page.render(scale=dpi / 72, grayscale=True).to_pil()
        return drawn.convert("L")

    def close(self) -> None:
        """Give the page back."""
        self._page.close()


class Document:
    """An open PDF; pages stay open until `turn`, with `most` objects each."""

    def __init__(self, path: Path, most: int = MOST_OBJECTS) -> None:
        self.path = path
        self._most = most
        self._pdf = PdfDocument(path)
        self._pdf.init_forms()
        self._sheets: dict[int, Sheet | None] = {}

    def __enter__(self) -> Document:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.turn()
        self._pdf.close()

    def sheet(self, number: int) -> Sheet | None:
        """Return page `number`, from 1; None where it is damaged."""
        if number not in self._sheets:
            self._sheets[number] = self._open(number)
            at_work()
        return self._sheets[number]

    def turn(self) -> None:
        """Close the pages that are open: a book's pages do not fit into memory at once."""
        for sheet in self._sheets.values():
            if sheet is not None:
                sheet.close()
        self._sheets.clear()

    def _open(self, number: int) -> Sheet | None:
        try:
            return Sheet(self._filled(number), self._most)
        except PdfiumError:
            return None

    def _filled(self, number: int) -> PdfPage:
        """Open a page with what was typed into its forms and on to it, as it is printed."""
        page = self._pdf[number - 1]
        if not raw.types_text(page.raw) or page.flatten() != raw.FLATTENED:
            return page
        page.close()
        return self._pdf[number - 1]
