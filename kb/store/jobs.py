"""Jobs in the store: what was asked, how far it is, and results as they come.

A row is written before a job begins and outlives the process that does it; which process that
is stands in `owner`, so that another can take over what a dead one left.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.store.store import Store

FINISHED = ("done", "failed")
_ENDED = "state in ('done', 'failed')"


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job as it is stored. `input` is what it needs to be done anew, None where it can't be."""

    id: str
    kind: str
    state: str
    done: int
    total: int | None
    owner: str
    input: Mapping[str, Any] | None
    result: Sequence[Mapping[str, Any]]
    error: Mapping[str, Any] | None
    created_at: str
    updated_at: str


class JobTable:
    """The table of jobs; usable from any thread."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def save(self, record: JobRecord) -> None:
        """Insert a job, or write what has changed of it; results of a finished one are joined."""
        detail = json.dumps({"result": record.result, "error": record.error}, ensure_ascii=False)
        stated = None if record.input is None else json.dumps(record.input, ensure_ascii=False)
        with self.store.writing() as connection:
            connection.execute(
                "insert into jobs (id, kind, state, done, total, detail, created_at, updated_at, "
                "owner, input) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update "
                "set state = excluded.state, done = excluded.done, total = excluded.total, "
                "detail = excluded.detail, updated_at = excluded.updated_at, "
                "owner = excluded.owner, input = coalesce(excluded.input, input)",
                (
                    record.id,
                    record.kind,
                    record.state,
                    record.done,
                    record.total,
                    detail,
                    record.created_at,
                    record.updated_at,
                    record.owner,
                    stated,
                ),
            )
            if record.state in FINISHED:
                connection.execute("delete from job_results where job = ?", (record.id,))

    def delete(self, job: str) -> None:
        """Delete a job that never began."""
        with self.store.writing() as connection:
            connection.execute("delete from jobs where id = ?", (job,))

    def progress(self, job: str, done: int, total: int | None, at: str) -> None:
        """Note how far a job is."""
        sql = "update jobs set done = ?, total = ?, updated_at = ? where id = ?"
        with self.store.writing() as connection:
            connection.execute(sql, (done, total, at, job))

    def add_result(self, job: str, number: int, outcomes: Sequence[Mapping[str, Any]]) -> None:
        """Keep the outcomes of one part of a job, once."""
        with self.store.writing() as connection:
            connection.execute(
                "insert or ignore into job_results values (?, ?, ?)",
                (job, number, json.dumps(outcomes, ensure_ascii=False)),
            )

    def results(self, job: str) -> dict[int, list[dict[str, Any]]]:
        """Return the outcomes kept of an unfinished job by the number of its part."""
        rows = self.store.connection.execute(
            "select number, outcomes from job_results where job = ? order by number", (job,)
        )
        return {row["number"]: json.loads(row["outcomes"]) for row in rows}

    def get(self, job: str) -> JobRecord | None:
        """Return a job, None where there is none of this id."""
        sql = "select * from jobs where id = ?"
        row = self.store.connection.execute(sql, (job,)).fetchone()
        return _record(row) if row else None

    def unfinished(self) -> list[JobRecord]:
        """Return the jobs that have not ended, the oldest first."""
        sql = f"select * from jobs where not ({_ENDED}) order by created_at, id"
        return [_record(row) for row in self.store.connection.execute(sql)]

    def adopt(self, job: str, old: str, new: str) -> bool:
        """Take a job from a dead owner; False where another process was quicker."""
        with self.store.writing() as connection:
            taken = connection.execute(
                f"update jobs set owner = ? where id = ? and owner = ? and not ({_ENDED})",
                (new, job, old),
            )
            return taken.rowcount == 1

    def forget(self, most: int) -> None:
        """Delete the oldest finished jobs beyond so many."""
        with self.store.writing() as connection:
            connection.execute(
                f"delete from jobs where {_ENDED} and id not in "
                f"(select id from jobs where {_ENDED} order by updated_at desc limit ?)",
                (most,),
            )


def _record(row: sqlite3.Row) -> JobRecord:
    detail = json.loads(row["detail"])
    return JobRecord(
        row["id"],
        row["kind"],
        row["state"],
        row["done"],
        row["total"],
        row["owner"],
        json.loads(row["input"]) if row["input"] else None,
        detail["result"],
        detail["error"],
        row["created_at"],
        row["updated_at"],
    )
