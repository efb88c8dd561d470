"""The unit of money that a page declares for its tables (หน่วย : ล้านบาท)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.extract.projects.column_words import declared_unit
from ingest.records import Page, Table


def with_units(tables: Iterable[Table], pages: Sequence[Page]) -> list[Table]:
    """Give tables the unit of their page, where it declares one and no other."""
    units = {page.number: _unit_of(page) for page in pages}
    return [
        table if table.unit is not None else replace(table, unit=units.get(table.page))
        for table in tables
    ]


def _unit_of(page: Page) -> Decimal | None:
    lines = (*page.furniture, *page.text.split("\n"))
    result = {unit for line in lines if (unit := declared_unit(line)) is not None}
    return result.pop() if len(result) == 1 else None
