"""Passages: the distinct texts of a knowledge base, as they are searched.

Many documents say the same thing in the same words (a grant's wording, a vision repeated
in every revision). The text is kept, segmented and turned into a vector once, whoever
says it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.records import Project, Statement, fingerprint
from ingest.thai.fold import fold
from ingest.thai.words import words

_TERM = re.compile(r"(?:[^\W_]|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])+")
_SPACE = re.compile(r"\s+")
RECIPE = "words-1"
"""Names how passages are segmented; another recipe means the word index is made anew."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be searched: its words, what explains it, and a form without blanks."""

    text: str
    more: str
    words: str
    more_words: str
    squeezed: str

    @property
    def hash(self) -> str:
        """Name the passage by its content, blind to white space."""
        return fingerprint(self.text, self.more)


def terms(text: str) -> list[str]:
    """Cut a text into the terms that the word index keeps: folded, no marks of punctuation."""
    return [term for word in words(fold(text)) for term in _TERM.findall(word)]


def squeeze(text: str) -> str:
    """Fold a text and take out its blanks: the form in which exact phrases are looked up."""
    return _SPACE.sub("", fold(text))


def passage(text: str, more: str = "") -> Passage:
    """Prepare a text for the indexes."""
    return Passage(text, more, " ".join(terms(text)), " ".join(terms(more)),
                   squeeze(f"{text} {more}"))  # fmt: skip


def passage_of(record: Statement | Project) -> Passage:
    """Prepare what a record says: its text, and beside it what explains the text."""
    if isinstance(record, Statement):
        return passage(record.text, record.explanation or "")
    more = (record.objective, record.target, record.expected_result, record.indicator)
    return passage(record.title, "\n".join(part for part in more if part))
