"""List marks: 1. 1) (1) ๑. ๒.๑ ก. - • at the head of a line, or inline in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

Style = Literal["bullet", "dot", "paren", "parens", "dotted", "letter", "bare"]

_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_D = "[0-9๐-๙]"
_NUMBER = rf"{_D}{{1,3}}"

# The order is the order of trial; a style names how a list looks, so that lists can be told apart.
_MARK = re.compile(
    rf"""
    (?P<bullet> [-–—](?=\s|[ก-๙A-Za-z“"(๐-๙]) | o(?=\s)
      | [•●○◦▪▫■□◆◇❖➢➤➔►▶✓✔✦★☆*·∙‣⁃\uf000-\uf0ff] )
    | (?P<dotted> (?P<n1>{_NUMBER}(?:\.{_NUMBER})+)[.)]?(?=\s|[ก-๙“"(A-Za-z]) )
    | (?P<parens> \((?P<n2>{_NUMBER}(?:\.{_NUMBER})*|[กขคงจฉชซ])\) )
    | (?P<paren> (?P<n3>{_NUMBER}|[กขคงจฉชซ])\) )
    | (?P<dot> (?P<n4>{_NUMBER})\.(?!{_D}) )
    | (?P<letter> (?P<n5>[กขคงจฉช])\.(?=\s)(?!\s*[ก-ฮ]\.) )
    | (?P<bare> (?P<n6>{_NUMBER})(?=\s+[ก-๙“"]) )
    """,
    re.VERBOSE,
)
_BLANK = re.compile(r"[\s\u00a0\u200b]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a list item: its style, its number in Arabic digits, where its text begins."""

    style: Style
    number: str | None
    length: int

    @property
    def depth(self) -> int:
        """How many levels the number itself shows: 1 for `2`, 2 for `2.1`."""
        return self.number.count(".") + 1 if self.number else 1


def arabic(text: str) -> str:
    """Return the text with Thai digits as Arabic ones."""
    return text.translate(_ARABIC)


@lru_cache(maxsize=8192)
def mark_of(text: str) -> Mark | None:
    """Return the list mark at the head of a line, `- 1)` and `1. 1.` as one mark, or None."""
    if "\u0e2e" < text[:1] <= "\u0e4e":
        return None
    end, result = 0, None
    for _ in range(3):
        match = _MARK.match(text, end)
        if match is None:
            break
        style, number = _read(match)
        if result is not None and (style == "bare" or not _goes_before(result, number)):
            break
        blank = _BLANK.match(text, match.end())
        end = blank.end() if blank else match.end()
        result = Mark(style, number, end)
    return result if result and result.length < len(text) else None


def _goes_before(mark: Mark, number: str | None) -> bool:
    """Return whether a mark may stand before another: a bullet, or the same number set twice."""
    return mark.style == "bullet" or (mark.number is not None and mark.number == number)


def _read(match: re.Match[str]) -> tuple[Style, str | None]:
    number = next((match[f"n{i}"] for i in range(1, 7) if match[f"n{i}"]), None)
    styles: tuple[Style, ...] = ("bullet", "dotted", "parens", "paren", "dot", "letter", "bare")
    style = next(name for name in styles if match[name])
    return style, arabic(number) if number else None


@dataclass(frozen=True, slots=True)
class InlineItem:
    """An item of an inline list: its number and its slice of the paragraph."""

    number: str
    start: int
    end: int


_INLINE: tuple[str, ...] = (
    r"\(\s?{n}\s?\)",
    r"(?<![0-9๐-๙.,(]){n}\s?\)",
    r"(?<![0-9๐-๙.,]){n}\.(?![0-9๐-๙])",
)


def inline_items(text: str, start: int = 0) -> list[InlineItem]:
    """Return the items of the first `1) … 2) …` list in a paragraph, or nothing.

    A list begins at 1, climbs by one and keeps its style; it needs two items.
    """
    best: list[InlineItem] = []
    if "1" not in text and "๑" not in text:
        return best
    for style in _INLINE:
        result = list(_climb(text, start, style))
        if len(result) > 1 and (not best or result[0].start < best[0].start):
            best = result
    return best


def _climb(text: str, start: int, style: str) -> Iterator[InlineItem]:
    first = _numbered(style, 1).search(text, start)
    if first is None:
        return
    again = _numbered(style, 1).search(text, first.end())
    limit = again.start() if again else len(text)
    heads = [first.span()]
    for number in range(2, 60):
        match = _numbered(style, number).search(text, heads[-1][1], limit)
        if match is None:
            break
        heads.append(match.span())
    for index, (_, end) in enumerate(heads):
        stop = heads[index + 1][0] if index + 1 < len(heads) else limit
        yield InlineItem(str(index + 1), end, stop)


@cache
def _numbered(style: str, number: int) -> re.Pattern[str]:
    return re.compile(style.format(n=_either(number)))


def _either(number: int) -> str:
    thai = "".join("๐๑๒๓๔๕๖๗๘๙"[int(digit)] for digit in str(number))
    return f"(?:{number}|{thai})"
