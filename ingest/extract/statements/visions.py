"""The vision under a heading: quoted or not, on one line or several, or misplaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.extract.statements.candidates import Find, squeeze, trimmed, whole
from ingest.extract.statements.lists import items_of
from ingest.layout.exclusions import defines, introduces, latin, names_paper, narrates
from ingest.layout.furniture import furniture
from ingest.layout.headings import announces, continues_heading, tells_of_nation
from ingest.layout.lines import Line
from ingest.layout.list_marks import mark_of
from ingest.layout.sections import Section

_QUOTE = re.compile(r"[“\"„«]|(?<!\S)[‘']|^”")
_CLOSE = re.compile(r"[”\"»]|[’'](?!\S)")
_LONGEST = 420
_PHRASE = 70
_LINES = 8
# Who signs below a vision.
_SIGNS = re.compile(
    r"^\(?(?:นาย|นาง|นางสาว|น\.ส\.|ดร\.|พล\S{1,12}|ว่าที่\S{1,12})\s?\S{2,}\s+\S{2,}\)?$|^\(?นายก(?:เทศมนตรี|องค์การ)"
)
# A phrase of the vision taken up to say what it means: คุณภาพ หมายถึง.
_TAKES_UP = re.compile(r"^\S{1,40}\s*(?:หมายถึง|หมายความว่า)")
_EXPLAINS = re.compile(r"^\W{0,3}(?:หมายถึง|หมายความว่า|โดยมีความหมาย|ความหมาย|คำอธิบาย|อธิบาย)")


def visions_of(lines: Sequence[Line], section: str) -> list[Find]:
    """Return the vision that the lines under its heading state, with its explanation.

    A numbered list of sentences in its place is one vision each; one of phrases is one vision.
    """
    block = _quoted(lines) or _closed(lines)
    if block and tells_of_nation(block[0].text):
        block = _bare(lines) or block
    if not block:
        items = [item for item in items_of([x for x in lines if not latin(x.text)]) if item.mark]
        if len(items) > 1 and min(len(item.text) for item in items) > _PHRASE:
            return [_find([item.line], section, (), "heading-list") for item in items[:_LINES]]
    rule = "heading-quote" if block else "heading-lines"
    block = block or _bare(lines)
    if not block:
        return []
    after = [line for line in lines if line.start >= block[-1].end and line.page == block[-1].page]
    result = _find(block, section, after, rule)
    return [result] if result.text else []


def _find(block: Sequence[Line], section: str, after: Sequence[Line], rule: str) -> Find:
    line = whole(block, blank=True)
    return Find(
        "vision",
        line.page,
        line.start,
        line.end,
        squeeze(line.text),
        rule,
        section=section,
        explanation=_explanation(after),
    )


def _quoted(lines: Sequence[Line]) -> list[Line]:
    """Return the lines from an opening quote to its closing one, the quote's line cut to it."""
    for index, line in enumerate(lines[:_LINES]):
        opening = _QUOTE.search(line.text)
        if opening is None or defines(line.text) or _is_aside(line):
            continue
        before = line.text[: opening.start()]
        if len(before) > 30 and not (introduces(before) or "วิสัยทัศน์" in before[-60:]):
            continue
        return _until_close(line.tail(opening.start()), lines[index + 1 :])
    return []


def _until_close(first: Line, rest: Sequence[Line]) -> list[Line]:
    closing = _CLOSE.search(first.text, 1)
    if closing:
        return [first.head(closing.end())]
    block = [first]
    for line in rest[:_LINES]:
        if line.page != first.page or line.barred:
            break
        closing = _CLOSE.search(line.text)
        if closing:
            return [*block, line.head(closing.end())]
        block.append(line)
    return []


def _closed(lines: Sequence[Line]) -> list[Line]:
    """Return a line that closes a quote which nobody opened."""
    lines = [line for line in lines if not _is_aside(line)]
    for index, line in enumerate(lines[:_LINES]):
        if line.text[-1] in "”»" and not _QUOTE.search(line.text[:-1]) and not defines(line.text):
            block = [line]
            for above in reversed(lines[:index]):
                long = len(above.text) > _PHRASE and block[0].gap > 0
                if above.page != line.page or block[0].barred or long or introduces(above.text):
                    break
                block.insert(0, above)
            return block
    return []


def _bare(lines: Sequence[Line]) -> list[Line]:
    """Return the first unquoted statement: one line, or short ones that belong together."""
    block: list[Line] = []
    for line in lines:
        aside = _is_aside(line)
        if not block:
            if aside or _skips(line):
                continue
            if names_paper(line.text):
                return []
            block = [_unmarked(line)]
        elif not (aside or _repeats(block, line)) and _goes_on(block, line):
            block.append(line)
        else:
            break
    size = sum(len(line.text) for line in block)
    return block if block and 6 <= size <= _LONGEST else []


def _is_aside(line: Line) -> bool:
    """Return whether a line is the page's or in English: no part of a vision without quotes."""
    return furniture(line.text) or latin(line.text)


def _skips(line: Line) -> bool:
    text = line.text
    return defines(text) or introduces(text) or (len(text) > 90 and narrates(text))


def _goes_on(block: list[Line], line: Line) -> bool:
    last = block[-1]
    if line.page != last.page or line.barred or _EXPLAINS.match(line.text) or mark_of(line.text):
        return False
    if _TAKES_UP.match(line.text) or _SIGNS.match(line.text):
        return False
    if introduces(line.text) or narrates(line.text) or announces(line.text):
        return False
    if len(block) >= _LINES:
        return False
    if line.gap == 0:
        return sum(len(item.text) for item in block) + len(line.text) <= _LONGEST
    return len(line.text) <= _PHRASE and len(last.text) <= _PHRASE


def _repeats(block: list[Line], line: Line) -> bool:
    """Return whether a line takes up a phrase of the vision, to explain it."""
    said = "".join("".join(item.text.split()) for item in block)
    return "".join(line.text.split()) in said


def _unmarked(line: Line) -> Line:
    mark = mark_of(line.text)
    return line.tail(mark.length) if mark and mark.style != "bare" else line


def _explanation(lines: Sequence[Line]) -> str | None:
    for line in lines[:2]:
        match = _EXPLAINS.match(line.text)
        if match:
            return squeeze(line.text[match.end() :].lstrip(" :：ว่า")) or None
    return None


_FIGURES = re.compile(r"[\d๐-๙.,%\s()–-]+$|(?:งบประมาณ|ปี|บาท|รวม)[\d๐-๙\s.,ปี()บาท]*$")
_LENGTH = range(20, 260)
# A longer sentence holds the mission too where that heading has nothing below either.
_ALONE = 140


def stray_visions(sections: Sequence[Section], finds: Sequence[Find]) -> list[Find]:
    """Return, for numbered vision headings with nothing below, the sentence that ends the page."""
    result: list[Find] = []
    for section, following in pairwise(sections):
        heading = section.heading
        if heading is None or heading.topic != "vision" or section.content or not heading.mark:
            continue
        after = following.heading
        if after is None or after.mark is None or after.line.page != heading.line.page:
            continue
        if not following.content:
            continue
        if any(f.kind == "vision" and f.page == heading.line.page for f in finds):
            continue
        line = _last_line(sections, heading.line.page)
        listed = any(mark_of(below.text) for below in following.content)
        if line is not None and (listed or len(line.text) <= _ALONE):
            text = trimmed(line)
            result.append(
                Find(
                    "vision",
                    text.page,
                    text.start,
                    text.end,
                    squeeze(text.text),
                    "stray",
                    section=heading.text,
                )
            )
    return result


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
