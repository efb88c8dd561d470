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
from kb.concepts import lexicon, lexicon_version

_TERM = re.compile(r"(?:[^\W_]|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])+")
_SPACE = re.compile(r"\s+")
_MARKS = "-•*·:;,\"“”'()"
_SHORT_PART, _LONG_TEXT, _LONG_PART, _MOST_PARTS = 14, 400, 220, 31


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be searched: its words, its concepts, and a form without blanks.

    `more` is what explains the text; it is searched with less weight. `parts` are the
    phrases of a text that says several things: each gets a vector of its own.
    """

    text: str
    more: str
    parts: tuple[str, ...]
    words: str
    more_words: str
    concepts: str
    squeezed: str

    @property
    def hash(self) -> str:
        """Name the passage by its content, blind to white space."""
        return fingerprint(self.text, self.more, *self.parts)


def recipe() -> str:
    """Name how passages are prepared; another name means the word index is made anew."""
    return f"2-{lexicon_version()}"


def terms(text: str) -> list[str]:
    """Cut a text into the terms that the word index keeps: folded, no marks of punctuation."""
    return [term for word in words(fold(text)) for term in _TERM.findall(word)]


def squeeze(text: str) -> str:
    """Fold a text and take out its blanks: the form in which exact phrases are looked up."""
    return _SPACE.sub("", fold(text))


def parts(text: str) -> tuple[str, ...]:
    """Cut a text that says several things into its phrases; () where it says one.

    Thai puts blanks between phrases, not words: the phrases of a vision stand between
    blanks. Long texts are cut into windows of whole phrases, some 220 characters each.
    """
    least = _SHORT_PART if len(text) <= _LONG_TEXT else _LONG_PART // 2
    most = _SHORT_PART if len(text) <= _LONG_TEXT else _LONG_PART
    found: list[str] = []
    for piece in text.split():
        if found and (len(found[-1]) < least or len(found[-1]) + len(piece) <= most):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    if len(found) > 1 and len(found[-1]) < least:
        found[-2:] = [f"{found[-2]} {found[-1]}"]
    clean = [piece.strip(_MARKS) for piece in found]
    return tuple(clean[:_MOST_PARTS]) if len(found) > 1 else ()


def passage(text: str, more: str = "", *, whole: bool = False) -> Passage:
    """Prepare a text for the indexes; `whole` keeps it in one piece."""
    return Passage(
        text, more, () if whole else parts(text), " ".join(terms(text)), " ".join(terms(more)),
        " ".join(sorted(lexicon().find(f"{text}\n{more}"))), squeeze(f"{text} {more}"),
    )  # fmt: skip


def passage_of(record: Statement | Project) -> Passage:
    """Prepare what a record says: its text, and beside it what explains the text."""
    if isinstance(record, Statement):
        return passage(record.text, record.explanation or "")
    more = (record.objective, record.target, record.expected_result, record.indicator)
    return passage(record.title, "\n".join(part for part in more if part), whole=True)
