"""Everything the pages say, rule by rule: under headings, in tables, in prose, in lists."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.extract.projects.flattened_tables import flattened_tables
from ingest.extract.projects.lists import project_lines, projects_in
from ingest.extract.projects.repeated_lines import project_tables, without_tables
from ingest.extract.statements.candidates import Found
from ingest.extract.statements.outline import outline_of
from ingest.extract.statements.prose import prose_of
from ingest.extract.statements.span_ends import breaks_off
from ingest.extract.statements.tables import relaid
from ingest.layout.lines import Line, lines_of
from ingest.layout.paragraphs import paragraphs_of
from ingest.layout.sections import BELOW
from ingest.records import Page, Table

_OF_BUDGETS = ("vision", "mission", "value", "strategic_issue", "project")
# What is left of a line behind a statement may state something from so many characters on.
_REST = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in the text, and the tables that stood in it as lines."""

    founds: tuple[Found, ...]
    tables: tuple[Table, ...]


def read_pages(
    pages: Sequence[Page], tables: Sequence[Table] = (), *, budget: bool = False
) -> Reading:
    """Read the text of all pages; `tables` of projects are read elsewhere, from their cells.

    In a `budget` the measures are those of outputs and projects, not of a plan.
    """
    listed = project_tables(tables)
    lines = without_tables(lines_of(pages), listed)
    tabled = {page for table in listed for page in (table.page, *table.row_pages)}
    flat = flattened_tables([line for line in lines if line.page not in tabled])
    lines = [line for line in lines if (line.page, line.start) not in flat.lines]
    texts = {page.number: page.text for page in pages}
    founds = outline_of(relaid(lines, [table for table in tables if table not in listed], texts))
    if budget:
        founds = [found for found in founds if found.kind in _OF_BUDGETS and found.within is None]
    paragraphs = paragraphs_of(_unread(lines, founds), texts)
    planned = any(found.kind in ("vision", "strategic_issue") for found in founds)
    read = len(founds)
    founds = _joined(founds, _apart(prose_of(paragraphs, planned=planned), founds))
    founds = list(_under_issues(founds, read, texts))
    founds = _joined(founds, projects_in(paragraphs_of(_unread(lines, founds), texts)))
    founds = _joined(founds, project_lines(_unread(lines, founds)))
    return Reading(tuple(_whole(founds, pages)), tuple(flat.tables))


def _whole(founds: list[Found], pages: Sequence[Page]) -> list[Found]:
    """Leave out a last statement which the end of the text cuts within a word."""
    last = max(founds, key=lambda found: (found.page, found.end), default=None)
    if last is None or last.kind == "project" or last.page != pages[-1].number:
        return founds
    at_end = last.end == len(pages[-1].text.rstrip())
    if at_end and founds[-1] is last and breaks_off(last.text):
        return founds[:-1]
    return founds


def _joined(founds: Sequence[Found], more: Sequence[Found]) -> list[Found]:
    """Add founds to others; their `within` counted from their own first one."""
    shift = len(founds)
    return [*founds, *(f if f.within is None else f.under(f.within + shift) for f in more)]


def _under_issues(founds: Sequence[Found], told: int, texts: Mapping[int, str]) -> Iterator[Found]:
    """Place what running prose tells behind an issue, on the same line, under that issue."""
    issues = [(i, f) for i, f in enumerate(founds[:told]) if f.kind == "strategic_issue"]
    for index, found in enumerate(founds):
        if index >= told and found.within is None and found.kind in BELOW:
            above = [i for i, f in issues if _on_line(f, found, texts)]
            yield found.under(above[-1]) if above else found
        else:
            yield found


def _on_line(above: Found, found: Found, texts: Mapping[int, str]) -> bool:
    return (
        above.page == found.page
        and above.end <= found.start
        and "\n" not in texts[found.page][above.end : found.start]
    )


def _apart(more: Sequence[Found], founds: Sequence[Found]) -> list[Found]:
    """Leave out of what prose rules found the places where something was found before.

    `within`, the place of the one above among `more`, follows; below one left out it is None.
    """
    kept: list[Found] = []
    places: dict[int, int] = {}
    taken = _taken(founds)
    for index, found in enumerate(more):
        spans = taken.setdefault(found.page, [])
        at = bisect_left(spans, (found.end,))
        if at and spans[at - 1][1] > found.start:
            continue
        spans.insert(at, (found.start, found.end))
        places[index] = len(kept)
        kept.append(found if found.within is None else found.under(places.get(found.within)))
    return kept


def _taken(founds: Sequence[Found]) -> dict[int, list[tuple[int, ...]]]:
    """Return the stretches of each page on which something was found, none over another."""
    taken: dict[int, list[tuple[int, ...]]] = {}
    for found in sorted(founds, key=lambda found: (found.page, found.start)):
        spans = taken.setdefault(found.page, [])
        if spans and spans[-1][1] > found.start:
            spans[-1] = (spans[-1][0], max(spans[-1][1], found.end))
        else:
            spans.append((found.start, found.end))
    return taken


def _unread(lines: Sequence[Line], founds: Sequence[Found]) -> list[Line]:
    """Return the lines on which nothing was found yet, and what is left behind what was."""
    taken = _taken(founds)
    free: list[Line] = []
    for page, group in groupby(lines, key=lambda line: line.page):
        spans = taken.get(page, [])
        for line in group:
            before = bisect_left(spans, (line.end,))
            end = spans[before - 1][1] if before else 0
            if end <= line.start:
                free.append(line)
            elif line.end - end >= _REST:
                free.append(line.tail(end - line.start))
    return free
