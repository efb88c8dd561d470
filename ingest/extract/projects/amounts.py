"""What the columns of money of one row say together: budget by year, spending, doubts.

A column that is the sum of others is never added to them; money paid out, contracted or
left over is no budget. Where figures disagree, the row says so: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.extract.projects.column_words import unit_in
from ingest.extract.projects.columns import Column
from ingest.thai.numbers import Figure, arabic, figure

_ONE = Decimal(1)
_SMALL = Decimal(100)
_SATANG = 2
_MONTHLY = Decimal(1000)
_DOTTED = re.compile(r"[0-9]{1,3}\.000(?:\s*\.?-)?")
_NO_NOTE = re.compile(r"[\s\d๐-๙,.()\-–—/*]*|(?:\s|[\d๐-๙,.\-–—]|บาท|ล้าน|พัน)*")
_FIGURE = re.compile(r"[0-9๐-๙][0-9๐-๙,.]*(?:\s[0-9๐-๙]{3}\b)*(?:\s?(?:พัน|หมื่น|แสน|ล้าน)*\s?บาท)?")


@dataclass(frozen=True, slots=True)
class Money:
    """A row's money in baht. `percent` in `spending` is a share, as written."""

    budget: Mapping[int, Decimal] = field(default_factory=dict)
    spending: Mapping[str, Decimal] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    column: Column
    text: str
    amount: Decimal | None


@dataclass(slots=True)
class _Reader:
    """Reads the cells of one row; gathers what is to be noted and doubted."""

    year: int | None
    unit: Decimal | None
    notes: list[str] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)

    def cell(self, column: Column, text: str) -> _Cell:
        result = figure(text)
        unit = column.unit if column.united else self.unit or column.unit
        if not result.clear or (unit == _ONE and _DOTTED.fullmatch(arabic(text).strip())):
            self.warnings["unclear-number"] = None
            self.notes.append(f"{column.year}: {text}" if column.year else text)
            return _Cell(column, text, None)
        amount = _baht(result, unit)
        if amount is not None and column.meaning == "budget" and _odd(amount):
            self.warnings["unit-doubtful"] = None
        if column.meaning == "budget" and (note := _note(text, result)):
            self.notes.append(f"{column.year or self.year}: {note}")
        return _Cell(column, text, amount)

    def budget(self, cells: Sequence[_Cell]) -> dict[int, Decimal]:
        """Return the budget by year, each year of several columns put together."""
        dated: set[int | None] = {cell.column.year for cell in cells if cell.column.year}
        over_all = [cell for cell in cells if dated and cell.column.total and not cell.column.year]
        budget: dict[int, Decimal] = {}
        for year in _years(cells):
            group = [c for c in cells if c.column.year == year and c not in over_all]
            amount = self._together(group)
            if amount is None:
                continue
            when = year or self._undated(dated)
            if when is None:
                self.warnings["no-year"] = None
                self.notes.extend(c.text for c in group if c.amount is not None)
            else:
                budget[when] = budget.get(when, Decimal(0)) + amount
        self._over_all(over_all, budget, dated)
        return budget

    def _undated(self, dated: set[int | None]) -> int | None:
        """Return the year of money whose column names none, where others name theirs."""
        return None if self.year in dated else self.year

    def _over_all(
        self, cells: Sequence[_Cell], budget: dict[int, Decimal], dated: set[int | None]
    ) -> None:
        """Hold the sum over all years against the years; alone it belongs to no year."""
        for cell in cells:
            if cell.amount is None:
                continue
            when = self._undated(dated)
            if when is not None:
                budget.setdefault(when, cell.amount)
            elif not budget:
                self.warnings["no-year"] = None
                self.notes.append(cell.text)
            elif sum(budget.values()) != cell.amount:
                self.warnings["sum-differs"] = None

    def _together(self, group: Sequence[_Cell]) -> Decimal | None:
        """Put the columns of one year together: the total, else the sum of the parts."""
        filled = [cell for cell in self._of_best_stage(group) if cell.amount is not None]
        totals = [cell for cell in filled if cell.column.total]
        parts = [cell for cell in filled if not cell.column.total]
        plain = [cell for cell in parts if not cell.column.part]
        kinds = [cell for cell in parts if cell.column.part]
        if not totals and kinds and len(plain) == 1 and len(group) > 1:
            totals, parts = plain, kinds
        elif len(plain) > 1 and len({cell.amount for cell in plain}) > 1 and not totals:
            self.warnings["amounts-differ"] = None
            self.notes.extend(cell.text for cell in filled)
            return None
        elif len(plain) > 1 and not kinds:
            parts = plain[:1]
        return self._checked(totals, parts)

    def _checked(self, totals: Sequence[_Cell], parts: Sequence[_Cell]) -> Decimal | None:
        amounts = [cell.amount for cell in parts if cell.amount is not None]
        summed = sum(amounts, Decimal(0)) if amounts else None
        if not totals:
            return summed
        printed = totals[-1].amount
        differ = len({cell.amount for cell in totals}) > 1
        if differ or (summed is not None and summed != printed):
            self.warnings["sum-differs"] = None
        return printed

    def _of_best_stage(self, group: Sequence[_Cell]) -> Sequence[_Cell]:
        """Keep what is approved before what is planned, and that before what is asked for."""
        stages = {cell.column.stage for cell in group if cell.amount is not None}
        best = next((s for s in ("approved", "planned", None, "asked") if s in stages), None)
        return [cell for cell in group if cell.column.stage == best] if len(stages) > 1 else group


def money_of(
    cells: Sequence[str],
    columns: Sequence[Column | None],
    *,
    year: int | None,
    unit: Decimal | None = None,
    shared: frozenset[int] = frozenset(),
) -> Money:
    """Read the money of a row.

    `year` is the fiscal year of columns that name none, `unit` what the table or its page
    declares, `shared` the columns whose cell stands for several rows.
    """
    reader = _Reader(year, _row_unit(cells, columns) or unit)
    read: dict[int, _Cell] = {}
    for index, column in enumerate(columns):
        text = cells[index] if index < len(cells) else ""
        if column is None or not text.strip():
            continue
        if column.meaning in {"month", "percent"}:
            read[index] = _Cell(column, text, _silent(column, text, reader.unit))
        elif column.meaning in {"budget", "spending"}:
            if index in shared:
                reader.warnings["shared-amount"] = None
                reader.notes.append(text)
            else:
                read[index] = reader.cell(column, text)
    return _money(reader, list(read.values()), columns)


def _money(reader: _Reader, cells: Sequence[_Cell], columns: Sequence[Column | None]) -> Money:
    budgets = [cell for cell in cells if cell.column.meaning == "budget"]
    if not any(column is not None and column.meaning == "budget" for column in columns):
        monthly = [cell for cell in cells if cell.column.meaning == "month"]
        budgets = [_as_part(cell) for cell in monthly if (cell.amount or 0) >= _MONTHLY]
    budget = reader.budget(budgets)
    spending = _spending([c for c in cells if c.column.meaning in {"spending", "percent"}])
    spending |= _other_stages(budgets)
    return Money(budget, spending, tuple(reader.notes), tuple(reader.warnings))


def _silent(column: Column, text: str, unit: Decimal | None) -> Decimal | None:
    """Read a share as it is written, or a month's money; what is neither is left out."""
    if column.meaning == "percent":
        result = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*%?\s*", arabic(text))
        return Decimal(result[1]) if result else None
    return _baht(figure(text), column.unit if column.united else unit or column.unit)


def _as_part(cell: _Cell) -> _Cell:
    return _Cell(Column("budget", cell.column.year, part="month"), cell.text, cell.amount)


def _row_unit(cells: Sequence[str], columns: Sequence[Column | None]) -> Decimal | None:
    """Return the unit that a row's own column of units says."""
    for cell, column in zip(cells, columns, strict=False):
        if column is not None and column.meaning == "measured_in" and cell.strip():
            return unit_in(cell)
    return None


def _baht(find: Figure, unit: Decimal) -> Decimal | None:
    if find.value is None or find.named:
        return find.value
    return find.value * unit


def _odd(amount: Decimal) -> bool:
    """Whether an amount is hardly baht: less than a hundred, or with more than satang."""
    exponent = amount.normalize().as_tuple().exponent
    return 0 < amount < _SMALL or (isinstance(exponent, int) and -exponent > _SATANG)


def _years(cells: Iterable[_Cell]) -> list[int | None]:
    return list(dict.fromkeys(cell.column.year for cell in cells))


def _spending(cells: Sequence[_Cell]) -> dict[str, Decimal]:
    """Name the money that is no budget; columns of one name are told apart by year or place."""
    result: dict[str, Decimal] = {}
    for cell in sorted(cells, key=lambda cell: not cell.column.total):
        if cell.amount is None:
            continue
        name = cell.column.name or cell.column.meaning
        if cell.column.year and sum(c.column.name == cell.column.name for c in cells) > 1:
            name = f"{name}_{cell.column.year}"
        free = (name, *(f"{name}_{nth}" for nth in range(2, len(cells) + 2)))
        result[next(n for n in free if n not in result)] = cell.amount
    return result


def _other_stages(cells: Sequence[_Cell]) -> dict[str, Decimal]:
    """Name what was asked for or planned beside what was approved."""
    stages = {cell.column.stage for cell in cells if cell.amount is not None}
    if len(stages) < 2:
        return {}
    best = next(s for s in ("approved", "planned", None, "asked") if s in stages)
    return {
        (cell.column.stage or "planned"): cell.amount
        for cell in cells
        if cell.amount is not None and cell.column.stage != best
    }


def _note(text: str, find: Figure) -> str:
    """Return what a cell of money says besides its figure."""
    if _NO_NOTE.fullmatch(text):
        return ""
    rest = _FIGURE.sub("", text, count=1) if find.value is not None else text
    return rest.strip(" -–—()")


def summed(columns: Sequence[Column | None], rows: Sequence[Sequence[str]]) -> list[Column | None]:
    """Mark the columns that hold the sum of the others of their year, whatever they are called.

    A column without a known name is one where its figures are those sums, in every row.
    """
    result = list(columns)
    values = [
        [_plain(row[i]) if i < len(row) else None for row in rows] for i in range(len(result))
    ]
    for index, column in enumerate(result):
        if column is not None and (column.meaning != "budget" or column.total or column.part):
            continue
        for year in _group_years(result, column):
            parts = [i for i, c in enumerate(result) if i != index and _is_part(c, year)]
            if len(parts) > 1 and _is_sum(values[index], [values[i] for i in parts]):
                whole = column or Column("budget", year if year != _ANY else None)
                result[index] = replace(whole, total=True)
                break
    return result


_ANY = -1


def _group_years(columns: Sequence[Column | None], column: Column | None) -> list[int | None]:
    """List the groups a column may be the sum of: those of its year, of one year, of all."""
    if column is not None and column.year:
        return [column.year]
    return [*dict.fromkeys(c.year for c in columns if c and c.meaning == "budget"), _ANY]


def _is_part(column: Column | None, year: int | None) -> bool:
    if column is None or column.meaning not in {"budget", "month"} or column.total:
        return False
    return year == _ANY or column.year == year


def _is_sum(whole: Sequence[Decimal | None], parts: Sequence[Sequence[Decimal | None]]) -> bool:
    """Whether a column is the sum of others wherever two of them say something."""
    agreed = 0
    for index, amount in enumerate(whole):
        stated = [part[index] for part in parts if part[index]]
        if amount is None and stated:
            return False
        if len(stated) > 1:
            if sum(filter(None, stated)) != amount:
                return False
            agreed += 1
    return agreed > 0


def _plain(text: str) -> Decimal | None:
    result = figure(text)
    return result.value
