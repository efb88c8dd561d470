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
from kb.reference.concepts import lexicon, lexicon_version

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
    return f"3-{lexicon_version()}"


def terms(text: str) -> list[str]:
    """Cut a text into the terms that the word index keeps: folded, no marks of punctuation."""
    return [term for word in words(fold(text)) for term in _TERM.findall(word)]


def squeeze(text: str) -> str:
    """Fold a text and take out its blanks: the form in which exact phrases are looked up."""
    return _SPACE.sub("", fold(text))


def phrases(text: str, least: int = _SHORT_PART, most: int = _SHORT_PART) -> tuple[str, ...]:
    """Cut a text at its blanks into phrases of `least` characters or more; () for one alone.

    Thai puts blanks between phrases, not words. Phrases are joined up to `most` characters.
    """
    result: list[str] = []
    for piece in text.split():
        if result and (len(result[-1]) < least or len(result[-1]) + len(piece) <= most):
            result[-1] += f" {piece}"
        else:
            result.append(piece)
    if len(result) > 1 and len(result[-1]) < least:
        result[-2:] = [f"{result[-2]} {result[-1]}"]
    clean = [piece.strip(_MARKS) for piece in result]
    return tuple(clean[:_MOST_PARTS]) if len(result) > 1 else ()


def windows(text: str) -> tuple[str, ...]:
    """Cut a long text into pieces of whole phrases, some 220 characters each; () if short."""
    if len(text) <= _LONG_TEXT:
        return ()
    return phrases(text, _LONG_PART // 2, _LONG_PART)


def passage(text: str, more: str = "", parts: tuple[str, ...] | None = None) -> Passage:
    """Prepare a text for the indexes; long texts get parts unless some are given."""
    return Passage(
        text,
        more,
        windows(text) if parts is None else parts,
        " ".join(terms(text)),
        " ".join(terms(more)),
        " ".join(sorted(lexicon().find(f"{text}\n{more}"))),
        squeeze(f"{text} {more}"),
    )


def passage_of(record: Statement | Project) -> Passage:
    """Prepare what a record says: its text, and beside it what explains the text.

    A vision says several things at once, each between blanks: every phrase is a part.
    """
    if isinstance(record, Statement):
        several = phrases(record.text) if record.kind == "vision" else None
        return passage(record.text, record.explanation or "", several or None)
    more = (record.objective, record.target, record.expected_result, record.indicator)
    return passage(record.title, "\n".join(part for part in more if part))
