"""From pages and tables to what they say: statements, projects, whose they are and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.extract.identity import Identity, identity_of
from ingest.extract.projects.flattened_tables import flattened_tables
from ingest.extract.projects.lists import listed_projects, project_lines, projects_in
from ingest.extract.projects.repeated_lines import project_tables, without_tables
from ingest.extract.statements.assembly import statements_of
from ingest.extract.statements.candidates import Find, paragraphs_of, worded
from ingest.extract.statements.learned.decision import decided
from ingest.extract.statements.outline import outline_of
from ingest.extract.statements.prose import prose_of
from ingest.extract.statements.tables import laid_out
from ingest.formats.sniff import Format
from ingest.layout.exclusions import breaks_off, teaches_words
from ingest.layout.furniture import furniture
from ingest.layout.lines import Line, front_text, lines_of
from ingest.layout.sections import BELOW
from ingest.records import Content, Document, Page, Project, Table

_OF_BUDGETS = ("vision", "mission", "value", "strategic_issue", "project")
# What is left of a line behind a statement may state something from so many characters on.
_REST = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in the text, and the tables that stood in it as lines."""

    finds: tuple[Find, ...]
    tables: tuple[Table, ...]


def read_pages(
    pages: Sequence[Page], tables: Sequence[Table] = (), *, budget: bool = False
) -> Reading:
    """Read the text of all pages; `tables` of projects are read elsewhere, from their cells.

    In a `budget` the measures are those of outputs and projects, not of a plan.
    """
    finds, flat = proposed(pages, tables, budget=budget)
    if not budget:
        finds = decided(finds, pages)
    return Reading(tuple(_whole(finds, pages)), flat)


def proposed(
    pages: Sequence[Page], tables: Sequence[Table] = (), *, budget: bool = False
) -> tuple[list[Find], tuple[Table, ...]]:
    """Return what rules find in the text, and the tables of projects that stand in it as lines."""
    listed = project_tables(tables)
    lines = without_tables(lines_of(pages), listed)
    tabled = {page for table in listed for page in (table.page, *table.row_pages)}
    flat = flattened_tables([line for line in lines if line.page not in tabled])
    lines = [line for line in lines if (line.page, line.start) not in flat.lines]
    texts = {page.number: page.text for page in pages}
    finds = outline_of(laid_out(lines, [table for table in tables if table not in listed], texts))
    if budget:
        finds = [result for result in finds if result.kind in _OF_BUDGETS and result.within is None]
    paragraphs = paragraphs_of(_unread(lines, finds), texts)
    planned = any(result.kind in ("vision", "strategic_issue") for result in finds)
    read = len(finds)
    finds = _joined(finds, _apart(prose_of(paragraphs, planned=planned), finds))
    finds = list(_under_issues(finds, read, texts))
    finds = _joined(finds, projects_in(paragraphs_of(_unread(lines, finds), texts)))
    finds = _joined(finds, project_lines(_unread(lines, finds)))
    return worded(finds), tuple(flat.tables)


def _whole(finds: list[Find], pages: Sequence[Page]) -> list[Find]:
    """Leave out a last statement which the end of the text cuts within a word."""
    last = max(finds, key=lambda find: (find.page, find.end), default=None)
    if last is None or last.kind == "project" or last.page != pages[-1].number:
        return finds
    at_end = last.end == len(pages[-1].text.rstrip())
    if at_end and finds[-1] is last and breaks_off(last.text):
        return finds[:-1]
    return finds


def _joined(finds: Sequence[Find], more: Sequence[Find]) -> list[Find]:
    """Add founds to others; their `within` counted from their own first one."""
    shift = len(finds)
    return [*finds, *(f if f.within is None else f.under(f.within + shift) for f in more)]


def _under_issues(finds: Sequence[Find], stated: int, texts: Mapping[int, str]) -> Iterator[Find]:
    """Place what running prose tells behind an issue, on the same line, under that issue."""
    issues = [(i, f) for i, f in enumerate(finds[:stated]) if f.kind == "strategic_issue"]
    for index, result in enumerate(finds):
        if index >= stated and result.within is None and result.kind in BELOW:
            above = [i for i, f in issues if _on_line(f, result, texts)]
            yield result.under(above[-1]) if above else result
        else:
            yield result


def _on_line(above: Find, find: Find, texts: Mapping[int, str]) -> bool:
    return (
        above.page == find.page
        and above.end <= find.start
        and "\n" not in texts[find.page][above.end : find.start]
    )


def _apart(more: Sequence[Find], finds: Sequence[Find]) -> list[Find]:
    """Leave out of what prose rules found the places where something was found before.

    `within`, the place of the one above among `more`, follows; below one left out it is None.
    """
    kept: list[Find] = []
    places: dict[int, int] = {}
    taken = _taken(finds)
    for index, result in enumerate(more):
        spans = taken.setdefault(result.page, [])
        at = bisect_left(spans, (result.end,))
        if at and spans[at - 1][1] > result.start:
            continue
        spans.insert(at, (result.start, result.end))
        places[index] = len(kept)
        kept.append(result if result.within is None else result.under(places.get(result.within)))
    return kept


def _taken(finds: Sequence[Find]) -> dict[int, list[tuple[int, ...]]]:
    """Return the stretches of each page on which something was found, none over another."""
    taken: dict[int, list[tuple[int, ...]]] = {}
    for find in sorted(finds, key=lambda find: (find.page, find.start)):
        spans = taken.setdefault(find.page, [])
        if spans and spans[-1][1] > find.start:
            spans[-1] = (spans[-1][0], max(spans[-1][1], find.end))
        else:
            spans.append((find.start, find.end))
    return taken


def _unread(lines: Sequence[Line], finds: Sequence[Find]) -> list[Line]:
    """Return the lines on which nothing was found yet, and what is left behind what was."""
    taken = _taken(finds)
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


if TYPE_CHECKING:
    from ingest.extract.projects.columns import Column

__all__ = ["extract"]

_FLATTENED = 0.8
_LONGEST_TITLE = 150
_YEARS = re.compile(r"\s*\(?\s*(?:ปี\s*)?พ\.\s?ศ\.\s*[0-9๐-๙]{4}\s*(?:[-–]\s*[0-9๐-๙]{4})?\s*\)?\s*")
_PRINTED = re.compile(r"^\s*\d{1,2}/\d{1,2}/\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?\s*")
"""Day and hour that a browser prints above a page, with the page's name."""
_FLAT = frozenset({Format.DELIMITED.value, Format.JSON_LINES.value})
_TABLES = frozenset(
    kind.value
    for kind in (
        Format.DELIMITED,
        Format.JSON_LINES,
        Format.XLSX,
        Format.XLS,
        Format.XLSB,
        Format.ODS,
    )
)


def extract(
    content: Content, *, file: str, document_id: str, columns: Sequence[str] = ()
) -> Document:
    """Read what a document says.

    `content` is what a reader made of `file`; `document_id` names the file's bytes;
    `columns` say what columns of its tables hold (`column=field`).
    """
    named = _named(columns)
    front = front_text(content.pages)
    identity = identity_of(front, content.title)
    reading = read_pages(content.pages, content.tables, budget=identity.plan_kind == "budget")
    if _states_nothing(identity, front):  # a school or company is no body that plans
        reading, identity = Reading((), reading.tables), replace(identity, organisation=None)
    statements, ids = statements_of(
        reading.finds,
        content.pages,
        document_id=document_id,
        organisation=identity.organisation,
        period=identity.period,
        by_page=identity.plan_kind == "budget",
    )
    known = _tabled(content, reading, identity, document_id, named)
    listed = _listed(content, reading, identity, ids, known, document_id)
    revised = (f"revision: {identity.revision.label}",) if identity.revision else ()
    return Document(
        id=document_id,
        file=file,
        media_type=content.media_type,
        title=content.title or _first_line(content.pages),
        organisation=identity.organisation,
        plan_kind=identity.plan_kind,
        period=identity.period,
        published=identity.published,
        pages=content.pages,
        statements=statements,
        projects=(*known, *listed),
        notes=(*content.notes, *revised, *_columns_read(content, named)),
    )


def _states_nothing(identity: Identity, front: str) -> bool:
    """Return whether a page explains the words of planning, or is of a school or company."""
    body = identity.organisation
    if body is None:
        return teaches_words(front)
    return body.name.startswith(("โรงเรียน", "บริษัท"))


def _named(columns: Sequence[str]) -> Mapping[str, Column]:
    if not columns:
        return {}
    from ingest.extract.projects.open_data import mapped

    return mapped(columns)


def _columns_read(content: Content, named: Mapping[str, Column]) -> tuple[str, ...]:
    """Return how the columns of a file that is a table were understood, which of them not."""
    if content.media_type not in _TABLES or not content.tables:
        return ()
    from ingest.extract.projects.column_notes import columns_read

    return columns_read(content.tables, named, brief=content.media_type not in _FLAT)


def _listed(
    content: Content,
    reading: Reading,
    identity: Identity,
    ids: Mapping[int, str],
    known: Sequence[Project],
    document_id: str,
) -> tuple[Project, ...]:
    """Return the projects that stand outside tables; in budgets, on lines with their money."""
    if identity.plan_kind == "budget":
        from ingest.extract.projects.budget_lines import budget_lines

        return budget_lines(content.pages, known, identity.period, document_id)
    return listed_projects(
        reading.finds,
        ids,
        known,
        document_id=document_id,
        pages=content.pages,
        period=identity.period,
    )


def _tabled(
    content: Content,
    reading: Reading,
    identity: Identity,
    document_id: str,
    named: Mapping[str, Column],
) -> tuple[Project, ...]:
    """Return the projects of the tables, and of those that stood in the text as lines."""
    if not (content.tables or reading.tables):
        return ()
    from ingest.extract.projects.tables import projects
    from ingest.extract.projects.units import with_units

    body, period = identity.organisation, identity.period
    tables = with_units(content.tables, content.pages)
    real = projects(tables, document_id=document_id, organisation=body, period=period, named=named)
    flat = projects(reading.tables, document_id=document_id, organisation=body, period=period)
    known = {project.id for project in real}
    return (
        *real,
        *(
            replace(project, found_by="flattened", confidence=_FLATTENED)
            for project in flat
            if project.id not in known
        ),
    )


def _first_line(pages: tuple[Page, ...]) -> str | None:
    """Return the line a document opens with, where it can be its title, with years below it.

    A row of a table is no title.
    """
    lines = [line for page in pages[:1] for line in page.text.splitlines() if line.strip()]
    lines = [line for line in lines if not _PRINTED.match(line)] or lines
    for place, line in enumerate(lines):
        text = line.strip(' \t*#|“”"')
        if text and "\t" not in text and not furniture(text):
            below = lines[place + 1] if place + 1 < len(lines) else ""
            title = f"{text} {below.strip()}" if _YEARS.fullmatch(below) else text
            return title if len(title) <= _LONGEST_TITLE else None
    return None
