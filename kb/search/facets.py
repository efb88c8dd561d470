"""Facets and order of what a search found: counts by kind, body, province, plan and year."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

Sort = Literal["relevance", "newest", "oldest", "organisation"]
SORTS: tuple[str, ...] = get_args(Sort)
FACETS = ("kind", "organisation", "organisation_kind", "province", "plan_kind", "year")

Facets = Mapping[str, Mapping[str, int]]
_MOST_YEARS = 20
_ROWS = """
select e.key, e.document, e.kind, o.name as organisation, o.kind as organisation_kind,
    o.province, d.plan_kind, e.year_from, e.year_to
from entries e join documents d on d.key = e.document
left join organisations o on o.key = e.organisation
where e.key in (select value from json_each(?))
"""


def described(connection: sqlite3.Connection, entries: Sequence[int]) -> dict[int, sqlite3.Row]:
    """Look up whose and of when some entries are, by their keys."""
    rows = connection.execute(_ROWS, (str(list(entries)),))
    return {row["key"]: row for row in rows}


def facets(rows: Iterable[sqlite3.Row]) -> Facets:
    """Count entries by what filters ask for, the most first; a plan counts for all its years."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for row in rows:
        for name in FACETS[:-1]:
            if row[name] is not None:
                counts[name][row[name]] += 1
        if row["year_from"] is not None and row["year_to"] - row["year_from"] < _MOST_YEARS:
            counts["year"].update(map(str, range(row["year_from"], row["year_to"] + 1)))
    return {
        name: dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
        for name, counted in counts.items()
    }


def ordered(rows: Mapping[int, sqlite3.Row], entries: Sequence[int], sort: Sort) -> list[int]:
    """Sort entries that come best first; those without a year or body stand last."""
    if sort == "organisation":
        return sorted(entries, key=lambda key: _last(rows[key]["organisation"]))
    if sort == "oldest":
        return sorted(entries, key=lambda key: _last(rows[key]["year_from"]))
    if sort == "newest":
        return sorted(entries, key=lambda key: -(rows[key]["year_to"] or 0))
    return list(entries)


def first_of_documents(rows: Mapping[int, sqlite3.Row], entries: Sequence[int]) -> dict[int, int]:
    """Keep the first entry of every document; tell how many more each document has."""
    first: dict[int, int] = {}
    more: dict[int, int] = {}
    for key in entries:
        kept = first.setdefault(rows[key]["document"], key)
        more[kept] = more.get(kept, -1) + 1
    return more


def _last(value: Any) -> tuple[bool, Any]:
    return value is None, value if value is not None else 0
