"""What forms let people choose from."""

from __future__ import annotations

from api.text.labels import STATEMENTS, label
from api.text.language import Language
from ingest.records import STATEMENT_KINDS
from kb import KnowledgeBase


def kinds(language: Language) -> list[tuple[str, str]]:
    """List the kinds of statements with their names."""
    return [(kind, label(STATEMENTS, kind, language)) for kind in STATEMENT_KINDS]


def planning_bodies(kb: KnowledgeBase) -> list[str]:
    """List the names of the bodies that state something."""
    return [body.name for body, counts in kb.store.organisations() if counts["statements"]]
