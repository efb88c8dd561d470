"""Lines of cost put together to the projects they belong to, as open data lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from ingest.extract.projects.sums import added
from ingest.records import CostLine, Project, fingerprint

_Key = tuple[str, str | None, str | None, str | None]


def grouped(
    rows: Sequence[Project], items: Sequence[str | None], document_id: str
) -> list[Project]:
    """Put rows of one project, body and plan together; each row is kept as a line of cost.

    `items` are what the rows' lines of cost are called, None where a table has none. Years of
    one line are years of one project.
    """
    if not any(items):
        return list(rows)
    groups: dict[_Key, list[tuple[Project, str]]] = {}
    for row, item in zip(rows, items, strict=True):
        body = row.organisation.name if row.organisation else row.responsible
        key = ("".join(row.title.split()), body, row.plan, row.declared_strategy)
        groups.setdefault(key, []).append((row, item or row.title))
    return [_whole(group, document_id) for group in groups.values()]


def _whole(group: Sequence[tuple[Project, str]], document_id: str) -> Project:
    first = group[0][0]
    budget = added(row.budget for row, _ in group)
    lines = tuple(CostLine(item, row.budget, row.row) for row, item in group)
    body = first.organisation.name if first.organisation else first.responsible or ""
    return replace(
        first,
        id=fingerprint(document_id, "project", first.title, body, first.plan or ""),
        budget=MappingProxyType(budget),
        warnings=_distinct(code for row, _ in group for code in row.warnings),
        notes=_distinct(note for row, _ in group for note in row.notes),
        lines=lines,
    )


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
