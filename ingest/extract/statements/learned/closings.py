"""Places at which a statement that begins somewhere may end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ingest.extract.statements.learned.cues import STOPS
from ingest.extract.statements.learned.text import QUOTES, PageText

LONGEST = 480
_MOST = 45
_SIGNS = frozenset('“”"„«»()[],;|/')


class Closing(NamedTuple):
    """An end: its offset, and the index of the word behind it."""

    end: int
    next_word: int


def closings_of(page: PageText, start: int, rule_end: int | None = None) -> list[Closing]:
    """Return the ends of a statement that begins at `start`, nearest first.

    Ends lie at blanks, signs, line ends and before words that lead on; `rule_end` is where a
    rule ends it.
    """
    return list(_closings(page, start, rule_end))


def _closings(page: PageText, start: int, rule_end: int | None) -> Iterator[Closing]:
    words, starts, ends, text = page.words, page.starts, page.ends, page.text
    first = page.at(start)
    if first >= len(words):
        return
    count, previous = 0, start
    for index in range(first + 1, len(words) + 1):
        end = ends[index - 1]
        if end - start > LONGEST or count >= _MOST:
            return
        last = index == len(words)
        if (
            last
            or starts[index] > end
            or words[index] in STOPS
            or words[index][0] in _SIGNS
            or words[index - 1][-1] in _SIGNS
            or end == rule_end
        ) and end > previous:
            yield Closing(end, index)
            count, previous = count + 1, end
        if not last and "\n\n" in text[end : starts[index]]:
            return


def closing_quote(page: PageText, start: int) -> int | None:
    """Return where the quote closes that opens right before `start`, None where none does."""
    at = start - 1
    while at >= 0 and page.text[at] in " \u00a0":
        at -= 1
    if at >= 0 and page.text[at] in QUOTES:
        return page.quotes.get(at)
    return None
