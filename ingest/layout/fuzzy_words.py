"""Thai words found in spite of a damaged text layer.

PDF text layers lose tone marks and move vowels (วิสัยทัศน์ → วิสยั ทัศน). Headings must be
recognised all the same, so words are recognised by their letters in order, whatever marks or
blanks stand, or are missing, between them. The words are kept as a tree of letters and walked
letter by letter: patterns for hundreds of such words take half a second to compile, which
would be paid at every start of the program.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Generic, TypeVar

Name = TypeVar("Name")

# Vowels above and below, tone marks, and the signs ็ ์ ํ ฺ.
MARKS = frozenset(map(chr, (0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F))))
_BETWEEN = MARKS | {" "}
_AA = "าำ"
_MOST_BETWEEN = 3


class Words(Generic[Name]):
    """Groups of words by name; of two groups that fit, the one named first wins.

    Latin words fit in capitals and small letters alike. Sara am counts as sara aa: engines
    tear ำ apart, and repair may not have mended it.
    """

    def __init__(self, groups: Mapping[Name, Iterable[str]]) -> None:
        self._rank = {name: rank for rank, name in enumerate(groups)}
        self._root: _Branch[Name] = _Branch()
        for name, words in groups.items():
            for word in words:
                self._root.plant(word, name)

    @property
    def initials(self) -> Container[str]:
        """The letters with which the words begin."""
        return self._root.after

    def match(self, text: str, start: int) -> tuple[Name, int] | None:
        """Return the group of the word that stands at `start`, and where the longest one ends."""
        branch = self._root.after.get(text[start : start + 1])
        if branch is None:
            return None
        result: dict[Name, int] = {}
        position, size = start, len(text)
        while branch is not None:
            position += 1
            if branch.ends:
                result |= dict.fromkeys(branch.ends, position)
            after = branch.after
            if position >= size or not after:
                break
            branch = after.get(text[position])
            if branch is None and text[position] in _BETWEEN:
                position = _behind_marks(text, position)
                branch = after.get(text[position : position + 1])
        if not result:
            return None
        best = min(result, key=self._rank.__getitem__)
        return best, _with_marks(text, result[best])

    def end(self, text: str, start: int) -> int | None:
        """Return where the longest word that stands at `start` ends."""
        result = self.match(text, start)
        return result[1] if result else None


class _Branch(Generic[Name]):
    """What may follow a letter, and the names of the groups a word of which ends here."""

    __slots__ = ("after", "ends")

    def __init__(self) -> None:
        self.after: dict[str, _Branch[Name]] = {}
        self.ends: tuple[Name, ...] = ()

    def plant(self, word: str, name: Name) -> None:
        """Add a word below this branch."""
        branch = self
        for letter in word:
            if letter not in _BETWEEN:
                branch = branch._grown(letter)
        branch.ends = (*branch.ends, name)

    def _grown(self, letter: str) -> _Branch[Name]:
        """Return the branch of a letter and of what stands for it."""
        same = self.after.get(letter)
        if same is None:
            same = _Branch()
            for form in _AA if letter in _AA else (letter.lower(), letter.upper()):
                self.after[form] = same
        return same


def _behind_marks(text: str, position: int) -> int:
    """Return where the next letter stands, a few marks and blanks later."""
    limit = position + _MOST_BETWEEN
    while position < limit and text[position : position + 1] in _BETWEEN:
        position += 1
    return position


def _with_marks(text: str, end: int) -> int:
    """Return where the marks end that hang on the last letter of a word."""
    while True:
        if text[end : end + 1] in MARKS:
            end += 1
        elif text[end : end + 1] == " " and text[end + 1 : end + 2] in MARKS:
            end += 2
        else:
            return end
