"""What the columns of a table mean, read from their headers and never from their position."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ingest.extract.projects.column_words import (
    MIXED,
    MONTH,
    PART,
    RULES,
    SPENDING,
    STAGES,
    TOTAL,
    WRITTEN,
    Column,
    Meaning,
    unit_in,
)
from ingest.extract.projects.open_data import folded, named_column
from ingest.thai.numbers import arabic, buddhist, year

__all__ = ["LONGEST_HEADER", "Column", "Meaning", "columns", "meaning", "nearest"]


_MONEY: frozenset[str] = frozenset({"budget", "spending", "percent", "change", "month"})
_ONLY_YEAR = re.compile(
    r"(?:ปี|งบประมาณ|พ\.?ศ\.?|fy|[(.])*([0-9]{4}|(?<=ปี)[0-9]{2})(?:[().]|บาท|ล้าน|พัน|แผน|\*)*"
)
_MONEY_WORD = re.compile(r"งบ|เงิน|บาท|ราคา|จำนวน|วงเงิน|budget|amount|price|value|cost|money")
_BLANK = re.compile(r"\s+")
_ALIKE = 80.0
_TOO_SHORT = 5
LONGEST_HEADER = 80
"""Nobody names a column in more letters: longer texts are contents."""

_LONGEST_MIXED = 160


def meaning(header: str) -> Column | None:
    """Read a column's header; None where it says nothing that is known."""
    text = _BLANK.sub(" ", header).strip()
    tight = arabic(text.replace(" ", "")).lower()
    if len(text) <= _LONGEST_MIXED and MIXED.search(tight):
        return Column("title", name="mixed")
    if not text or len(text) > LONGEST_HEADER:
        return None
    if MONTH.fullmatch(tight):
        return Column("month", year(text))
    if only := _ONLY_YEAR.fullmatch(tight):
        return _united(Column("budget", buddhist(int(only[1]))), tight)
    result = next((name for name, rule in RULES if rule.search(tight)), None)
    if result in {None, "budget", "type", "month", "expected_result"} and (
        spent := _spending(tight, text)
    ):
        return spent
    if result is None:
        return None
    return _money(result, tight, text) if result in {"year", "budget"} else Column(result)


def _spending(tight: str, text: str) -> Column | None:
    """Read a header of money that is no budget: contracted, paid, left over."""
    name = next((name for name, rule in SPENDING if rule.search(tight)), None)
    return None if name is None else _united(Column("spending", year(text), name=name), tight)


def _money(find: Meaning, tight: str, text: str) -> Column:
    named = year(text)
    if named is None and find == "year":
        return Column("year")
    part = PART.search(tight)
    stage = next((stage for stage, rule in STAGES if rule.search(tight)), None)
    total = bool(TOTAL.search(tight))
    column = Column("budget", named, total=total, part=part[0] if part else None, stage=stage)
    return _united(column, tight)


def _united(column: Column, tight: str) -> Column:
    unit = unit_in(tight)
    return column if unit is None else replace(column, unit=unit, united=True)


def nearest(header: str) -> Column | None:
    """Read a header that may be misread by a letter or two, as in scans."""
    from rapidfuzz import fuzz, process

    exact = meaning(header)
    tight = arabic("".join(header.split()))
    if exact is not None or not _TOO_SHORT <= len(tight) <= LONGEST_HEADER:
        return exact
    result = process.extractOne(tight, WRITTEN, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE)
    return Column(result[2]) if result else None


def columns(
    rows: Sequence[Sequence[str]],
    *,
    misread: bool = False,
    known: Mapping[str, Column] | None = None,
) -> tuple[Column | None, ...]:
    """Read the header rows of one table: each column by the words above it, top to bottom.

    `misread` allows for letters read wrongly, and for years that break the row of years.
    `known` are columns by their header's words, given beforehand: they win.
    """
    width = max(map(len, rows), default=0)
    read = nearest if misread else meaning
    result = [_column(_words(rows, index), read, known or {}) for index in range(width)]
    return tuple(_in_a_row(result) if misread else result)


def _words(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    words: list[str] = []
    for row in rows:
        word = _BLANK.sub(" ", row[index]).strip() if index < len(row) else ""
        if word and word not in words:
            words.append(word)
    return words


def _in_a_row(find: list[Column | None]) -> list[Column | None]:
    """Set the years of neighbouring budgets right: they count up by one, most of them say so."""
    priced = [i for i, column in enumerate(find) if column and column.meaning == "budget"]
    offsets = Counter(c.year - i for i in priced if (c := find[i]) is not None and c.year)
    if not offsets:
        return find
    offset, agreed = offsets.most_common(1)[0]
    if agreed < 2 or agreed <= len(priced) / 2 or priced[-1] - priced[0] >= len(priced):
        return find
    return [replace(c, year=offset + i) if c and i in priced else c for i, c in enumerate(find)]


def _column(
    words: Sequence[str], read: Callable[[str], Column | None], known: Mapping[str, Column]
) -> Column | None:
    for word in (" ".join(words), *reversed(words)):
        if (column := known.get(folded(word))) is not None:
            return column
    if (column := named_column(" ".join(words))) is not None:
        return column
    whole = read(" ".join(words))
    if len(words) < 2:
        return whole
    lowest, upper = read(words[-1]), read(" ".join(words[:-1]))
    if lowest is not None and lowest.meaning in _MONEY and _of_something_else(upper):
        return whole or upper
    if whole is not None and whole.meaning in _MONEY:
        return _joined(whole, lowest, upper)
    if lowest is not None and lowest.meaning in _MONEY:
        return _joined(lowest, lowest, upper)
    return whole if lowest is None else lowest


def _of_something_else(upper: Column | None) -> bool:
    """Whether figures below a header are no money: years of targets, say."""
    return upper is not None and upper.meaning not in {*_MONEY, "source", "year", "type"}


def _joined(column: Column, lowest: Column | None, upper: Column | None) -> Column:
    """Read a header of money together with what stands above it: a year, a unit, a stage."""
    if upper is not None and upper.meaning in _MONEY - {"budget", "month"}:
        column = upper if column.meaning not in {"spending", "percent", "change"} else column
    near = [c for c in (column, lowest, upper) if c is not None]
    unit = next((c for c in near if c.united), None)
    return replace(
        column,
        year=next((c.year for c in (lowest, column, upper) if c is not None and c.year), None),
        unit=unit.unit if unit else column.unit,
        united=unit is not None,
        total=(lowest or column).total,
        part=(lowest or column).part or column.part,
        stage=next((c.stage for c in near if c.stage), None),
    )
