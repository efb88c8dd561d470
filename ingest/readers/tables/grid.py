"""Rows of cells that span: put into a grid, and written as lines of text."""

from ingest.errors import ReadError
from ingest.formats.limits import Limits

_NARROW = 4


class Grid:
    """A table while it is read.

    A cell that spans columns stands in the first of them and leaves the others empty; in
    header rows its text is repeated, so that each column keeps the words above it.
    """

    def __init__(self, limits: Limits) -> None:
        self.rows: list[list[str]] = []
        self.headers = 0
        self.spans: list[tuple[int, int, int]] = []
        self._open: dict[int, int] = {}
        self._row: list[str] = []
        self._left = limits.cells
        self._limit = limits.cells

    def skip(self, columns: int) -> None:
        """Leave `columns` cells of the current row empty."""
        self.put("", columns)

    def put(self, text: str, across: int = 1, *, header: bool = False) -> None:
        """Add a cell to the current row."""
        across = max(across, 0)
        self._left -= across
        if self._left < 0:
            raise ReadError("too-many-cells", limit=self._limit)
        self._row += [text if nth == 0 or header else "" for nth in range(across)]

    def below(self, across: int = 1) -> None:
        """Add a cell that goes on the one above it: its text stands in the first of them."""
        self._open.setdefault(len(self._row), max(len(self.rows) - 1, 0))
        self.put("", across)

    def begin(self) -> None:
        """Let the next cell begin anew, whatever stands above it."""
        self._close(len(self._row))

    def _close(self, column: int) -> None:
        first = self._open.pop(column, None)
        if first is not None and first < len(self.rows) - 1:
            self.spans.append((column, first, len(self.rows) - 1))

    def end(self) -> tuple[tuple[int, int, int], ...]:
        """Return the cells over several rows: column, first and last row."""
        for column in list(self._open):
            self._close(column)
        return tuple(sorted(self.spans))

    def end_row(self, *, header: bool = False) -> None:
        """Begin the next row; header rows count as such only at the top."""
        if header and self.headers == len(self.rows):
            self.headers += 1
        self.rows.append(self._row)
        self._row = []

    def filled(self) -> list[list[str]]:
        """Return the rows, all of the same length."""
        width = max(map(len, self.rows), default=0)
        return [row + [""] * (width - len(row)) for row in self.rows]


def row_text(row: list[str]) -> list[str]:
    """Write a row as lines: one with tabs, or, in narrow tables of long text, each cell's own.

    A table of issues, goals and strategies has few columns with several paragraphs each:
    those are read cell after cell.
    """
    if len(row) <= _NARROW and any("\n" in cell for cell in row):
        return [line for cell in row for line in cell.split("\n") if line.strip()]
    text = "\t".join(" ".join(cell.split()) for cell in row).rstrip()
    return [text] if text else []
