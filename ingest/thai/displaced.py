"""Marks that slid behind the next consonant, with a blank after them (วิสยั ทัศน์)."""

import re

from ingest.thai.alphabet import CONSONANTS, LETTERS, MARKS
from ingest.thai.words import dictionary, segment

_HIT = re.compile(
    f"(?P<before>[{LETTERS}]{{0,12}})(?P<to>[{CONSONANTS}])(?P<over>[{CONSONANTS}])"
    f"(?P<marks>[{MARKS}]+)[ ](?P<after>[{LETTERS}]{{1,12}})"
)


def put_back(text: str) -> str:
    """Move such marks back where that turns the text into dictionary words."""
    return _HIT.sub(_mend, text) if _HIT.search(text) else text


def _mend(found: re.Match[str]) -> str:
    before, to, over, marks, after = found.group("before", "to", "over", "marks", "after")
    if _unknown(before + to + over + marks) + _unknown(after) == 0:
        return found[0]
    moved = before + to + marks + over + after
    return moved if _unknown(moved) == 0 else found[0]


def _unknown(run: str) -> int:
    known = dictionary()
    return sum(len(token) for token in segment(run) if len(token) < 2 or token not in known)
