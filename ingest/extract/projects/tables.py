"""Projects from tables: แบบ ผ.02 and its kin, budget tables, lists of proposals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from ingest.extract.projects.amounts import Money, money_of
from ingest.extract.projects.columns import Column, Meaning
from ingest.extract.projects.cost_lines import grouped
from ingest.extract.projects.plan_lines import Under, named_strategy, under
from ingest.extract.projects.rows import Layout, Row, body, is_carried, layout
from ingest.extract.projects.site import place_of
from ingest.extract.projects.sums import Totals
from ingest.records import Organisation, Period, Project, Table, fingerprint
from ingest.thai.numbers import arabic, year

_OCR_CONFIDENCE = 0.6
_CHECKED_CONFIDENCE = 0.9
_MARKED = re.compile(
    r"\s*(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)?โครงการ(?:ที่)?\s*[0-9๐-๙.]*\s*[:：]\s*(?=\S)"
)
_MONEY: frozenset[str] = frozenset({"budget", "spending", "percent", "change", "ignore"})
_THAI = re.compile("[\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A project while its rows are read."""

    row: Row
    page: int
    heading: Under
    values: Mapping[Meaning, str]
    money: Money


def projects(
    tables: Sequence[Table],
    *,
    document_id: str,
    organisation: Organisation | None = None,
    period: Period | None = None,
    named: Mapping[str, Column] | None = None,
) -> tuple[Project, ...]:
    """Read the projects of a document's tables.

    `organisation` and `period` are the document's; a row that names another body or year
    keeps its own. `named` are columns by their header's words, as somebody named them. Ids
    are stable: the same file gives the same ids.
    """
    seen: Counter[str] = Counter()
    result: list[Project] = []
    known: Layout | None = None
    totals = Totals()
    for table in tables:
        header = layout(table, known, named)
        if header is None or not header.lists_projects:
            known = None
            totals = Totals()
            continue
        known = header
        drafts = list(_drafts(table, header, period, totals))
        checked = _sums_agree(table, header, drafts) if table.unverified else False
        made = [
            _project(draft, table, checked, document_id, seen, organisation) for draft in drafts
        ]
        made = [totals.checked(project, index) for index, project in enumerate(made)]
        totals.turn()
        result.extend(grouped(made, drafts_of_items(drafts, header), document_id))
    return tuple(result)


def drafts_of_items(drafts: Sequence[_Draft], header: Layout) -> list[str | None]:
    """Return the line of cost each row is, where a table has a column of them beside projects."""
    if not header.places("item"):
        return [None] * len(drafts)
    return [draft.values.get("item") for draft in drafts]


def _drafts(
    table: Table, header: Layout, period: Period | None, totals: Totals
) -> Iterator[_Draft]:
    above = (*table.above, *(" ".join(dict.fromkeys(r)) for r in table.rows[: header.start]))
    heading = under(above)
    last: _Draft | None = None
    count = 0
    for row in body(table, header):
        if row.kind == "more" and last is not None:
            last = _joined(last, _draft(row, table, header, heading, period))
            continue
        if last is not None:
            totals.add(count, last.money.budget)
            count += 1
            yield last
            last = None
        if row.kind == "heading":
            heading = heading.below(next(cell for cell in row.cells if cell))
        elif row.kind == "total" and not header.mixed and not is_carried(row.cells):
            totals.total(_draft(row, table, header, heading, period).money.budget)
        elif row.kind == "project":
            last = _draft(row, table, header, heading, period)
    if last is not None:
        totals.add(count, last.money.budget)
        yield last


def _draft(row: Row, table: Table, header: Layout, heading: Under, period: Period | None) -> _Draft:
    values: dict[Meaning, str] = {}
    for index, column in enumerate(header.columns):
        cell = row.cells[index] if index < len(row.cells) else ""
        if column and column.meaning not in _MONEY and cell.strip(" -–—"):
            values[column.meaning] = " ".join(filter(None, (values.get(column.meaning), cell)))
    title = " ".join(row.cells[i] for i in header.titles if i < len(row.cells)).strip()
    values["title"] = _MARKED.sub("", title) or title
    if values["title"].strip(" -") == "" and "item" in values:
        values["title"] = values["item"]
    money = money_of(
        row.cells,
        header.columns,
        year=_year_of(values, period),
        unit=header.unit,
        shared=row.shared,
    )
    page = table.row_pages[row.index] if row.index < len(table.row_pages) else table.page
    return _Draft(row, page, heading, values, money)


def _year_of(values: Mapping[Meaning, str], period: Period | None) -> int | None:
    """Return the fiscal year of a row whose budget column names none."""
    written = values.get("year", "")
    stated = year(written) or year(f"ปี {written.strip()}")
    if stated is None and period is not None and period.start == period.end:
        return period.start
    return stated


def _joined(draft: _Draft, more: _Draft) -> _Draft:
    """Add a row that has no name of its own to the project above it."""
    values = dict(draft.values)
    for meaning, text in more.values.items():
        known = values.get(meaning, "")
        if not text or text in known:
            continue
        blank = "" if meaning == "title" and _one_word(known, text) else " "
        values[meaning] = f"{known}{blank}{text}" if known else text
    budget = dict(draft.money.budget)
    for when, amount in more.money.budget.items():
        budget[when] = budget.get(when, Decimal(0)) + amount
    spending = dict(draft.money.spending)
    for name, amount in more.money.spending.items():
        spending.setdefault(name, amount)
    money = Money(
        budget,
        spending,
        (*draft.money.notes, *more.money.notes),
        tuple(dict.fromkeys((*draft.money.warnings, *more.money.warnings))),
    )
    return replace(draft, values=values, money=money)


def _one_word(before: str, after: str) -> bool:
    """Whether two lines of a name need no blank between them, as Thai words don't."""
    return bool(_THAI.match(before[-1:]) and _THAI.match(after))


def _project(
    draft: _Draft,
    table: Table,
    checked: bool,
    document_id: str,
    seen: Counter[str],
    organisation: Organisation | None,
) -> Project:
    values, budget = draft.values, draft.money.budget
    title = values["title"]
    money_key = ",".join(f"{when}={amount}" for when, amount in sorted(budget.items()))
    key = fingerprint(title, values.get("objective", ""), values.get("target", ""), money_key)
    seen[key] += 1
    return Project(
        id=fingerprint(document_id, "project", key, str(seen[key])),
        title=title,
        page=draft.page,
        row=_row_number(draft, values),
        objective=values.get("objective"),
        target=values.get("target"),
        budget=MappingProxyType(dict(sorted(budget.items()))),
        indicator=values.get("indicator"),
        expected_result=values.get("expected_result"),
        responsible=values.get("responsible") or values.get("organisation"),
        plan=values.get("plan") or draft.heading.plan,
        declared_strategy=named_strategy(values.get("strategy")) or draft.heading.declared,
        place=place_of(_site(values), title, values.get("target", "")),
        organisation=_own_body(values.get("organisation"), organisation),
        notes=_notes(draft, table, checked),
        confidence=_confidence(table, checked),
        spending=MappingProxyType(dict(draft.money.spending)),
        warnings=draft.money.warnings,
    )


def _own_body(text: str | None, organisation: Organisation | None) -> Organisation | None:
    """Return the body a row's own column names, where it is not the document's."""
    from ingest.extract.identity.own_body import body_named

    named = body_named(text) if text else None
    return None if named == organisation else named


def _row_number(draft: _Draft, values: Mapping[Meaning, str]) -> int:
    """Return the number printed in the row, else its place in the table, from 1."""
    written = arabic(values.get("number", "")).strip(" .)")
    return int(written) if written.isdecimal() and len(written) < 6 else draft.row.index + 1


def _site(values: Mapping[Meaning, str]) -> str:
    """Write the columns that tell the place as an address."""
    marks: Iterable[tuple[Meaning, str]] = (
        ("place", ""),
        ("village", "หมู่ที่ "),
        ("subdistrict", "ตำบล"),
        ("district", "อำเภอ"),
        ("province", "จังหวัด"),
    )
    stated = []
    for meaning, mark in marks:
        text = values.get(meaning, "")
        bare = bool(text) and not text.startswith(mark.strip() or text)
        stated.append(f"{mark}{text}" if bare and not re.match("หมู่|บ้าน|ชุมชน", text) else text)
    return " ".join(filter(None, stated))


def _notes(draft: _Draft, table: Table, checked: bool) -> tuple[str, ...]:
    written = (draft.values.get("note"), draft.values.get("source"))
    notes = (*draft.money.notes, *(text for text in written if text))
    return (*notes, "unverified-numbers") if table.unverified and not checked else notes


def _confidence(table: Table, checked: bool) -> float:
    if not table.unverified:
        return 1.0
    return _CHECKED_CONFIDENCE if checked else _OCR_CONFIDENCE


def _sums_agree(table: Table, header: Layout, drafts: Sequence[_Draft]) -> bool:
    """Whether a table's last total is the sum of its projects, each year of it."""
    totals = [row for row in body(table, header) if row.kind == "total"]
    if not totals:
        return False
    stated = money_of(totals[-1].cells, header.columns, year=None, unit=header.unit).budget
    summed: Counter[int] = Counter()
    for draft in drafts:
        summed.update({when: int(amount) for when, amount in draft.money.budget.items()})
    return bool(stated) and all(summed[when] == amount for when, amount in stated.items())
