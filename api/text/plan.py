"""One plan for people: its heading and its tree, or its clean text page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.text.heading import heading, unread
from api.text.messages import message
from api.text.tree import draw, tree
from ingest.records import Document


def outline(found: Mapping[str, Any]) -> Iterator[str]:
    """Show what a document says (its JSON form) as the tree of the plan."""
    yield from heading(found)
    roots = tree(found["statements"], found["projects"])
    yield from draw(roots) if roots else [message("nothing-stated")]


def pages(document: Document) -> Iterator[str]:
    """Show the clean text, page by page; pages that could not be read say why."""
    yield from heading(document.to_dict())
    for page in document.pages:
        yield f"\n═══ {message('page-heading', page=page.number)} ═══"
        yield unread(page.unread) if page.unread else page.text


def with_text(found: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """Add the pages with their text to a document's JSON form."""
    return {**found, "text": [{**page.to_dict(), "text": page.text} for page in document.pages]}
