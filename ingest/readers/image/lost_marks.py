"""Marks that a scan lost, put back by the dictionary: ท้องถิน → ท้องถิ่น, น้าท่วม → น้ำท่วม.

So are the Thai numbers of headings that were read as Latin letters of their shape: lo. → ๒.
For text from OCR only. A word is mended where the pieces it was read as make exactly one
long dictionary word once tone marks are left out of account; nothing else is changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from ingest.thai.words import dictionary, segment

_MARKS = re.compile("[\u0e47-\u0e4e]")
_SHORTEST = 5
_PIECES = 6
_THAI_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
# An aunt is rare in plans, water is not; tesseract reads the one for the other.
_ORDINAL = re.compile("(?<=[\u0e01-\u0e4e])ที(?= ?[0-9๐-๙])")
_WATER = re.compile("น้า(?!สาว|ชาย|หญิง|เขย|สะใภ้)|นํ้า|น้ํา")


# Headings are counted; no Thai line begins with these letters and a stop.
_NUMBER = re.compile(r"(?m)^(lo|om)(?=\. ?[ก-ฮเ-ไ])")
_NUMBERS = {"lo": "๒", "om": "๓"}


def put_back(text: str) -> str:
    """Return text from OCR with the marks of its long words and its headings' numbers."""
    text = _ORDINAL.sub("ที่", _WATER.sub("น้ำ", text))
    text = _NUMBER.sub(lambda find: _NUMBERS[find[1]], text)
    return _THAI_RUN.sub(lambda run: _mend(run[0]), text)


def _mend(run: str) -> str:
    tokens = segment(run)
    mended: list[str] = []
    start = 0
    while start < len(tokens):
        count, word = _longest(tokens, start)
        mended.append(word)
        start += count
    return "".join(mended)


def _longest(tokens: list[str], start: int) -> tuple[int, str]:
    """Return how many tokens from `start` make one long word, and the word."""
    for count in range(min(_PIECES, len(tokens) - start), 0, -1):
        read = "".join(tokens[start : start + count])
        if read in dictionary():
            return count, read
        word = _by_skeleton().get(_skeleton(read))
        if word is not None:
            return count, word
    return 1, tokens[start]


def _skeleton(word: str) -> str:
    return _MARKS.sub("", word).replace("\u0e33", "\u0e32")


@cache
def _by_skeleton() -> dict[str, str]:
    """Index the long words whose skeleton is theirs alone."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for word in dictionary():
        skeleton = _skeleton(word)
        if len(skeleton) >= _SHORTEST:
            words[skeleton].append(word)
    return {skeleton: result[0] for skeleton, result in words.items() if len(result) == 1}
