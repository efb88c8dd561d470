"""What a document is, in a few lines for people: body, plan, years, pages, quality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from api.labels import PLANS, label
from api.messages import message, printable

Record = Mapping[str, Any]


def years(period: list[int] | None) -> str:
    """Show a period: พ.ศ. 2566–2570, or nothing where it is unknown."""
    if not period:
        return ""
    first, last = period
    return message("years", years=str(first) if first == last else f"{first}–{last}")


def heading(document: Record) -> Iterator[str]:
    """Say what a document is: its title, then a line of facts, then what to know about it."""
    yield click.style(printable(document.get("title") or document["file"]), bold=True)
    organisation = document.get("organisation")
    facts = [
        organisation["name"] if organisation else message("organisation-unknown"),
        label(PLANS, document["plan_kind"]),
        years(document.get("period")),
        message("pages", pages=document["pages"]),
        quality(document.get("quality")),
        printable(document["file"]),
        document["id"],
    ]
    yield " · ".join(fact for fact in facts if fact)
    unread = document.get("unread_pages") or []
    if unread:
        yield message("pages-unread", pages=", ".join(map(str, unread)))
    for note in document.get("notes") or []:
        yield message("note", note=note)


def quality(share: float | None) -> str:
    """Show how well the text could be read, in percent of Thai letters inside known words."""
    return "" if share is None else message("quality", percent=f"{share * 100:.0f}")
