"""Candidates: spans that rules propose as statements, and the running text they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.layout.lines import Line
from ingest.records import Period, StatementKind

FindKind = StatementKind | Literal["project"]

_BLANK = " \t\r\n\u00a0\u200b*_#"
# Each opening quote with what may close it, and the other way round; people mix them.
_PAIRS = {"“": '”"', "”": "”", '"': '"”', "‘": "’'", "'": "'’", "„": "“”", "«": "»"}
_OPENERS = {"”": '“"', "“": "“„", '"': '"“', "’": "‘'", "'": "'‘", "»": "«"}
_SPACE = re.compile(r"[\s\u00a0\u200b]+")
_TAIL = re.compile(
    r"(?:[\s\u00a0]*(?:[,;|/…]|\s(?:และ|หรือ)|\.{2,}|(?<![A-Za-zก-ฮ])\.|(?<=[ก-ฮะ-ู]{3})\.))+$"
)
_NO_END = (*",;|/….", "และ", "หรือ")


@dataclass(frozen=True, slots=True)
class Find:
    """A statement as a rule found it; `start:end` is its slice of the page.

    `within` is the index, among the founds of the document, of the one it stands under;
    `beside` tells that this is the one found right before it. `confidence` is set where the
    model has weighed it.
    """

    kind: FindKind
    page: int
    start: int
    end: int
    text: str
    rule: str
    section: str | None = None
    number: str | None = None
    explanation: str | None = None
    within: int | None = None
    owner: str | None = None
    period: Period | None = None
    alternatives: tuple[StatementKind, ...] = ()
    beside: bool = False
    confidence: float | None = None

    def under(self, index: int | None) -> Find:
        """Return it placed under another."""
        return replace(self, within=index)


def left_of(finds: Sequence[Find], places: Iterable[int]) -> list[Find]:
    """Return the founds at some places; `within` follows, None below one that is left out."""
    order = {old: new for new, old in enumerate(places)}
    chosen = (finds[old] for old in order)
    return [f if f.within is None else f.under(order.get(f.within)) for f in chosen]


def worded(finds: Sequence[Find]) -> list[Find]:
    """Leave out founds without a letter or figure: what the end of a text has cut off."""
    return left_of(finds, [i for i, f in enumerate(finds) if any(map(str.isalnum, f.text))])


def squeeze(text: str) -> str:
    """Return the text on one line, white space runs as one blank."""
    return _SPACE.sub(" ", text).strip()


def joined(lines: Sequence[Line], *, blank: bool = False) -> str:
    """Return lines as one text: Thai is set without a blank, unless `blank` says otherwise."""
    text = lines[0].text
    for line in lines[1:]:
        tight = not blank and _is_thai(text[-1]) and _is_thai(line.text[0])
        text += line.text if tight else " " + line.text
    return text


def whole(lines: Sequence[Line], *, blank: bool = False) -> Line:
    """Return lines of one page as one line, trimmed: `start:end` stays its slice of the page."""
    if len(lines) == 1:
        return trimmed(lines[0])
    text = joined(lines, blank=blank)
    short = trimmed(Line(lines[0].page, 0, len(text), text, lines[0].gap))
    start = _place(lines, short.start, blank)
    end = _place(lines, short.start + len(short.text) - 1, blank) + 1 if short.text else start
    return Line(lines[0].page, start, end, short.text, lines[0].gap)


def _place(lines: Sequence[Line], offset: int, blank: bool) -> int:
    """Return where on the page the letter stands that has an offset in the joined lines."""
    for index, line in enumerate(lines):
        before = len(joined(lines[: index + 1], blank=blank)) - len(line.text)
        if offset < before + len(line.text) or index == len(lines) - 1:
            return line.start + max(0, offset - before)
    return lines[-1].end


def _is_thai(letter: str) -> bool:
    return "\u0e01" <= letter <= "\u0e5b"


def trimmed(line: Line) -> Line:
    """Return the line without the quotes, dots and commas around what it says."""
    while True:
        shorter = _trimmed_once(line)
        if shorter.text == line.text:
            return line
        line = shorter


def _trimmed_once(line: Line) -> Line:
    text = line.text
    left = len(text) - len(text.lstrip(_BLANK + "….,;:|/"))
    if text[left : left + 1] in _PAIRS and _closes_last(text, left):
        left += 1
    line = line.tail(left)
    text = line.text.rstrip(_BLANK)
    text = _TAIL.sub("", text).rstrip(_BLANK) if text.endswith(_NO_END) else text
    if text[-1:] in _OPENERS and not any(sign in text[:-1] for sign in _OPENERS[text[-1]]):
        text = text[:-1].rstrip(_BLANK)
    return line.head(len(text))


def _closes_last(text: str, left: int) -> bool:
    """Return whether the quote that opens at `left` closes at the very end, or never."""
    rest = text[left + 1 :].rstrip(_BLANK + "….,")
    first = min((at for sign in _PAIRS[text[left]] if (at := rest.find(sign)) >= 0), default=-1)
    return first in (-1, len(rest) - 1)


# A line that broke because the page was full is about so long; longer ones are paragraphs.
_WRAPPED = range(45, 170)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A slice of a page, line ends read as blanks: offsets into `text` are those of the page."""

    page: int
    start: int
    text: str

    def line(self, start: int, end: int) -> Line:
        """Return a part as a line, quotes, commas and blanks around it cut off."""
        whole = Line(self.page, self.start, self.start + len(self.text), self.text, 1)
        return trimmed(whole.head(end).tail(start))

    def find(
        self,
        kind: FindKind,
        start: int,
        end: int,
        rule: str,
        *,
        number: str | None = None,
        owner: str | None = None,
        within: int | None = None,
    ) -> Find:
        """Return a part as a statement found by a rule."""
        line = self.line(start, end)
        return Find(
            kind,
            line.page,
            line.start,
            line.end,
            squeeze(line.text),
            rule,
            number=number,
            owner=owner,
            within=within,
        )


def paragraphs_of(lines: Sequence[Line], pages: Mapping[int, str]) -> list[Paragraph]:
    """Join the lines that run on; a short line, a blank line or a page end ends a paragraph."""
    result: list[Paragraph] = []
    for run in _runs(lines):
        text = pages[run[0].page][run[0].start : run[-1].end].replace("\n", " ")
        result.append(Paragraph(run[0].page, run[0].start, text))
    return result


def _runs(lines: Iterable[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        joins = (
            last is not None
            and last.page == line.page
            and line.gap == 0
            and not line.barred
            and len(last.text) in _WRAPPED
        )
        if joins:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs
