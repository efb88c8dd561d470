"""Plans by their years: the one in force, and the newest."""

from __future__ import annotations

from collections.abc import Iterable

from kb.store.records import StoredStatement


def newest_plans(statements: Iterable[StoredStatement]) -> list[StoredStatement]:
    """Leave out statements of plans that were over when the newest one began."""
    listed = list(statements)
    newest = max((statement.period.start for statement in listed if statement.period), default=0)
    return [
        statement
        for statement in listed
        if statement.period is None or statement.period.end >= newest
    ]


def in_force(
    statements: Iterable[StoredStatement], year: int | None = None
) -> list[StoredStatement]:
    """Return the statements of the plans in force in a fiscal year (BE), by default the newest.

    Plans of a single year are left out where there are others. Where no plan covers the year,
    the newest ones stand in; their statements say for which years they are.
    """
    listed = list(statements)
    lasting = [one for one in listed if one.period is None or one.period.start < one.period.end]
    listed = lasting or listed
    covering = [
        one
        for one in listed
        if year is not None and one.period and one.period.start <= year <= one.period.end
    ]
    if not covering:
        return newest_plans(listed)
    return [one for one in listed if one.period is None or one in covering]
