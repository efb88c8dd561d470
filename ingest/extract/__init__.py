"""From pages and tables to what they say: statements, projects, whose they are and when."""

from __future__ import annotations

from ingest.extract.statements import statements_of
from ingest.records import Content, Document

__all__ = ["extract", "statements_of"]


def extract(content: Content, *, file: str, document_id: str) -> Document:
    """Read what a document says.

    `content` is what a reader made of `file`; `document_id` names the file's bytes.
    """
    statements = statements_of(content.pages, document_id=document_id)
    return Document(
        id=document_id, file=file, media_type=content.media_type, title=content.title,
        organisation=None, plan_kind="other", period=None, published=None,
        pages=content.pages, statements=statements,
    )  # fmt: skip
