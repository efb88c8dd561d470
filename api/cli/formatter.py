"""Help texts laid out for a terminal: Thai lines end between words, as people read them.

click wraps at blanks and cuts what is longer than a line anywhere; Thai has few blanks, so it
cut within syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from api.text.columns import width

_PIECE = re.compile(r"\S+|\s+")
_LATIN = re.compile(r"[^\u0e00-\u0e7f]+")
_NARROWEST = 16
"""Columns a text has at least beside a wide first column."""


class HelpFormatter(click.HelpFormatter):
    """click's formatter with Thai line breaks."""

    def write_text(self, text: str) -> None:
        """Write a paragraph at the current indent."""
        indent = " " * self.current_indent
        for line in wrapped(text, self.width - self.current_indent):
            self.write(f"{indent}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms with what they mean in a second column."""
        pairs = list(rows)
        column = min(max((width(term) for term, _ in pairs), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        below = " " * (self.current_indent + column)
        room = max(self.width - self.current_indent - column, _NARROWEST)
        for term, meaning in pairs:
            first, *more = wrapped(meaning, room) or [""]
            if width(term) > column - col_spacing:
                self.write(f"{indent}{term}\n{below}{first}".rstrip() + "\n")
            else:
                self.write(f"{indent}{term}{' ' * (column - width(term))}{first}".rstrip() + "\n")
            for line in more:
                self.write(f"{below}{line}\n")


class Context(click.Context):
    """A context whose help is laid out by `HelpFormatter`."""

    formatter_class = HelpFormatter


def wrapped(text: str, columns: int) -> list[str]:
    """Return a text as lines of at most so many columns, broken at blanks or between Thai words.

    A single word that is wider stands alone on its line.
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece if line else piece.lstrip()
    if line.strip():
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterable[str]:
    """Yield the pieces between which a line may end; blanks stay behind the piece before."""
    from ingest.thai.words import segment

    for piece in _PIECE.findall(text):
        if piece.isspace() or _LATIN.fullmatch(piece):
            yield " " if piece.isspace() else piece
        else:
            yield from segment(piece)
