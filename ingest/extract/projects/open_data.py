"""Columns of open data by the names that the government's own files give them.

The names are data (`corpora/names/open_data_columns.tsv`): the columns of e-GP, of the
budget bureau's and the data catalogue's tables. Where a file calls a column otherwise, its
reader may be told which field it is (`column=field`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import get_args

from ingest.errors import UsageError
from ingest.extract.projects.column_words import SPENDING, Column, Meaning

FIELDS: tuple[str, ...] = tuple(sorted({*get_args(Meaning), *(name for name, _ in SPENDING)}))
"""What a column may be said to hold."""

_DATED = re.compile(r"(budget|[a-z_]+)[:_]?(2[45][0-9]{2})?")
_CELLS = 3
_MARKS = re.compile(r"[\s!-/:-@\[-`{-~]+")


def folded(header: str) -> str:
    """Write a column's name so that BUDGETARY_UNIT, budgetaryUnit and "Budgetary unit" agree."""
    return _MARKS.sub("", header).lower()


def field_column(field: str) -> Column:
    """Return the column a field's name stands for: `title`, `paid`, `budget:2567`.

    Raises ValueError for a field that is not known.
    """
    result = _DATED.fullmatch(field.strip().lower())
    if result is None or result[1].strip("_") not in FIELDS:
        raise ValueError(field)
    name, year = result[1].strip("_"), int(result[2]) if result[2] else None
    if name in {spent for spent, _ in SPENDING}:
        return Column("spending", year, name=name)
    meanings: dict[str, Meaning] = {meaning: meaning for meaning in get_args(Meaning)}
    return Column(meanings[name], year)


def named_column(header: str) -> Column | None:
    """Return what a column of that very name holds in the government's files, if it is known."""
    return _names().get(folded(header))


def mapped(pairs: Iterable[str]) -> dict[str, Column]:
    """Read `column=field` pairs; the column's name may be written in any case.

    Raises UsageError `column-map` for a pair that says nothing, or a field not known.
    """
    known: dict[str, Column] = {}
    for pair in pairs:
        column, _, field = pair.rpartition("=")
        try:
            known[folded(column)] = field_column(field)
        except ValueError as error:
            raise UsageError("column-map", value=pair, fields=", ".join(FIELDS)) from error
        if not folded(column):
            raise UsageError("column-map", value=pair, fields=", ".join(FIELDS))
    return known


@cache
def _names() -> Mapping[str, Column]:
    text = (files("corpora") / "names" / "open_data_columns.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:] if line.strip())
    return {folded(row[0]): field_column(row[1]) for row in rows if len(row) == _CELLS}
