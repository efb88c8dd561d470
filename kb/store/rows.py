"""Records to rows and back: how what a document says lies in the tables."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import wraps
from types import MappingProxyType
from typing import Any, TypeVar

from ingest.errors import PhaenError
from ingest.records import (
    CostLine,
    Document,
    Organisation,
    Page,
    Period,
    Place,
    Project,
    Span,
    Statement,
)
from kb.store.records import StoredDocument, StoredProject, StoredStatement

Row = sqlite3.Row
T = TypeVar("T")

DOCUMENTS = """
select d.*, o.name, o.kind, o.province, o.district, o.subdistrict,
    (select count(*) from pages where document = d.key) as pages,
    (select count(*) from pages where document = d.key and unread is not null) as unread_pages,
    (select count(*) from entries where document = d.key and kind <> 'project') as statements,
    (select count(*) from entries where document = d.key and kind = 'project') as projects
from documents d left join organisations o on o.key = d.organisation
"""

_ENTRY = """
    e.key, e.id, e.kind as entry_kind, e.confidence, e.review,
    e.year_from as for_from, e.year_to as for_to,
    d.id as document_id, d.file,
    o.name, o.kind, o.province, o.district, o.subdistrict,
    w.name as own_name, w.kind as own_kind, w.province as own_province,
    w.district as own_district, w.subdistrict as own_subdistrict
"""

STATEMENTS = f"""
select s.*, {_ENTRY},
    (select json_group_array(json_array(page, "start", "end"))
     from (select * from mentions where statement = e.key order by position)) as mentions
from entries e join statements s on s.key = e.key join documents d on d.key = e.document
left join organisations o on o.key = e.organisation
left join organisations w on w.key = s.organisation
"""

PROJECTS = f"""
select p.*, {_ENTRY}
from entries e join projects p on p.key = e.key join documents d on d.key = e.document
left join organisations o on o.key = e.organisation
left join organisations w on w.key = p.organisation
"""


def _sound(read: Callable[[Row], T]) -> Callable[[Row], T]:
    """Let a row that can't be what was written be an error that says so."""

    @wraps(read)
    def checked(row: Row) -> T:
        try:
            return read(row)
        except (ValueError, TypeError, KeyError, ArithmeticError) as error:
            key = row["id"] if "id" in row.keys() else row["number"]  # noqa: SIM118 (a Row)
            raise PhaenError("record-damaged", id=str(key)) from error

    return checked


def dump(value: object) -> str:
    """Write a small value as JSON, Thai as Thai."""
    return json.dumps(value, ensure_ascii=False)


def digest(document: Document) -> str:
    """Name what a document says, its reading included: the same digest, nothing to do."""
    pages = [[page.number, page.text, page.engine, page.unread] for page in document.pages]
    body = dump([document.to_dict() | {"version_of": None}, pages])
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def period_row(period: Period | None) -> tuple[int | None, int | None]:
    """Split a period into two columns."""
    return (period.start, period.end) if period else (None, None)


def period(start: int | None, end: int | None) -> Period | None:
    """Join two columns into a period."""
    return Period(start, end) if start is not None and end is not None else None


def organisation(row: Row, prefix: str = "") -> Organisation | None:
    """Read the body out of a joined row; `prefix` tells which of its bodies."""
    name = row[f"{prefix}name"]
    if name is None:
        return None
    kind, province = row[f"{prefix}kind"], row[f"{prefix}province"]
    return Organisation(name, kind, province, row[f"{prefix}district"], row[f"{prefix}subdistrict"])


def page_row(document: int, page: Page) -> tuple[object, ...]:
    """Lay out a page for the table `pages`."""
    return (
        document,
        page.number,
        page.text,
        page.quality,
        page.engine,
        page.unread,
        page.unverified,
        dump(page.furniture),
    )


@_sound
def page(row: Row) -> Page:
    """Read a page back."""
    return Page(
        row["number"],
        row["text"],
        row["quality"],
        row["engine"],
        row["unread"],
        bool(row["unverified"]),
        tuple(json.loads(row["furniture"])),
    )


def statement_row(key: int, own: int | None, record: Statement) -> tuple[object, ...]:
    """Lay out a statement for the table `statements`."""
    return (
        key,
        record.text,
        record.explanation,
        dump(record.alternatives),
        own,
        *period_row(record.period),
        record.page,
        record.start,
        record.end,
        record.section,
        record.number,
        record.parent,
        record.found_by,
    )


def project_row(key: int, own: int | None, record: Project) -> tuple[object, ...]:
    """Lay out a project for the table `projects`; money becomes decimal strings."""
    budget = {str(year): str(amount) for year, amount in record.budget.items()}
    return (
        key,
        record.title,
        record.objective,
        record.target,
        dump(budget),
        record.indicator,
        record.expected_result,
        record.responsible,
        record.plan,
        record.declared_strategy,
        dump(record.place.to_dict()),
        own,
        *period_row(record.period),
        record.page,
        record.row,
        record.parent,
        dump(record.notes),
        record.found_by,
        dump({name: str(amount) for name, amount in record.spending.items()}),
        dump(record.warnings),
        dump([_line_row(line) for line in record.lines]),
    )


def _line_row(line: CostLine) -> list[object]:
    return [line.title, {str(year): str(amount) for year, amount in line.budget.items()}, line.row]


@_sound
def document(row: Row) -> StoredDocument:
    """Read a row of `DOCUMENTS`."""
    return StoredDocument(
        key=row["key"],
        id=row["id"],
        file=row["file"],
        media_type=row["media_type"],
        title=row["title"],
        organisation=organisation(row),
        plan_kind=row["plan_kind"],
        period=period(row["year_from"], row["year_to"]),
        published=row["published"],
        pages=row["pages"],
        unread_pages=row["unread_pages"],
        quality=row["quality"],
        statements=row["statements"],
        projects=row["projects"],
        version_of=row["version_of"],
        notes=tuple(json.loads(row["notes"])),
        added_at=row["added_at"],
    )


@_sound
def statement(row: Row) -> StoredStatement:
    """Read a row of `STATEMENTS`."""
    record = Statement(
        id=row["id"],
        kind=row["entry_kind"],
        text=row["text"],
        page=row["page"],
        start=row["start"],
        end=row["end"],
        explanation=row["explanation"],
        alternatives=tuple(json.loads(row["alternatives"])),
        organisation=organisation(row, "own_"),
        period=period(row["year_from"], row["year_to"]),
        mentions=tuple(Span(*span) for span in json.loads(row["mentions"])),
        section=row["section"],
        number=row["number"],
        parent=row["parent"],
        confidence=row["confidence"],
        found_by=row["found_by"],
    )
    return StoredStatement(
        row["key"],
        record,
        row["document_id"],
        row["file"],
        organisation(row),
        period(row["for_from"], row["for_to"]),
        row["review"],
    )


@_sound
def project(row: Row) -> StoredProject:
    """Read a row of `PROJECTS`."""
    record = Project(
        id=row["id"],
        title=row["title"],
        page=row["page"],
        row=row["row"],
        objective=row["objective"],
        target=row["target"],
        budget=_budget(row["budget"]),
        indicator=row["indicator"],
        expected_result=row["expected_result"],
        responsible=row["responsible"],
        plan=row["plan"],
        declared_strategy=row["declared_strategy"],
        place=_place(json.loads(row["place"])),
        organisation=organisation(row, "own_"),
        period=period(row["year_from"], row["year_to"]),
        parent=row["parent"],
        notes=tuple(json.loads(row["notes"])),
        confidence=row["confidence"],
        found_by=row["found_by"],
        spending=MappingProxyType(
            {name: Decimal(amount) for name, amount in json.loads(row["spending"]).items()}
        ),
        warnings=tuple(json.loads(row["warnings"])),
        lines=tuple(
            CostLine(title, _budget(budget), at) for title, budget, at in _lines(row["lines"])
        ),
    )
    return StoredProject(
        row["key"],
        record,
        row["document_id"],
        row["file"],
        organisation(row),
        period(row["for_from"], row["for_to"]),
        row["review"],
    )


def placeholders(values: Iterable[object]) -> str:
    """Write the question marks of a row of values."""
    return ", ".join("?" for _ in values)


def _lines(stored: str) -> list[tuple[str, dict[str, str], int | None]]:
    return [(title, budget, at) for title, budget, at in json.loads(stored)]


def _budget(stored: str | dict[str, str]) -> Mapping[int, Decimal]:
    amounts: dict[str, str] = json.loads(stored) if isinstance(stored, str) else stored
    return MappingProxyType({int(year): Decimal(amount) for year, amount in amounts.items()})


def _place(stored: dict[str, Any]) -> Place:
    return Place(
        tuple(stored["villages"]),
        tuple(stored["roads"]),
        stored["subdistrict"],
        stored["district"],
        stored["province"],
    )
