"""Projects from tables: แบบ ผ.02 and its kin, budget tables, lists of proposals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from ingest.extract.projects.columns import Column, Meaning
from ingest.extract.projects.rows import Layout, Row, body, layout
from ingest.extract.projects.site import place_of
from ingest.records import Organisation, Period, Project, Table, fingerprint
from ingest.thai.numbers import arabic, money, year

_OCR_CONFIDENCE = 0.6
_CHECKED_CONFIDENCE = 0.9
_NO_NOTE = re.compile(r"[\s\d๐-๙,.()\-–—/*]*|(?:\s|[\d๐-๙,.\-–—]|บาท|ล้าน|พัน)*")
_STRATEGY = re.compile(
    r"\s*(?:[กข]\s?[.)]\s*)?(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)?(?:ประเด็น|ยุทธศาสตร์|กลยุทธ์|แนวทาง)"
)
_PLAN = re.compile(r"(?:(?<=\s)|^)(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)?แผนงาน(?!\s*/)")
_PLAN_WORD = re.compile(r"^(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)")


@dataclass(frozen=True, slots=True)
class _Heading:
    """The strategy and plan under which the rows of a table stand."""

    strategy: tuple[str, ...] = ()
    plan: str | None = None

    def under(self, text: str) -> _Heading:
        """Return the heading after one more line, which may name a strategy, a plan or both."""
        text = " ".join(text.split())
        found = _PLAN.search(text)
        strategy = text[: found.start()].strip() if found else text
        plan = _PLAN_WORD.sub("", text[found.start() :].strip()) if found else None
        named = self
        if _STRATEGY.match(strategy):
            named = replace(named, strategy=_with(named.strategy, strategy))
        return replace(named, plan=plan) if plan else named

    @property
    def declared(self) -> str | None:
        """The lines of strategy, one below the other."""
        return "\n".join(self.strategy) or None


def _with(lines: tuple[str, ...], line: str) -> tuple[str, ...]:
    """Add a line of strategy, in place of the one of its own rank."""
    rank = _rank(line)
    kept = tuple(other for other in lines if _rank(other) < rank)
    return (*kept, line)


def _rank(line: str) -> int:
    """Tell how deep a line stands: ก. above ข. above strategies above tactics."""
    bare = line.lstrip()
    if bare[0] in "กข" and bare[1:3].strip()[:1] in (".", ")"):
        return 0 if bare[0] == "ก" else 1
    return 3 if "กลยุทธ์" in bare[:14] or "แนวทาง" in bare[:14] else 2


@dataclass(frozen=True, slots=True)
class _Draft:
    """A project while its rows are read."""

    row: Row
    page: int
    heading: _Heading
    values: Mapping[Meaning, str]
    budget: Mapping[int, Decimal]
    notes: tuple[str, ...] = field(default=())


def projects(
    tables: Sequence[Table],
    *,
    document_id: str,
    organisation: Organisation | None = None,
    period: Period | None = None,
) -> tuple[Project, ...]:
    """Read the projects of a document's tables.

    `organisation` and `period` are the document's; a row that names another body or year
    keeps its own. Ids are stable: the same file gives the same ids.
    """
    seen: Counter[str] = Counter()
    found: list[Project] = []
    known: Layout | None = None
    for table in tables:
        header = layout(table, known)
        if header is None or not header.lists_projects:
            known = None
            continue
        known = header
        drafts = list(_drafts(table, header, period))
        checked = _sums_agree(table, header, drafts) if table.unverified else False
        found.extend(_project(draft, table, checked, document_id, seen) for draft in drafts)
    return tuple(found)


def _drafts(table: Table, header: Layout, period: Period | None) -> Iterator[_Draft]:
    heading = _Heading()
    for line in (*table.above, *(" ".join(dict.fromkeys(r)) for r in table.rows[: header.start])):
        heading = heading.under(line)
    last: _Draft | None = None
    for row in body(table, header):
        if row.kind == "more" and last is not None:
            last = _joined(last, _draft(row, table, header, heading, period))
            continue
        if last is not None:
            yield last
            last = None
        if row.kind == "heading":
            heading = heading.under(next(cell for cell in row.cells if cell))
        elif row.kind == "project":
            last = _draft(row, table, header, heading, period)
    if last is not None:
        yield last


def _draft(
    row: Row, table: Table, header: Layout, heading: _Heading, period: Period | None
) -> _Draft:
    values: dict[Meaning, str] = {}
    for index, column in enumerate(header.columns):
        cell = row.cells[index] if index < len(row.cells) else ""
        if column and column.meaning != "budget" and cell.strip(" -–—"):
            values[column.meaning] = " ".join(filter(None, (values.get(column.meaning), cell)))
    values["title"] = " ".join(row.cells[i] for i in header.titles if i < len(row.cells)).strip()
    budget, notes = _budget(row, header, _year_of(values, period))
    page = table.row_pages[row.index] if row.index < len(table.row_pages) else table.page
    return _Draft(row, page, heading, values, budget, notes)


def _year_of(values: Mapping[Meaning, str], period: Period | None) -> int | None:
    """Return the fiscal year of a row whose budget column names none."""
    written = values.get("year", "")
    told = year(written) or year(f"ปี {written.strip()}")
    if told is None and period is not None and period.start == period.end:
        return period.start
    return told


def _budget(
    row: Row, header: Layout, fallback: int | None
) -> tuple[dict[int, Decimal], tuple[str, ...]]:
    """Read a row's money by year, and what is written beside it."""
    budget: dict[int, Decimal] = {}
    notes: list[str] = []
    yearly = any(column.year for _, column in _money_columns(header))
    for index, column in _money_columns(header):
        cell = row.cells[index] if index < len(row.cells) else ""
        told = column.year if yearly else fallback
        if told is None and yearly:
            continue
        amount = money(cell)
        if amount is not None and told is not None:
            budget[told] = budget.get(told, Decimal(0)) + amount * column.unit
        note = _note(cell) if amount is None or told is not None else cell
        if note:
            notes.append(f"{told}: {note}" if told else note)
    return budget, tuple(notes)


def _money_columns(header: Layout) -> list[tuple[int, Column]]:
    return [(i, c) for i, c in enumerate(header.columns) if c and c.meaning == "budget"]


def _note(cell: str) -> str:
    """Return what a money cell says besides its figure."""
    if _NO_NOTE.fullmatch(cell):
        return ""
    rest = re.sub(r"[0-9๐-๙][0-9๐-๙,.]*(?:\s?บาท)?", "", cell, count=1) if money(cell) else cell
    return rest.strip(" -–—()")


def _joined(draft: _Draft, more: _Draft) -> _Draft:
    """Add a row that has no name of its own to the project above it."""
    values = dict(draft.values)
    for meaning, text in more.values.items():
        if text and text not in values.get(meaning, ""):
            values[meaning] = " ".join(filter(None, (values.get(meaning), text)))
    budget = dict(draft.budget)
    for told, amount in more.budget.items():
        budget[told] = budget.get(told, Decimal(0)) + amount
    return replace(draft, values=values, budget=budget, notes=(*draft.notes, *more.notes))


def _project(
    draft: _Draft, table: Table, checked: bool, document_id: str, seen: Counter[str]
) -> Project:
    values = draft.values
    title = values["title"]
    money_key = ",".join(f"{told}={amount}" for told, amount in sorted(draft.budget.items()))
    key = fingerprint(title, values.get("objective", ""), values.get("target", ""), money_key)
    seen[key] += 1
    plan = values.get("plan") or draft.heading.plan
    return Project(
        id=fingerprint(document_id, "project", key, str(seen[key])),
        title=title,
        page=draft.page,
        row=_row_number(draft, values),
        objective=values.get("objective"),
        target=values.get("target"),
        budget=MappingProxyType(dict(sorted(draft.budget.items()))),
        indicator=values.get("indicator"),
        expected_result=values.get("expected_result"),
        responsible=values.get("responsible") or values.get("organisation"),
        plan=plan,
        declared_strategy=values.get("strategy") or draft.heading.declared,
        place=place_of(_site(values), title, values.get("target", "")),
        notes=_notes(draft, table, checked),
        confidence=_confidence(table, checked),
    )


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
    told = []
    for meaning, mark in marks:
        text = values.get(meaning, "")
        bare = bool(text) and not text.startswith(mark.strip() or text)
        told.append(f"{mark}{text}" if bare and not re.match("หมู่|บ้าน|ชุมชน", text) else text)
    return " ".join(filter(None, told))


def _notes(draft: _Draft, table: Table, checked: bool) -> tuple[str, ...]:
    written = (draft.values.get("note"), draft.values.get("source"))
    notes = (*draft.notes, *(text for text in written if text))
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
    told, _ = _budget(totals[-1], header, None)
    summed: Counter[int] = Counter()
    for draft in drafts:
        summed.update({when: int(amount) for when, amount in draft.budget.items()})
    return bool(told) and all(summed[when] == amount for when, amount in told.items())
