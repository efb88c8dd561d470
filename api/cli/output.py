"""Writing for people and for programs: aligned Thai columns, marks of colour, JSON lines."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

_WIDE = frozenset("WF")
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})
ELLIPSIS = "…"


def width(text: str) -> int:
    """Count the columns a text takes in a terminal: Thai vowels and tones above or below take none.

    The rule is Unicode's: marks (Mn, Me) and format characters stand on the letter before
    them; East Asian wide characters take two columns (UAX #11).
    """
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill a text with blanks up to a width, on its right or (`right`) on its left side."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def shorten(text: str, columns: int) -> str:
    """Cut a text to a width, never between a letter and its marks."""
    if width(text) <= columns:
        return text
    used = 0
    for index, char in enumerate(text):
        used += _columns(char)
        if used > columns - 1:
            return text[:index].rstrip() + ELLIPSIS
    return text


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], limits: Sequence[int]) -> str:
    """Lay out rows under headings; `limits` are the columns' greatest widths (0: numbers, right).

    The last column is never padded, so lines end where their text ends.
    """
    shown = [[_cell(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows]
    widths = [
        max(width(row[column]) for row in [list(headings), *shown])
        for column in range(len(headings))
    ]
    lines = [list(headings), *shown]
    return "\n".join(_row(line, widths, limits) for line in lines)


def _cell(text: str, limit: int) -> str:
    flat = " ".join(text.split())
    return shorten(flat, limit) if limit else flat


def _row(cells: Sequence[str], widths: Sequence[int], limits: Sequence[int]) -> str:
    padded = [
        pad(cell, size, right=not limit)
        for cell, size, limit in zip(cells, widths, limits, strict=True)
    ]
    return "  ".join(padded).rstrip()


def marked(text: str, spans: Iterable[Sequence[int]], *, start: str, end: str) -> str:
    """Put marks around the given `[from, to]` slices of a text; slices may overlap."""
    out, last = [], 0
    for first, stop in merged(spans, len(text)):
        out += [text[last:first], start, text[first:stop], end]
        last = stop
    return "".join([*out, text[last:]])


def merged(spans: Iterable[Sequence[int]], length: int) -> list[tuple[int, int]]:
    """Sort slices, cut them to the text and join those that touch."""
    out: list[tuple[int, int]] = []
    for first, stop in sorted((max(0, span[0]), min(length, span[1])) for span in spans):
        if first >= stop:
            continue
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], stop))
        else:
            out.append((first, stop))
    return out


def highlight(text: str, spans: Iterable[Sequence[int]]) -> str:
    """Show the matched words in bold colour; click drops the codes outside a terminal."""
    return marked(text, spans, start="\x1b[1;33m", end="\x1b[0m")


def to_json(value: Mapping[str, Any]) -> str:
    """Write one JSON object on one line, Thai as Thai."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def write(text: str) -> None:
    """Write a line to standard output."""
    click.echo(text)


def write_json(value: Mapping[str, Any]) -> None:
    """Write one JSON object as one line of standard output, in UTF-8 whatever the locale."""
    click.echo(to_json(value).encode("utf-8", "backslashreplace") + b"\n", nl=False)


def say(text: str) -> None:
    """Tell people something on standard error."""
    click.echo(text, err=True)


def watched() -> bool:
    """Tell whether a person watches standard error (progress bars are for them alone)."""
    return sys.stderr.isatty()
