"""Pages as lines: where each stands, how far it is indented, what blank space is above it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.records import Page

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
# Emphasis that converters leave behind, and zero-width signs: blank for our purposes.
_EDGE = " \t\r\f\v\u00a0\u200b\u200c\u200d\ufeff*#_"


@dataclass(frozen=True, slots=True)
class Line:
    """One line with text. `start:end` is its slice of the page, edges trimmed.

    `gap` counts the blank lines right above; a page's first line has gap 1.
    """

    page: int
    start: int
    end: int
    text: str
    indent: int
    gap: int

    def tail(self, start: int) -> Line:
        """Return what is left of the line from `start`, an offset into `text`."""
        text = self.text[start:]
        skipped = start + len(text) - len(text.lstrip(_EDGE))
        return Line(
            self.page, self.start + skipped, self.end, self.text[skipped:], self.indent, self.gap
        )

    def head(self, end: int) -> Line:
        """Return the line up to `end`, an offset into `text`."""
        text = self.text[:end].rstrip(_EDGE)
        return Line(self.page, self.start, self.start + len(text), text, self.indent, self.gap)


def lines_of(pages: Iterable[Page]) -> list[Line]:
    """Return the lines with text of all pages, in reading order."""
    found: list[Line] = []
    for page in pages:
        previous = -1
        for match in _LINE.finditer(page.text):
            line = _line(page, match, previous)
            if line is not None:
                found.append(line)
                previous = match.end()
    return found


def _line(page: Page, match: re.Match[str], previous: int) -> Line | None:
    raw = match.group()
    left = raw.lstrip(_EDGE)
    text = left.rstrip(_EDGE)
    if not text:
        return None
    start = match.start() + len(raw) - len(left)
    gap = 1 if previous < 0 else page.text.count("\n", previous, match.start()) - 1
    return Line(page.number, start, start + len(text), text, len(raw) - len(left), gap)
