"""Thai words as patterns that survive a damaged text layer.

PDF text layers lose tone marks and move vowels (วิสัยทัศน์ → วิสยั ทัศน). Headings must be
recognised all the same, so a pattern keeps the letters in order and lets any mark stand, or
be missing, between them.
"""

from __future__ import annotations

from collections.abc import Iterable

# Vowels above and below, tone marks, and the signs ็ ์ ํ ฺ.
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_BETWEEN = rf"[{MARKS} ]{{0,3}}"
_AFTER = rf"(?:[ ]?[{MARKS}])*"


def loose(word: str) -> str:
    """Return a pattern for one word; a Latin word only has its letters escaped.

    Sara am counts as sara aa: engines tear ำ apart, and repair may not have mended it.
    """
    letters = [letter for letter in word if not _is_mark(letter)]
    return _BETWEEN.join(_letter(letter) for letter in letters) + _AFTER


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest that fits.

    Words that begin alike share their beginning: such a pattern is compiled several times
    faster than a list of words, and that is paid at every start of the program.
    """
    root = _Branch()
    for word in set(words):
        branch = root
        for letter in word:
            if not _is_mark(letter):
                branch = branch.setdefault(_letter(letter), _Branch())
        branch[_END] = _Branch()
    return _alternatives(root, first=True)


class _Branch(dict[str, "_Branch"]):
    """The letters that may follow; `_END` among them where a word ends."""


_END = ""


def _alternatives(branch: _Branch, *, first: bool = False) -> str:
    """Write what may follow a letter; the end of a word comes last, so the longest wins."""
    between = "" if first else _BETWEEN
    ways = [
        between + letter + _alternatives(after)
        for letter, after in sorted(branch.items())
        if letter != _END
    ]
    if _END in branch:
        ways.append(_AFTER)
    return ways[0] if len(ways) == 1 else "(?:" + "|".join(ways) + ")"


def _is_mark(letter: str) -> bool:
    return letter == "\u0e31" or "\u0e34" <= letter <= "\u0e3a" or "\u0e47" <= letter <= "\u0e4e"


def _letter(letter: str) -> str:
    if letter in "าำ":
        return "[าำ]"
    if letter == " ":
        return r"\s*"
    return letter if "\u0e01" <= letter <= "\u0e5b" or letter.isalnum() else "\\" + letter
