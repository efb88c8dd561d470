"""Decisions on the rows of a review set: made, changed, undone, and all of them remembered.

A reviewer who saves says which version of the row was in view. Where somebody else has changed
it meanwhile nothing is written, and the caller can show both.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.errors import UsageError
from kb.duplicates.pair_reviews import PairReviews, PairVerdict
from kb.review_sets.records import ALIGNMENT_DECISIONS, DUPLICATE_DECISIONS, Decision, ReviewRow
from kb.review_sets.sets import ReviewSets, now

LONGEST_NOTE = 5_000
_DISMISSED = frozenset({"duplicate", "continuation"})


class Decisions:
    """The decisions on the rows of review sets; usable from any thread."""

    def __init__(self, sets: ReviewSets) -> None:
        self.sets, self.store = sets, sets.store

    def decide(
        self, review_set: str, number: int, decision: Decision, version: int, who: str | None
    ) -> ReviewRow:
        """Write a decision on the version of a row that the reviewer saw; return the row.

        Raises UsageError: `review-row-changed` where the row has another version now,
        `decision-invalid`, `review-row-unknown`.
        """
        checked = _checked(decision)
        with self.store.writing() as connection:
            row = self.sets.row(review_set, number)
            if row.version != version:
                raise UsageError("review-row-changed", number=number)
            if row.decision != checked:
                self._write(connection, review_set, row, checked, who, "decide")
        return self.sets.row(review_set, number)

    def decide_many(
        self, review_set: str, versions: Mapping[int, int], decision: Decision, who: str | None
    ) -> tuple[list[int], list[int]]:
        """Write a decision on several rows; return the numbers written, and those changed since.

        What the decision leaves open stays as it is in each row.
        """
        checked = _checked(decision)
        written, changed = [], []
        with self.store.writing() as connection:
            for number, version in versions.items():
                row = self.sets.row(review_set, number)
                if row.version != version:
                    changed.append(number)
                    continue
                merged = Decision(
                    checked.alignment or row.decision.alignment,
                    checked.duplicate or row.decision.duplicate,
                    checked.note or row.decision.note,
                )
                self._write(connection, review_set, row, merged, who, "decide")
                written.append(number)
        return written, changed

    def assign(self, review_set: str, numbers: Sequence[int], to: str | None) -> None:
        """Assign rows to a person, or to nobody."""
        with self.store.writing() as connection:
            connection.executemany(
                'update review_rows set assigned = ? where "set" = ? and number = ?',
                [(to or None, review_set, number) for number in numbers],
            )

    def undo(self, review_set: str, who: str | None) -> ReviewRow:
        """Take back the last decision that this person made in a set and has not taken back.

        Raises UsageError: `undo-nothing`, `review-row-changed` where somebody has decided on
        the row since.
        """
        with self.store.writing() as connection:
            last = self._last(connection, review_set, who)
            row = self.sets.row(review_set, last["number"])
            if row.version != last["version"]:
                raise UsageError("review-row-changed", number=row.number)
            before = Decision(**json.loads(last["before"]))
            self._write(connection, review_set, row, before, who, f"undo:{last['key']}")
        return self.sets.row(review_set, row.number)

    def history(self, review_set: str, number: int) -> list[dict[str, Any]]:
        """Return what was decided on a row, the newest first."""
        rows = self.store.connection.execute(
            'select * from review_decisions where "set" = ? and number = ? order by key desc',
            (review_set, number),
        )
        return [
            {
                "action": row["action"].partition(":")[0],
                "before": json.loads(row["before"]),
                "after": json.loads(row["after"]),
                "version": row["version"],
                "made_by": row["made_by"],
                "made_at": row["made_at"],
            }
            for row in rows
        ]

    def _last(self, connection: sqlite3.Connection, review_set: str, who: str | None) -> Any:
        last = connection.execute(
            'select * from review_decisions d where "set" = ? and made_by is ? '
            "and action = 'decide' and not exists (select 1 from review_decisions u "
            'where u."set" = d."set" and u.action = \'undo:\' || d.key) '
            "order by key desc limit 1",
            (review_set, who),
        ).fetchone()
        if last is None:
            raise UsageError("undo-nothing")
        return last

    def _write(
        self,
        connection: sqlite3.Connection,
        review_set: str,
        row: ReviewRow,
        decision: Decision,
        who: str | None,
        action: str,
    ) -> None:
        made_at, version = now(), row.version + 1
        connection.execute(
            "update review_rows set aligned_decision = ?, duplicate_decision = ?, note = ?, "
            'version = ?, decided_by = ?, decided_at = ? where "set" = ? and number = ?',
            (
                decision.alignment,
                decision.duplicate,
                decision.note,
                version,
                who,
                made_at,
                review_set,
                row.number,
            ),
        )
        connection.execute(
            'insert into review_decisions ("set", number, version, action, before, after, '
            "made_by, made_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                review_set,
                row.number,
                version,
                action,
                json.dumps(row.decision.to_dict(), ensure_ascii=False),
                json.dumps(decision.to_dict(), ensure_ascii=False),
                who,
                made_at,
            ),
        )
        self._remember_pairs(row, decision, who)

    def _remember_pairs(self, row: ReviewRow, decision: Decision, who: str | None) -> None:
        """Remember which pairs are no duplicates, so that later runs don't ask once more."""
        was = row.decision.duplicate == "not_duplicate"
        is_now = decision.duplicate == "not_duplicate"
        if was == is_now or row.duplicates is None:
            return
        reviews, own = PairReviews(self.store), row.proposal["id"]
        for match in row.duplicates["matches"]:
            other = match["project"]["id"]
            if match["relation"] in _DISMISSED and other != own:
                verdict: PairVerdict = "not_duplicate" if is_now else "duplicate"
                reviews.record(own, other, verdict, reviewer=who)


def _checked(decision: Decision) -> Decision:
    if decision.alignment is not None and decision.alignment not in ALIGNMENT_DECISIONS:
        raise UsageError("decision-invalid", value=decision.alignment)
    if decision.duplicate is not None and decision.duplicate not in DUPLICATE_DECISIONS:
        raise UsageError("decision-invalid", value=decision.duplicate)
    if len(decision.note) > LONGEST_NOTE:
        raise UsageError("note-too-long", limit=LONGEST_NOTE)
    return Decision(decision.alignment, decision.duplicate, decision.note.strip())
