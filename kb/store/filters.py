"""Filters: which records a question is about. They compose, and they fail closed.

A filter that cannot be understood is an error, and a record that does not tell what a
filter asks for (no province, no years) is left out: a filter is never silently dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from ingest.errors import UsageError
from ingest.records import ORGANISATION_KINDS, PLAN_KINDS, STATEMENT_KINDS

RECORD_KINDS: tuple[str, ...] = (*STATEMENT_KINDS, "project")
BE_MINUS_CE = 543
FIRST_YEAR, LAST_YEAR = 2400, 2700

_SURE = "({of}.confidence >= ? or {of}.review in ('accepted', 'corrected', 'added'))"
"""A person's word is worth more than any confidence."""

Condition = tuple[str, list[object]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What records must be to count; fields that are empty or None ask for nothing.

    `organisation` is a name, its usual abbreviation (อบจ.แพร่) or a part of it. `period`
    keeps records whose years overlap it (BE; CE years are understood too). `reviewed`
    keeps only records a person has (True) or has not (False) looked at; records a person
    rejected are left out unless `rejected` asks for them.
    """

    kinds: tuple[str, ...] = ()
    organisation: str | None = None
    organisation_kinds: tuple[str, ...] = ()
    province: str | None = None
    district: str | None = None
    plan_kinds: tuple[str, ...] = ()
    period: tuple[int, int] | None = None
    document: str | None = None
    min_confidence: float = 0.0
    reviewed: bool | None = None
    rejected: bool = False

    def __post_init__(self) -> None:
        _known(self.kinds, RECORD_KINDS, "kind-unknown")
        _known(self.organisation_kinds, ORGANISATION_KINDS, "organisation-kind-unknown")
        _known(self.plan_kinds, PLAN_KINDS, "plan-kind-unknown")
        if self.period is not None:
            object.__setattr__(self, "period", buddhist_years(*self.period))
        if not 0.0 <= self.min_confidence <= 1.0:
            raise UsageError("confidence-invalid", value=self.min_confidence)

    @property
    def empty(self) -> bool:
        """Return whether every record that was not rejected counts."""
        return self == EVERYTHING

    def about_documents(self) -> Filters:
        """Keep what can be asked of a whole document."""
        return replace(self, kinds=(), min_confidence=0.0, reviewed=None, rejected=True)

    def conditions(
        self, organisations: Iterable[int] | None, *, of: Literal["e", "d"] = "e"
    ) -> Condition:
        """Write the filters as SQL over `entries e` (or `documents d`), with its parameters.

        `organisations` are the keys of the bodies that `organisation` names, None where
        no name is asked for; no key at all matches nothing.
        """
        document = "e.document" if of == "e" else "d.key"
        parts = [
            _any_of(f"{of}.kind", self.kinds or None),
            _any_of(f"{of}.organisation", organisations),
            _inside(
                f"{of}.organisation",
                "organisations",
                [
                    _any_of("kind", self.organisation_kinds or None),
                    _any_of("province", _listed(self.province, bare_province)),
                    _any_of("district", _listed(self.district, bare_district)),
                ],
            ),
            _inside(
                document,
                "documents",
                [
                    _any_of("plan_kind", self.plan_kinds or None),
                    _any_of("id", _listed(self.document, str)),
                ],
            ),
            _overlapping(of, self.period),
            _trusted(of, self),
        ]
        return _all_of(parts)


def buddhist_years(first: int, last: int) -> tuple[int, int]:
    """Check a period and write it in Buddhist Era; CE years (below 2400) are converted."""
    years = [
        year + BE_MINUS_CE if 1857 <= year < FIRST_YEAR - 200 else year for year in (first, last)
    ]
    if not FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR:
        raise UsageError("period-invalid", period=f"{first}-{last}")
    return years[0], years[1]


def _known(values: tuple[str, ...], choices: tuple[str, ...], code: str) -> None:
    if isinstance(values, str):
        raise TypeError("filters take tuples of names, not one string")
    for value in values:
        if value not in choices:
            raise UsageError(code, value=value, choices=", ".join(choices))


def _all_of(parts: Iterable[Condition]) -> Condition:
    present = [part for part in parts if part[0]]
    values = [value for _, listed in present for value in listed]
    return " and ".join(sql for sql, _ in present) or "1", values


def _any_of(column: str, values: Iterable[object] | None) -> Condition:
    if values is None:
        return "", []
    listed = list(values)
    return f"{column} in ({', '.join('?' * len(listed))})", listed


def _listed(value: str | None, clean: Callable[[str], str]) -> tuple[str, ...] | None:
    return None if value is None else (clean(value),)


def _inside(column: str, table: str, parts: list[Condition]) -> Condition:
    where, values = _all_of(parts)
    if where == "1":
        return "", []
    return f"{column} in (select key from {table} where {where})", values


def _overlapping(of: str, period: tuple[int, int] | None) -> Condition:
    if period is None:
        return "", []
    return f"{of}.year_from <= ? and {of}.year_to >= ?", [period[1], period[0]]


def _trusted(of: str, filters: Filters) -> Condition:
    parts: list[Condition] = []
    if filters.min_confidence > 0:
        parts.append((_SURE.format(of=of), [filters.min_confidence]))
    if filters.reviewed is not None:
        parts.append((f"{of}.review is {'not ' if filters.reviewed else ''}null", []))
    if not filters.rejected:
        parts.append((f"{of}.review is not 'rejected'", []))
    return _all_of(parts) if parts else ("", [])


def bare_province(name: str) -> str:
    """Take จังหวัด or จ. off a province's name, as the records keep it."""
    return _without(name, ("จังหวัด", "จ."))


def bare_district(name: str) -> str:
    """Take อำเภอ, อ. or เขต off a district's name, as the records keep it."""
    return _without(name, ("อำเภอ", "อ.", "เขต"))


def _without(name: str, prefixes: tuple[str, ...]) -> str:
    stripped = name.strip()
    for prefix in prefixes:
        if stripped.startswith(prefix) and len(stripped) > len(prefix):
            return stripped.removeprefix(prefix).strip()
    return stripped


EVERYTHING = Filters()
"""Asks for nothing: every record that no person rejected."""
