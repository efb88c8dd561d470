"""Text in terminal columns: the width of Thai text, padding, shortening and plain tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

ELLIPSIS = "…"


def width(text: str) -> int:
    """Return the columns that a text takes in a terminal.

    Thai vowels and tone marks above or below a consonant take none, East Asian wide
    characters two (Unicode UAX #11, as `wcwidth` tabulates it). A control character counts
    as one, for it is shown escaped.
    """
    return sum(map(_character_width, text))


def _character_width(char: str) -> int:
    from wcwidth import wcwidth  # 50 ms to import: only commands that draw tables need it

    columns = wcwidth(char)
    return 1 if columns < 0 else columns


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill a text with blanks up to a width, on its right or (`right`) on its left side."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def shorten(text: str, columns: int) -> str:
    """Cut a text to a width, never between a consonant and its marks."""
    if width(text) <= columns:
        return text
    used = 0
    for index, char in enumerate(text):
        used += _character_width(char)
        if used > columns - 1:
            return text[:index].rstrip() + ELLIPSIS
    return text


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], limits: Sequence[int]) -> str:
    """Lay out rows under headings, one line a row.

    `limits` are the greatest widths of the columns; 0 marks a column of numbers, which is
    aligned right and never cut. Lines end where their text ends.
    """
    cells = [[_cell(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows]
    lines = [list(headings), *cells]
    widths = [max(width(line[column]) for line in lines) for column in range(len(headings))]
    return "\n".join(_line(line, widths, limits) for line in lines)


def _cell(text: str, limit: int) -> str:
    flat = " ".join(text.split())
    return shorten(flat, limit) if limit else flat


def _line(cells: Sequence[str], widths: Sequence[int], limits: Sequence[int]) -> str:
    padded = [
        pad(cell, size, right=not limit)
        for cell, size, limit in zip(cells, widths, limits, strict=True)
    ]
    return "  ".join(padded).rstrip()
