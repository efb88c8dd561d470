"""People's verdicts on pairs of projects: a pair called no duplicate is not shown any more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from ingest.errors import PhaenError, UsageError
from ingest.records import Organisation
from kb.store.actor import acting
from kb.store.changes import write_change
from kb.store.store import Store

PairVerdict = Literal["not_duplicate", "duplicate"]

_SUBJECT = "match"


class PairReviews:
    """People's verdicts on pairs of projects; a pair is its two ids, in either order."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def record(
        self,
        a: str,
        b: str,
        verdict: PairVerdict = "not_duplicate",
        *,
        note: str | None = None,
        reviewer: str | None = None,
    ) -> dict[str, Any]:
        """Store a person's verdict on a pair and return it as JSON; the last one counts.

        Raises UsageError `pair-invalid` where an id is empty or both are the same.
        """
        if not a or not b or a == b:
            raise UsageError("pair-invalid", a=a, b=b)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        reviewer = acting().signature(reviewer)
        acting().check(self._body(a), self._body(b))
        with self.store.writing() as connection:
            connection.execute(
                "insert into reviews (target, document, subject, verdict, changes, note, reviewer, "
                "made_at) values (?, null, ?, ?, '{}', ?, ?, ?)",
                (pair_name(a, b), _SUBJECT, verdict, note, reviewer, made_at),
            )
            after = {"verdict": verdict, "note": note}
            write_change(connection, "pair.reviewed", pair_name(a, b), after=after)
        return {"pair": sorted((a, b)), "verdict": verdict, "note": note, "made_at": made_at}

    def _body(self, project: str) -> Organisation | None:
        try:
            return self.store.record(project).organisation
        except PhaenError:
            return None

    def dismissed(self, project: str) -> frozenset[str]:
        """Return the ids that people called no duplicate of this one."""
        names = self._dismissed(
            " and (target like ? or target like ?)", f"match:{project}:%", f"match:%:{project}"
        )
        return frozenset(end for name in names for end in name.split(":")[1:] if end != project)

    def dismissed_pairs(self) -> frozenset[str]:
        """Return the names (`pair_name`) of all pairs that people called no duplicates."""
        return frozenset(self._dismissed())

    def _dismissed(self, condition: str = "", *values: str) -> list[str]:
        rows = self.store.connection.execute(
            f"select target, verdict from reviews where subject = ?{condition} order by key",
            (_SUBJECT, *values),
        )
        last = {row["target"]: row["verdict"] for row in rows}
        return [name for name, verdict in last.items() if verdict == "not_duplicate"]


def pair_name(a: str, b: str) -> str:
    """Return the name of a pair of ids, the same in either order."""
    first, second = sorted((a, b))
    return f"match:{first}:{second}"
