"""From pages and tables to what they say: statements, projects, whose they are and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.extract.identity.identity import Identity, identity_of
from ingest.extract.pages import Reading, read_pages
from ingest.extract.projects.lists import listed_projects
from ingest.extract.statements.assembly import statements_of
from ingest.formats.sniff import Format
from ingest.layout.front import front_text
from ingest.layout.furniture import furniture
from ingest.records import Content, Document, Page, Project

if TYPE_CHECKING:
    from ingest.extract.projects.columns import Column

__all__ = ["extract"]

_FLATTENED = 0.8
_LONGEST_TITLE = 150
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
    identity = identity_of(front_text(content.pages), content.title)
    reading = read_pages(content.pages, content.tables, budget=identity.plan_kind == "budget")
    statements, ids = statements_of(
        reading.founds,
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


def _named(columns: Sequence[str]) -> Mapping[str, Column]:
    if not columns:
        return {}
    from ingest.extract.open_data import mapped

    return mapped(columns)


def _columns_read(content: Content, named: Mapping[str, Column]) -> tuple[str, ...]:
    """Say how the columns of a file that is a table were understood, which of them not."""
    if content.media_type not in _TABLES or not content.tables:
        return ()
    from ingest.extract.open_data import columns_read

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
        from ingest.extract.budget_lines import budget_lines

        return budget_lines(content.pages, known, identity.period, document_id)
    return listed_projects(
        reading.founds,
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
    from ingest.extract.units import with_units

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
    """Return the line a document opens with, where it can be its title."""
    for page in pages[:1]:
        for line in page.text.splitlines():
            text = line.strip(' \t*#|“”"')
            if text and not furniture(text):
                return text if len(text) <= _LONGEST_TITLE else None
    return None
