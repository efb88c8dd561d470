"""From pages and tables to what they say: statements, projects, whose they are and when."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.listed import listed_projects
from ingest.extract.organisation import organisation_of
from ingest.extract.projects import projects
from ingest.extract.reading import read_pages
from ingest.extract.statements import statements_of
from ingest.records import Content, Document

__all__ = ["extract"]

_FLATTENED = 0.8


def extract(content: Content, *, file: str, document_id: str) -> Document:
    """Read what a document says.

    `content` is what a reader made of `file`; `document_id` names the file's bytes.
    """
    text = "\n".join(page.text for page in content.pages)
    organisation = organisation_of(text, content.title)
    reading = read_pages(content.pages, (table.page for table in content.tables))
    statements, ids = statements_of(
        reading.founds, content.pages, document_id=document_id, organisation=organisation
    )
    tabled = projects(content.tables, document_id=document_id, organisation=organisation)
    flat = projects(reading.tables, document_id=document_id, organisation=organisation)
    known = (*tabled, *(replace(p, found_by="flattened", confidence=_FLATTENED) for p in flat))
    listed = listed_projects(reading.founds, ids, known, document_id=document_id)
    return Document(
        id=document_id, file=file, media_type=content.media_type, title=content.title,
        organisation=organisation, plan_kind="other", period=None, published=None,
        pages=content.pages, statements=statements, projects=(*known, *listed),
    )  # fmt: skip
