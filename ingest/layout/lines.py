"""Pages as lines: where each stands, what blank space is above it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.records import Page

_LINE = re.compile(r"[^\n]+")
# Blank, or left over from table borders and emphasis signs that converters leave behind.
BLANK = " \t\r\f\v\u00a0\u200b\u200c\u200d\ufeff|"
_LEFT = re.compile(rf"(?:[{BLANK}]|\*\*|__|#{{1,6}}\s)*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with text. `start:end` is its slice of the page, edges trimmed.

    `gap` counts the blank lines right above; a page's first line has gap 1.
    """

    page: int
    start: int
    end: int
    text: str
    gap: int

    def tail(self, start: int) -> Line:
        """Return what is left of the line from `start`, an offset into `text`."""
        match = _LEFT.match(self.text, start)
        begin = match.end() if match else start
        return Line(self.page, self.start + begin, self.end, self.text[begin:], self.gap)

    def head(self, end: int) -> Line:
        """Return the line up to `end`, an offset into `text`."""
        text = self.text[:end].rstrip(BLANK)
        return Line(self.page, self.start, self.start + len(text), text, self.gap)


def lines_of(pages: Iterable[Page]) -> list[Line]:
    """Return the lines with text of all pages, in reading order."""
    found: list[Line] = []
    for page in pages:
        gap, previous = 1, 0
        for match in _LINE.finditer(page.text):
            gap += page.text.count("\n", previous, match.start()) - bool(previous)
            line = _line(page.number, match, gap)
            previous = match.end()
            if line is None:
                gap += 1
                continue
            found.append(line)
            gap = 0
    return found


def _line(page: int, match: re.Match[str], gap: int) -> Line | None:
    raw = match.group()
    left = _LEFT.match(raw)
    begin = left.end() if left else 0
    text = raw[begin:].rstrip(BLANK + "*_")
    if not text:
        return None
    start = match.start() + begin
    return Line(page, start, start + len(text), text, gap)
