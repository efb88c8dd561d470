"""From pages and tables to what they say: statements, projects, whose they are and when."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.identity.identity import Identity, identity_of
from ingest.extract.pages import Reading, read_pages
from ingest.extract.projects.lists import listed_projects
from ingest.extract.statements.assembly import statements_of
from ingest.layout.front import front_text
from ingest.layout.furniture import furniture
from ingest.records import Content, Document, Page, Project

__all__ = ["extract"]

_FLATTENED = 0.8
_LONGEST_TITLE = 150


def extract(content: Content, *, file: str, document_id: str) -> Document:
    """Read what a document says.

    `content` is what a reader made of `file`; `document_id` names the file's bytes.
    """
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
    known = _tabled(content, reading, identity, document_id)
    listed = listed_projects(reading.founds, ids, known, document_id=document_id)
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
        notes=(*content.notes, *revised),
    )


def _tabled(
    content: Content, reading: Reading, identity: Identity, document_id: str
) -> tuple[Project, ...]:
    """Return the projects of the tables, and of those that stood in the text as lines."""
    if not (content.tables or reading.tables):
        return ()
    from ingest.extract.projects.tables import projects

    body, period = identity.organisation, identity.period
    real = projects(content.tables, document_id=document_id, organisation=body, period=period)
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
