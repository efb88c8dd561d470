"""Proposals: projects not yet planned, from one text or a workbook of them.

Workbooks (XLSX, XLS, ODS, CSV, JSON lines) are read by the readers of documents; columns
are recognised by the meaning of their headers. Every cell is kept, so that a report can give the
workbook back with answers beside it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ingest.errors import ReadError, UsageError
from ingest.project_names.correction import Correction
from ingest.records import Organisation, Project, Table, baht, fingerprint

if TYPE_CHECKING:
    from ingest.extract.projects.rows import Layout
    from ingest.formats.limits import Limits
    from ingest.formats.sniff import Format
    from ingest.sandbox.pool import Workers

LONGEST = 5_000
"""No project's name is longer; a longer text is no name."""

FIRST_YEAR, LAST_YEAR = 2500, 2600
_HEADS = 10
"""So many rows of a table may be titles, heads and sums."""
_NEGATIVE = re.compile(r"\s*[-−–(]\s*[0-9๐-๙]")
_MOST_MONEY = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """A project somebody proposes. `budget` is baht by fiscal year (BE).

    `money` is baht where no year is given. `sheet` and `row` (of the sheet, from 1) tell
    where it stands; `warnings` are codes of what was said and cannot be meant.
    """

    title: str
    objective: str | None = None
    target: str | None = None
    place: str | None = None
    organisation: Organisation | None = None
    years: tuple[int, ...] = ()
    budget: Mapping[int, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    money: Decimal | None = None
    declared_strategy: str | None = None
    sheet: str | None = None
    row: int | None = None
    warnings: tuple[str, ...] = ()
    correction: Correction | None = None
    indicator: str | None = None
    expected_result: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Cross process borders: a read-only mapping does not pickle by itself."""
        values = [getattr(self, name) for name in self.__slots__]
        values[self.__slots__.index("budget")] = dict(self.budget)
        return (Proposal, tuple(values))

    @property
    def id(self) -> str:
        """Name the proposal by what it proposes."""
        body = self.organisation.name if self.organisation else ""
        return fingerprint("proposal", self.title, self.place or "", body, str(self.years))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "id": self.id,
            "title": self.title,
            "objective": self.objective,
            "target": self.target,
            "place": self.place,
            "organisation": self.organisation.to_dict() if self.organisation else None,
            "years": list(self.years),
            "budget": {str(year): baht(amount) for year, amount in self.budget.items()},
            "money": baht(self.money) if self.money is not None else None,
            "declared_strategy": self.declared_strategy,
            "indicator": self.indicator,
            "expected_result": self.expected_result,
            "sheet": self.sheet,
            "row": self.row,
            "warnings": list(self.warnings),
        }


def proposal(
    title: str,
    *,
    objective: str | None = None,
    place: str | None = None,
    organisation: Organisation | None = None,
    year: int | None = None,
    budget: Decimal | None = None,
    declared_strategy: str | None = None,
    correction: Correction | None = None,
) -> Proposal:
    """Check one proposal a person typed.

    Raises UsageError: `proposal-empty`, `proposal-too-long`, `year-implausible`,
    `budget-implausible`.
    """
    text = " ".join(title.split())
    if not any(char.isalpha() for char in text):
        raise UsageError("proposal-empty")
    if len(text) > LONGEST:
        raise UsageError("proposal-too-long", length=len(text), limit=LONGEST)
    years = (checked_year(year),) if year is not None else ()
    if budget is not None and not 0 <= budget <= _MOST_MONEY:
        raise UsageError("budget-implausible", value=str(budget))
    amounts = {years[0]: budget} if years and budget is not None else {}
    return Proposal(
        text,
        objective,
        None,
        place or None,
        organisation,
        years,
        MappingProxyType(amounts),
        budget,
        declared_strategy,
        warnings=_vague(text),
        correction=correction,
    )


def checked_year(year: int) -> int:
    """Return a fiscal year in the Buddhist Era; CE years are understood.

    Raises UsageError `year-implausible` outside 2500 to 2600.
    """
    stated = year + 543 if 1957 <= year <= 2057 else year
    if not FIRST_YEAR <= stated <= LAST_YEAR:
        raise UsageError("year-implausible", year=year, first=FIRST_YEAR, last=LAST_YEAR)
    return stated


def read_proposals(
    path: Path,
    formats: Sequence[Format] = (),
    most: int | None = None,
    workers: Workers | None = None,
) -> tuple[Proposal, ...]:
    """Read a workbook of proposals, row by row; of some formats alone where these are named.

    It is read in one of `workers`, or in a process started for it. Raises ReadError:
    `no-proposals` where no column names projects, and what reading a file raises; UsageError
    `too-many-proposals` for more rows than `most`, before any is understood. Rows with
    impossible years or money are kept with a warning.
    """
    from ingest.sandbox.pool import Workers as Started

    ours = frozenset({__name__})
    if workers is not None:
        return workers.call(
            _read, path, tuple(formats), most, workers.limits, kind=tuple, modules=ours
        )
    with Started(1) as started:
        return started.call(
            _read, path, tuple(formats), most, started.limits, kind=tuple, modules=ours
        )


def _read(
    path: Path, formats: Sequence[Format], most: int | None, limits: Limits
) -> tuple[Proposal, ...]:
    """Read a workbook of proposals; runs in a reading process."""
    from ingest.extract.projects.rows import layout
    from ingest.extract.projects.tables import projects
    from ingest.formats.limits import display_name
    from ingest.readers import format_of, read_content

    if formats and format_of(path, limits) not in formats:
        raise ReadError("no-proposals", file=display_name(path))
    content = read_content(path, limits)
    if most is not None:
        _check_rows(content.tables, most, display_name(path))
    proposals: list[Proposal] = []
    for table in content.tables:
        rows = projects([table], document_id="proposals")
        places, header = _places(table), layout(table)
        proposals += [_from(record, table, places, header) for record in rows]
    if not proposals:
        raise ReadError("no-proposals", file=display_name(path))
    return tuple(proposals)


def _check_rows(tables: Sequence[Table], most: int, file: str) -> None:
    """Refuse tables of too many rows; a row of one cell is a title or a note."""
    rows = sum(sum(map(bool, row)) > 1 for table in tables for row in table.rows)
    if rows > most + _HEADS * len(tables):
        raise UsageError("too-many-proposals", file=file, count=f"{rows:,}", limit=f"{most:,}")


def _from(
    record: Project, table: Table, places: Mapping[str, deque[int]], header: Layout | None
) -> Proposal:
    from ingest.extract.identity.organisation_names import organisations_in

    named = organisations_in(record.responsible or "")
    rows = places.get("".join(record.title.split()), deque())
    row = rows.popleft() if len(rows) > 1 else next(iter(rows), None)
    kept = {y: a for y, a in record.budget.items() if FIRST_YEAR <= y <= LAST_YEAR}
    warnings = [*_vague(record.title)]
    years = list(kept)
    if len(kept) < len(record.budget) or (row is not None and _odd_year(table, row, header)):
        warnings.append("year-implausible")
    negative = row is not None and _negative(table, row, header)
    if negative:
        kept = {}
    if negative or any(not 0 <= amount <= _MOST_MONEY for amount in kept.values()):
        warnings.append("budget-implausible")
        kept = {year: amount for year, amount in kept.items() if 0 <= amount <= _MOST_MONEY}
    if len(record.title) > LONGEST:
        warnings.append("proposal-too-long")
    return Proposal(
        record.title[:LONGEST],
        record.objective,
        record.target,
        _written_place(table, row, header) or _place(record),
        named[0].organisation if named else None,
        tuple(sorted(years)),
        MappingProxyType(kept),
        sum(kept.values(), Decimal(0)) if kept else None,
        record.declared_strategy,
        table.sheet,
        row,
        tuple(warnings),
        indicator=record.indicator,
        expected_result=record.expected_result,
    )


def _places(table: Table) -> dict[str, deque[int]]:
    """Return the rows of the sheet, from 1, where each cell's text stands."""
    result: dict[str, deque[int]] = {}
    for number, row in enumerate(table.rows, start=1):
        for cell in {"".join(cell.split()) for cell in row}:
            result.setdefault(cell, deque()).append(number)
    return result


def _columns(table: Table, row: int, meanings: frozenset[str], header: Layout | None) -> list[str]:
    """Return the cells of a row (from 1) whose columns mean one of some things."""
    cells = table.rows[row - 1]
    result = zip(header.columns, cells, strict=False) if header else ()
    return [cell for column, cell in result if column and column.meaning in meanings and cell]


def _negative(table: Table, row: int, header: Layout | None) -> bool:
    cells = _columns(table, row, frozenset({"budget"}), header)
    return any(_NEGATIVE.match(cell) for cell in cells)


def _odd_year(table: Table, row: int, header: Layout | None) -> bool:
    """Return whether the year column holds a number that can be no year."""
    from ingest.thai.numbers import arabic

    stated = [arabic(cell).strip() for cell in _columns(table, row, frozenset({"year"}), header)]
    for year in (int(item) for item in stated if item.isdecimal()):
        if not FIRST_YEAR <= (year + 543 if 1957 <= year <= 2057 else year) <= LAST_YEAR:
            return year > 99
    return False


def _written_place(table: Table, row: int | None, header: Layout | None) -> str | None:
    """Return the place column as written: its words may say more than a gazetteer knows."""
    marks = {"subdistrict": "ตำบล", "district": "อำเภอ", "province": "จังหวัด"}
    if row is None:
        return None
    stated = _columns(table, row, frozenset({"place", "village"}), header)
    for level, mark in marks.items():
        names = _columns(table, row, frozenset({level}), header)
        stated += [name if name.startswith(mark) else mark + name for name in names]
    return " ".join(" ".join(stated).split()) or None


def _place(record: Project) -> str | None:
    place = record.place
    stated = [*place.villages, *place.roads]
    stated += [f"ตำบล{place.subdistrict}"] if place.subdistrict else []
    stated += [f"อำเภอ{place.district}"] if place.district else []
    stated += [f"จังหวัด{place.province}"] if place.province else []
    return " ".join(stated) or None


def _vague(title: str) -> tuple[str, ...]:
    """Warn of a name that tells almost nothing: one short word."""
    from ingest.thai.words import words

    telling = [word for word in words(title.removeprefix("โครงการ")) if len(word) > 1]
    return ("title-vague",) if len(telling) < 2 else ()
