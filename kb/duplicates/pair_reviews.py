"""What people said of pairs: "not a duplicate" is remembered and never asked again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from ingest.errors import UsageError
from kb.store.store import Store

PairVerdict = Literal["not_duplicate", "duplicate"]

_SUBJECT = "match"


class PairReviews:
    """People's words on pairs of projects; a pair is named by its two ids, in either order."""

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
        """Remember a person's word on a pair; the last word counts.

        Raises UsageError: `pair-invalid` where the two are one.
        """
        if not a or not b or a == b:
            raise UsageError("pair-invalid", a=a, b=b)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        with self.store.writing() as connection:
            connection.execute(
                "insert into reviews (target, document, subject, verdict, changes, note, reviewer, "
                "made_at) values (?, null, ?, ?, '{}', ?, ?, ?)",
                (pair_name(a, b), _SUBJECT, verdict, note, reviewer, made),
            )
        return {"pair": sorted((a, b)), "verdict": verdict, "note": note, "made_at": made}

    def dismissed(self, one: str) -> frozenset[str]:
        """Return the ids that people said are no duplicate of this one."""
        rows = self.store.connection.execute(
            "select target, verdict from reviews where subject = ? and (target like ? or "
            "target like ?) order by key",
            (_SUBJECT, f"match:{one}:%", f"match:%:{one}"),
        )
        last = {row["target"]: row["verdict"] for row in rows}
        return frozenset(
            end
            for target, verdict in last.items()
            if verdict == "not_duplicate"
            for end in target.split(":")[1:]
            if end != one
        )

    def dismissed_pairs(self) -> frozenset[str]:
        """Return every pair that people said is none, by its name."""
        rows = self.store.connection.execute(
            "select target, verdict from reviews where subject = ? order by key", (_SUBJECT,)
        )
        last = {row["target"]: row["verdict"] for row in rows}
        return frozenset(target for target, verdict in last.items() if verdict == "not_duplicate")


def pair_name(a: str, b: str) -> str:
    """Name a pair of ids, whichever comes first."""
    first, second = sorted((a, b))
    return f"match:{first}:{second}"
