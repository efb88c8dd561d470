"""The review sets of a store: made, listed, filled with proposals and their evidence."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ingest.errors import UsageError
from kb.loading.proposals import Proposal
from kb.review_sets.records import ReviewRow, ReviewSet, RowFilter, SetState, row_of
from kb.store.store import Store

_SETS = (
    "select s.id, s.name, s.file, s.against, s.state, s.error, s.job, s.made_by, s.made_at, "
    "count(r.number) as total, coalesce(sum(r.aligned_decision is not null and "
    "r.duplicate_decision is not null), 0) as decided "
    'from review_sets s left join review_rows r on r."set" = s.id '
)
_SERVED = frozenset({"aligned", "weak"})
_SAME_WORK = frozenset({"duplicate", "continuation", "same_activity_elsewhere"})


class ReviewSets:
    """The review sets of a store; usable from any thread."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def make(
        self,
        name: str,
        file: str,
        content: bytes | None,
        against: Sequence[str],
        *,
        made_by: str | None = None,
    ) -> ReviewSet:
        """Make an empty set; `content` is the workbook it comes from, None for a typed proposal."""
        made = ReviewSet(
            uuid.uuid4().hex[:12], name, file, tuple(against), "waiting", None, None, made_by, now()
        )
        with self.store.writing() as connection:
            connection.execute(
                "insert into review_sets values (?, ?, ?, ?, ?, 'waiting', null, null, ?, ?)",
                (made.id, name, file, content, json.dumps(list(against)), made_by, made.made_at),
            )
        return made

    def all(self) -> list[ReviewSet]:
        """Return all sets, the newest first."""
        sql = f"{_SETS} group by s.id order by s.made_at desc, s.id"
        return [_set_of(row) for row in self.store.connection.execute(sql)]

    def get(self, review_set: str) -> ReviewSet:
        """Return a set; raise UsageError `review-set-unknown`."""
        sql = f"{_SETS} where s.id = ? group by s.id"
        row = self.store.connection.execute(sql, (review_set,)).fetchone()
        if row is None:
            raise UsageError("review-set-unknown", id=review_set)
        return _set_of(row)

    def workbook(self, review_set: str) -> bytes | None:
        """Return the workbook a set was made from, byte for byte."""
        sql = "select content from review_sets where id = ?"
        row = self.store.connection.execute(sql, (review_set,)).fetchone()
        return row["content"] if row else None

    def delete(self, review_set: str) -> None:
        """Delete a set with all its rows and decisions."""
        with self.store.writing() as connection:
            connection.execute("delete from review_sets where id = ?", (review_set,))

    def turn(self, review_set: str, state: SetState, error: str | None = None) -> None:
        """Set the state of a set."""
        sql = "update review_sets set state = ?, error = ? where id = ?"
        with self.store.writing() as connection:
            connection.execute(sql, (state, error, review_set))

    def set_job(self, review_set: str, job: str) -> None:
        """Note which job judges a set."""
        with self.store.writing() as connection:
            connection.execute("update review_sets set job = ? where id = ?", (job, review_set))

    def fill(self, review_set: str, proposals: Sequence[Proposal]) -> None:
        """Put the proposals of a workbook into an empty set: all of them, or none."""
        with self.store.writing() as connection:
            connection.executemany(
                'insert into review_rows ("set", number, sheet, "row", title, proposal) '
                "values (?, ?, ?, ?, ?, ?)",
                [
                    (review_set, number, one.sheet, one.row, one.title, _json(one.to_dict()))
                    for number, one in enumerate(proposals, start=1)
                ],
            )

    def rows(
        self,
        review_set: str,
        filters: RowFilter = RowFilter(),  # noqa: B008 (frozen)
        *,
        after: int = 0,
        limit: int = -1,
    ) -> list[ReviewRow]:
        """Return the rows that match, in order, those after a number."""
        where, values = filters.condition()
        found = self.store.connection.execute(
            f'select * from review_rows where "set" = ? and number > ? and {where} '
            "order by number limit ?",
            (review_set, after, *values, limit),
        )
        return [row_of(row) for row in found]

    def row(self, review_set: str, number: int) -> ReviewRow:
        """Return one row; raise UsageError `review-row-unknown`."""
        sql = 'select * from review_rows where "set" = ? and number = ?'
        row = self.store.connection.execute(sql, (review_set, number)).fetchone()
        if row is None:
            raise UsageError("review-row-unknown", number=number)
        return row_of(row)

    def neighbours(
        self, review_set: str, number: int, filters: RowFilter
    ) -> tuple[int | None, int | None]:
        """Return the numbers of the matching rows before and after a row, None at the ends."""
        where, values = filters.condition()
        row = self.store.connection.execute(
            "select max(case when number < ? then number end) as before, "
            "min(case when number > ? then number end) as after "
            f'from review_rows where "set" = ? and {where}',
            (number, number, review_set, *values),
        ).fetchone()
        return row["before"], row["after"]

    def count(self, review_set: str, filters: RowFilter) -> int:
        """Count the rows that match."""
        where, values = filters.condition()
        sql = f'select count(*) from review_rows where "set" = ? and {where}'
        row = self.store.connection.execute(sql, (review_set, *values)).fetchone()
        return int(row[0])

    def counts(self, review_set: str, column: str) -> dict[str, int]:
        """Count rows by `verdict`, `relation`, `strategy` or `assigned`; empty where unset."""
        if column not in ("verdict", "relation", "strategy", "assigned"):
            raise ValueError(column)
        found = self.store.connection.execute(
            f"select coalesce({column}, '') as name, count(*) as number from review_rows "
            'where "set" = ? group by 1 order by number desc, name',
            (review_set,),
        )
        return {row["name"]: row["number"] for row in found}

    def save_alignment(self, review_set: str, judged: Mapping[int, Mapping[str, Any]]) -> None:
        """Keep the verdicts of rows by number."""
        with self.store.writing() as connection:
            connection.executemany(
                "update review_rows set alignment = ?, verdict = ?, strategy = ? "
                'where "set" = ? and number = ?',
                [
                    (_json(one), one["verdict"], _strategy(one), review_set, number)
                    for number, one in judged.items()
                ],
            )

    def save_duplicates(self, review_set: str, judged: Mapping[int, Mapping[str, Any]]) -> None:
        """Keep what is like the rows, by number."""
        with self.store.writing() as connection:
            connection.executemany(
                'update review_rows set duplicates = ?, relation = ? where "set" = ? '
                "and number = ?",
                [
                    (_json(one), _relation(one), review_set, number)
                    for number, one in judged.items()
                ],
            )

    def unjudged(self, review_set: str, column: str) -> Iterator[ReviewRow]:
        """Yield the rows that still lack their `alignment` or their `duplicates`."""
        if column not in ("alignment", "duplicates"):
            raise ValueError(column)
        sql = f'select * from review_rows where "set" = ? and {column} is null order by number'
        for row in self.store.connection.execute(sql, (review_set,)).fetchall():
            yield row_of(row)


def now() -> str:
    """Return the time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _set_of(row: sqlite3.Row) -> ReviewSet:
    return ReviewSet(
        row["id"],
        row["name"],
        row["file"],
        tuple(json.loads(row["against"])),
        row["state"],
        row["error"],
        row["job"],
        row["made_by"],
        row["made_at"],
        row["total"],
        row["decided"],
    )


def _strategy(alignment: Mapping[str, Any]) -> str | None:
    if alignment["verdict"] not in _SERVED or not alignment["best"]:
        return None
    return str(alignment["best"][0]["statement"]["text"])


def _relation(duplicates: Mapping[str, Any]) -> str:
    first = duplicates["matches"][0]["relation"] if duplicates["matches"] else "none"
    return first if first in _SAME_WORK else "none"


def _json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
