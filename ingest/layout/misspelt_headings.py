"""Headings that are misspelt: วิศัยทัศน์, ประเด็จยุทธศาสตร์.

A short line that is no word of the dictionary and one letter away from an announcing word (two
in a long one) is taken for that word.
"""

from __future__ import annotations

from functools import cache, lru_cache

from ingest.layout.fuzzy_words import MARKS
from ingest.layout.heading_words import ANNOUNCED, Topic

_SHORTEST, _LONG, _LONGEST = 7, 10, 24
_SCRAP = 3
_LEFT = ("target", "project")
"""Columns of tables, which scans misspell in ways of their own."""
_SIGNS = " :：-–—\"“”'()[]<>*~=.★☆❖◆◇■●•"


@lru_cache(maxsize=4096)
def misspelt(text: str, offset: int = 0) -> tuple[Topic, int] | None:
    """Return the topic that a line names with a spelling mistake, and where its words end.

    `offset` is added to the end; None for a line that is spelt right, long, or near to nothing.
    """
    bare = text.strip(_SIGNS)
    if not _SHORTEST <= len(bare) <= _LONGEST or bare.isascii() or " " in bare:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    wordings = _wordings()
    letters = _letters(bare)
    nearest = process.extractOne(
        letters, list(wordings), scorer=OSA.distance, score_cutoff=1 if len(letters) < _LONG else 2
    )
    if nearest is None or nearest[1] == 0 or _is_spelt_right(bare):
        return None
    return wordings[nearest[0]], offset + text.index(bare) + len(bare)


@cache
def _wordings() -> dict[str, Topic]:
    return {
        _letters(word): topic
        for topic, words in ANNOUNCED.items()
        for word in words
        if len(word) >= _SHORTEST and not word.isascii() and topic not in _LEFT
    }


def _letters(text: str) -> str:
    """Return a text without vowels above and below and tone marks, which are often lost."""
    return "".join(letter for letter in text if letter not in MARKS)


def _is_spelt_right(text: str) -> bool:
    """Return whether every piece of a text is a word of the dictionary, none of them a scrap."""
    from ingest.thai.words import dictionary, segment

    return all(piece in dictionary() and len(piece) > _SCRAP for piece in segment(text))
