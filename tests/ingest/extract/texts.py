"""How the tests read a text: as one page, or several, of a document."""

from ingest.extract import extract
from ingest.records import Content, Document, Page, Statement, Table


def read(*texts: str, tables: tuple[Table, ...] = ()) -> Document:
    """Extract from pages of clean text."""
    pages = tuple(Page(number, text) for number, text in enumerate(texts, 1))
    return extract(Content("text/plain", pages, tables), file="a.txt", document_id="a")


def said(document: Document, kind: str) -> list[str]:
    """Return the texts of one kind, in reading order."""
    return [statement.text for statement in document.statements if statement.kind == kind]


def kinds(document: Document) -> set[str]:
    """Return the kinds there are; a project is one."""
    return {s.kind for s in document.statements} | ({"project"} if document.projects else set())


def tree(document: Document) -> dict[str | None, list[str]]:
    """Return the texts below each text; below None those that stand under nothing."""
    texts = {statement.id: statement.text for statement in document.statements}
    found: dict[str | None, list[str]] = {}
    for statement in document.statements:
        above = texts[statement.parent] if statement.parent else None
        found.setdefault(above, []).append(statement.text)
    return found


def slice_of(document: Document, statement: Statement) -> str:
    """Return the part of the page a statement points to."""
    return document.pages[statement.page - 1].text[statement.start : statement.end]
