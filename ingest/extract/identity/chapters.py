"""Chapters of a book of many bodies: where each body's part begins.

A chapter opens with a line that is a body's name and nothing else, right above the first
heading of its plan (วิสัยทัศน์, พันธกิจ …). A document has chapters where two bodies or more
open one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract.identity.own_body import body_named
from ingest.layout.headings import heading_of
from ingest.layout.lines import Line, lines_of
from ingest.records import Organisation, Page

_BELOW = 3
"""The heading stands within so many lines below the body's name."""

_OF_CHAPTERS = ("กรม", "สำนักงาน", "สถาบัน", "กองทุน", "ศาล", "มหาวิทยาลัย", "เทศบาล", "องค์การ")
_ABOVE = re.compile(r"\s(?:อำเภอ|จังหวัด|อ\.|จ\.)")
_FIRST = ("vision", "mission")


@dataclass(frozen=True, slots=True)
class Chapters:
    """The bodies of a book, each with the page and offset at which its part begins."""

    starts: tuple[tuple[int, int], ...] = ()
    bodies: tuple[Organisation, ...] = ()

    def at(self, page: int, offset: int) -> Organisation | None:
        """Return the body in whose chapter a place stands, None before the first."""
        index = bisect_right(self.starts, (page, offset)) - 1
        return self.bodies[index] if index >= 0 else None


def chapters_of(pages: Sequence[Page], owner: Organisation | None) -> Chapters:
    """Return the chapters of a document, none where only one body opens one.

    The document of a province or a local body is that body's own, whoever it names.
    """
    if owner is not None and owner.kind not in ("ministry", "other"):
        return Chapters()
    lines = lines_of(pages)
    opened = [
        (line, body)
        for index, line in enumerate(lines)
        if (body := _opens(line, lines[index + 1 : index + 1 + _BELOW])) is not None
    ]
    if len({body.name for _, body in opened}) < 2:
        return Chapters()
    return Chapters(
        tuple((line.page, line.start) for line, _ in opened), tuple(body for _, body in opened)
    )


def _opens(line: Line, below: Sequence[Line]) -> Organisation | None:
    if not line.text.startswith(_OF_CHAPTERS) or not any(map(_is_first, below)):
        return None
    return body_named(_ABOVE.split(line.text)[0])


def _is_first(line: Line) -> bool:
    heading = heading_of(line)
    return heading is not None and heading.topic in _FIRST and heading.owner is None
