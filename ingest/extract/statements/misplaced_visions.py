"""A vision that the text layer prints away from its heading, as some page makers draw last.

Budget bills set the headings 1. วิสัยทัศน์ and 2. พันธกิจ in a frame of their own: in the order
of drawing nothing stands below the first, and its sentence comes last on the page, alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.extract.statements.candidates import Found, squeeze, trimmed
from ingest.extract.statements.exclusions import defines, introduces, narrates
from ingest.layout.furniture import furniture
from ingest.layout.headings import continues_heading
from ingest.layout.lines import Line
from ingest.layout.list_marks import mark_of
from ingest.layout.sections import Section

_FIGURES = re.compile(r"[\d๐-๙.,%\s()–-]+$|(?:งบประมาณ|ปี|บาท|รวม)[\d๐-๙\s.,ปี()บาท]*$")
_LENGTH = range(20, 260)
# A longer sentence holds the mission too where that heading has nothing below either.
_ALONE = 140


def stray_visions(sections: Sequence[Section], founds: Sequence[Found]) -> list[Found]:
    """Return, for numbered vision headings with nothing below, the sentence that ends the page."""
    found: list[Found] = []
    for section, following in pairwise(sections):
        heading = section.heading
        if heading is None or heading.topic != "vision" or section.content or not heading.mark:
            continue
        after = following.heading
        if after is None or after.mark is None or after.line.page != heading.line.page:
            continue
        if not following.content:
            continue
        if any(f.kind == "vision" and f.page == heading.line.page for f in founds):
            continue
        line = _last_line(sections, heading.line.page)
        listed = any(mark_of(below.text) for below in following.content)
        if line is not None and (listed or len(line.text) <= _ALONE):
            text = trimmed(line)
            found.append(
                Found(
                    "vision",
                    text.page,
                    text.start,
                    text.end,
                    squeeze(text.text),
                    "stray",
                    section=heading.text,
                )
            )
    return found


def _last_line(sections: Sequence[Section], page: int) -> Line | None:
    """Return the last line of a page, if it is a sentence that stands apart behind figures."""
    lines = [line for section in sections for line in section.lines if line.page == page]
    if len(lines) < 2:
        return None
    last, before = lines[-1], lines[-2]
    apart = last.gap > 0 or _FIGURES.match(before.text)
    if not apart or mark_of(last.text) or len(last.text) not in _LENGTH:
        return None
    text = last.text
    other = furniture(text) or defines(text) or introduces(text) or narrates(text)
    return None if other or continues_heading(text) or _FIGURES.match(text) else last
