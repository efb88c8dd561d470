"""A page's text as words: what stands before and behind a place, and how it is set apart."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from ingest.thai.words import segment

QUOTES = {"“": '”"', '"': '"”', "‘": "’'", "'": "'’", "„": "“”", "«": "»", "”": '”"'}
"""Each opening quote with what may close it."""
SKIPPED = " \t\r\u00a0\u200b\ufeff“”\"‘’'„«»*_:：.…-–"
"""What may stand between an announcement and the statement's first word."""

# A word that the dictionary keeps whole though a statement may begin within it.
_LEAD = "ในการ"
_LATIN = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"[0-9๐-๙]")


class PageText:
    """The words of a text, blanks left out: `words[i]` is `text[starts[i]:ends[i]]`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        position = 0
        for token in _parted(segment(text)):
            end = position + len(token)
            if not token.isspace():
                self.words.append(token)
                self.starts.append(position)
                self.ends.append(end)
            position = end

    def at(self, position: int) -> int:
        """Return the index of the first word that begins at `position` or behind it."""
        return bisect_left(self.starts, position)

    def before(self, position: int, count: int) -> list[str]:
        """Return the last `count` words that begin before `position`."""
        index = bisect_left(self.starts, position)
        return self.words[max(0, index - count) : index]

    def behind(self, position: int, count: int) -> list[str]:
        """Return the first `count` words that begin at `position` or behind it."""
        index = bisect_left(self.starts, position)
        return self.words[index : index + count]

    def gap(self, index: int) -> str:
        """Return what sets a word apart from the one before: a line, blanks, a blank, nothing."""
        if index <= 0 or index >= len(self.words):
            return "edge"
        between = self.text[self.ends[index - 1] : self.starts[index]]
        if "\n" in between:
            return "line"
        return ("none", "blank")[len(between)] if len(between) < 2 else "blanks"

    @cached_property
    def quotes(self) -> dict[int, int]:
        """Return where each quote opens and where it closes: offset of either sign."""
        result: dict[int, int] = {}
        opened: int | None = None
        for match in re.finditer(r"[“”\"„«»]", self.text):
            sign = match.group()
            if opened is None:
                if sign not in "”»":
                    opened = match.start()
            elif sign in QUOTES[self.text[opened]] or sign in "”»":
                result[opened] = match.start()
                opened = None
            elif sign != '"':
                opened = match.start()
        return result

    @cached_property
    def _opened(self) -> list[int]:
        return sorted(self.quotes)

    def quote_around(self, position: int) -> tuple[int, int] | None:
        """Return the quote within which a place stands: the offsets of its two signs."""
        index = bisect_right(self._opened, position - 1) - 1
        if index < 0:
            return None
        start = self._opened[index]
        return (start, self.quotes[start]) if start < position <= self.quotes[start] else None


def _parted(tokens: Iterable[str]) -> Iterator[str]:
    for token in tokens:
        if token.startswith(_LEAD) and len(token) > len(_LEAD):
            yield _LEAD
            yield token[len(_LEAD) :]
        else:
            yield token


def first_letter(text: str, position: int, limit: int) -> int:
    """Return where the first letter or bracket stands from `position` on, `limit` at most."""
    while position < limit and text[position] in SKIPPED:
        position += 1
    return position


def shape(word: str) -> str:
    """Return what sort of sign a word is: latin, digits, thai, or the sign itself."""
    if _DIGIT.match(word):
        return "digit"
    if _LATIN.match(word):
        return "latin"
    return "thai" if word[:1] >= "ก" else word[:1]
