"""Running text: lines that broke only because the page was full, read as one paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.extract.statements.candidates import Found, FoundKind, squeeze, trimmed
from ingest.layout.lines import Line

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

    def found(
        self,
        kind: FoundKind,
        start: int,
        end: int,
        rule: str,
        *,
        number: str | None = None,
        owner: str | None = None,
        within: int | None = None,
    ) -> Found:
        """Return a part as a statement found by a rule."""
        line = self.line(start, end)
        return Found(
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
    found: list[Paragraph] = []
    for run in _runs(lines):
        text = pages[run[0].page][run[0].start : run[-1].end].replace("\n", " ")
        found.append(Paragraph(run[0].page, run[0].start, text))
    return found


def _runs(lines: Iterable[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        joins = (
            last is not None
            and last.page == line.page
            and line.gap == 0
            and len(last.text) in _WRAPPED
        )
        if joins:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs
