"""Cut a document's lines at its headings: each section is a heading and what stands below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.layout.fused_lines import unglued
from ingest.layout.heading_words import Topic
from ingest.layout.headings import Heading, continues_heading, heading_of, introduced_by
from ingest.layout.lines import Line
from ingest.layout.list_marks import Mark, mark_of
from ingest.layout.plan_names import opens_other_plan

# What may stand under an issue.
BELOW: tuple[Topic, ...] = ("goal", "strategy", "indicator")
_TITLE = re.compile(r"(?:ด้าน|ยุทธศาสตร์|ประเด็นยุทธศาสตร์|ประเด็นการพัฒนา)(?:การพัฒนา)?\s?[ก-๙]")
_LONGEST_TITLE = 130


@dataclass
class Section:
    """A heading and the lines up to the next one; no heading before the first.

    `note` explains what the section states (the targets of an indicator).
    """

    heading: Heading | None
    lines: list[Line] = field(default_factory=list)
    note: str | None = None

    @property
    def content(self) -> list[Line]:
        """What the section says: the rest of the heading's line, then the lines below.

        Lines that only go on with the heading (ของเทศบาล…) are none of it.
        """
        lines = list(self.lines)
        while len(lines) > 1 and self.heading and self.heading.rest is None:
            if not continues_heading(lines[0].text):
                break
            lines.pop(0)
        body = self.heading.body if self.heading else None
        return [body, *lines] if body else lines


def sections_of(entries: Sequence[Line | Section]) -> list[Section]:
    """Cut the lines at their headings; sections that are made already stay as they are."""
    sections = [Section(None)]
    run: list[Line] = []
    for entry in entries:
        if isinstance(entry, Line):
            run.append(entry)
            continue
        _cut(run, sections)
        run = []
        sections += [entry, Section(None)]
    _cut(run, sections)
    return sections


def _cut(lines: Sequence[Line], sections: list[Section]) -> None:
    """Cut lines at their headings; those before the first go on with the last section."""
    lines = [part for line in lines for part in unglued(line)]
    headings = [heading_of(line) for line in lines]
    for index, line in enumerate(lines):
        heading = headings[index]
        if heading is not None and not _opens(heading, sections[-1]):
            heading = None
        elif heading is None:
            following = headings[index + 1] if index + 1 < len(lines) else None
            above = lines[index - 1] if index else None
            heading = introduced_by(line) or _title(line, following, above) or _other_plan(line)
        if heading is None:
            sections[-1].lines.append(line)
        else:
            sections.append(Section(heading))


def _opens(heading: Heading, current: Section) -> bool:
    """Tell a heading from an item of a list that begins with the list's own announcing word."""
    if heading.firm or current.heading is None:
        return True
    return not (heading.mark and current.heading.topics[0] == heading.topic)


def _other_plan(line: Line) -> Heading | None:
    """Return the heading of a part that quotes another plan, above the body's own or beside it."""
    mark = mark_of(line.text)
    if not opens_other_plan(line.text[mark.length :] if mark else line.text):
        return None
    return Heading(line, ("elsewhere",), mark, end=len(line.text))


def _title(line: Line, following: Heading | None, above: Line | None) -> Heading | None:
    """Return an issue that only its place tells: ด้าน…, right above แนวทางการพัฒนา.

    The last of several such lines ends a list of issues.
    """
    if following is None or following.topic not in BELOW or following.label:
        return None
    if len(line.text) > _LONGEST_TITLE:
        return None
    mark = mark_of(line.text)
    start = mark.length if mark else 0
    if not _TITLE.match(line.text, start) or (mark and above and _lists_with(above, mark)):
        return None
    label = mark.number if mark and mark.number else ""
    return Heading(line, ("strategic_issue",), mark, label, start, start)


def _lists_with(above: Line, mark: Mark) -> bool:
    """Tell whether the line above is the item before, a title like this one."""
    before = mark_of(above.text)
    return (
        before is not None
        and before.style == mark.style
        and bool(_TITLE.match(above.text, before.length))
    )


def renamed(heading: Heading, topic: Topic) -> Heading:
    """Return the heading announcing one thing of the several under its umbrella."""
    return replace(heading, topics=(topic,))
