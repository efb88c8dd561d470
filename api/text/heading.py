"""A document in a few lines: organisation, kind of plan, years, pages, text quality."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import click

from api.text.labels import PLANS, label
from api.text.language import Language
from api.text.messages import MESSAGES, message, printable

Record = Mapping[str, Any]
_FIELD = re.compile(r"= ([a-z_]+)")
"""What a column was taken for, in the notes about columns."""


def years(period: Sequence[int] | None, language: Language | None = None) -> str:
    """Return a period as text: พ.ศ. 2566–2570; empty where it is unknown."""
    return message("years", language, years=span(period)) if period else ""


def span(period: Sequence[int]) -> str:
    """Return years without their era: 2566–2570."""
    return "–".join(str(year) for year in sorted(set(period)))


def facts(document: Record, language: Language | None = None) -> list[str]:
    """Return organisation, kind of plan, years, pages, quality of the text, file and id."""
    organisation = document.get("organisation")
    parts = [
        organisation["name"] if organisation else message("organisation-unknown", language),
        label(PLANS, document["plan_kind"], language),
        years(document.get("period"), language),
        message("pages", language, pages=document["pages"]),
        quality(document.get("quality"), language),
        printable(document["file"]),
        document["id"],
    ]
    return [fact for fact in parts if fact]


def title(document: Record) -> str:
    """Return the title of a document, else the name of its file."""
    named = " ".join(str(document.get("title") or "").split())
    return printable(named or PurePath(document["file"]).name)


def heading(document: Record) -> Iterator[str]:
    """Yield the title of a document, a line of facts, unread pages and notes."""
    yield click.style(title(document), bold=True)
    yield " · ".join(facts(document))
    unread = document.get("unread_pages") or []
    if unread:
        yield message("pages-unread", pages=", ".join(map(str, unread)))
    for note in document.get("notes") or []:
        yield message("note", note=note_text(note))


def note_text(note: str, language: Language | None = None) -> str:
    """Return the message of a note, which is a code and a value (`hidden-sheet: งบ 66`)."""
    code, _, value = note.partition(":")
    if f"note-{code}" not in MESSAGES:
        return note
    if code in ("columns", "columns-unknown"):
        value = _FIELD.sub(lambda field: f"= {_field_name(field[1], language)}", value)
    return message(f"note-{code}", language, value=value.strip()).strip()


def _field_name(field: str, language: Language | None) -> str:
    code = f"field-{field}"
    return message(code, language) if code in MESSAGES else field


def unread_page(reason: str, language: Language | None = None) -> str:
    """Return the message that a page has no text, and why."""
    return message("page-unread", language, reason=unread_reason(reason, language))


def unread_reason(reason: str, language: Language | None = None) -> str:
    """Return the message of the reason why a page was not read."""
    code = f"unread-{reason}"
    return message(code, language) if code in MESSAGES else printable(reason)


def quality(share: float | None, language: Language | None = None) -> str:
    """Return the text quality: the percentage of Thai letters inside known words."""
    return "" if share is None else message("quality", language, percent=f"{share * 100:.0f}")
