"""Questions for a kind, a body, a place or years and nothing else: what fits is listed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kb.search.fits import Fits
from kb.search.intent import Intent
from kb.store.filters import Condition
from kb.store.passages import squeeze

MOST_LISTED = 500
"""So many passages are listed."""


def listed(connection: sqlite3.Connection, intent: Intent, within: Condition) -> list[int]:
    """Return the keys of the passages that fit a question without a subject, newest first."""
    where, values = (_anywhere if intent.places else narrowed)(intent, within) or within
    if intent.places:
        inside = ["instr(p.squeezed, ?) or instr(coalesce(r.place, ''), ?)"] * len(intent.places)
        names = [text for place in intent.places for text in (squeeze(place), place)]
        if intent.placed:
            inside.append(among("e.organisation", intent.placed))
        where, values = f"{where} and ({' or '.join(inside)})", [*values, *names, *intent.placed]
    if intent.years:
        where += " and e.year_from <= ? and e.year_to >= ?"
        values = [*values, intent.years[1], intent.years[0]]
    rows = connection.execute(
        f"select e.passage from {Fits.tables} where {where} "
        "group by e.passage order by max(e.year_to) desc, e.passage limit ?",
        [*values, MOST_LISTED],
    )
    return [row["passage"] for row in rows]


def narrowed(intent: Intent, within: Condition) -> Condition | None:
    """Return a condition for the bodies and kinds asked for, None where no body is."""
    where, values = within
    if intent.bodies:
        where, values = f"{where} and {among('e.organisation', intent.bodies)}", list(values)
        values += list(intent.bodies)
    elif intent.subject or not (intent.kinds or intent.years):
        return None
    if intent.kinds:
        where += f" and {among('e.kind', intent.kinds)}"
        values = [*values, *intent.kinds]
    return where, values


def _anywhere(intent: Intent, within: Condition) -> Condition:
    """Return a condition for the kinds asked for; where they stand is looked for by itself."""
    where, values = within
    if intent.kinds:
        where, values = f"{where} and {among('e.kind', intent.kinds)}", [*values, *intent.kinds]
    if intent.named:
        where, values = (
            f"{where} and {among('e.organisation', intent.named)}",
            [*values, *intent.named],
        )
    return where, values


def among(column: str, values: Iterable[object]) -> str:
    """Return SQL for a column that has one of some values, each a parameter."""
    return f"{column} in ({', '.join('?' for _ in values)})"
