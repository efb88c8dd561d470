"""People's words on records: accepted, corrected, rejected, added. They win, and they last."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from ingest.errors import UsageError
from ingest.records import STATEMENT_KINDS, Project, Statement
from kb.store.actor import acting
from kb.store.changes import write_change
from kb.store.filters import Filters
from kb.store.insertion import Leftovers, Records, changed, now
from kb.store.passages import passage_of
from kb.store.records import Stored
from kb.store.review import SUBJECT, Review, Verdict, added_statement, corrected, review_of
from kb.store.store import Store


class Reviews:
    """People's words on the records of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def review(
        self,
        record: str,
        verdict: Verdict,
        *,
        kind: str | None = None,
        text: str | None = None,
        note: str | None = None,
        reviewer: str | None = None,
    ) -> Stored:
        """Note a person's word on a record and return the record as it now stands.

        Corrections give a new kind (of a statement) or text or both. Raises UsageError:
        `record-unknown`, `record-ambiguous`, `verdict-unknown`, `kind-unknown`,
        `correction-empty`.
        """
        if verdict not in ("accepted", "corrected", "rejected"):
            raise UsageError(
                "verdict-unknown", value=verdict, choices="accepted, corrected, rejected"
            )
        stored = self._store.record(record)
        changes = _changes(stored.record, kind, text) if verdict == "corrected" else {}
        reviewer = acting().signature(reviewer)
        review = Review(stored.id, stored.document, verdict, changes, note, reviewer, now())
        return self._store.records([self._apply(review, stored)])[stored.key]

    def add(
        self,
        document: str,
        kind: str,
        text: str,
        *,
        page: int = 1,
        note: str | None = None,
        reviewer: str | None = None,
    ) -> Stored:
        """Add a statement that reading missed; it comes back when the document is added again.

        Raises UsageError: `document-unknown`, `kind-unknown`, `page-unknown`, `text-empty`.
        """
        kept = self._store.document(document)
        pages = self._store.pages(kept.id)
        statement = added_statement(kept.id, _known_kind(kind), _said(text), page, pages)
        changes = {"kind": kind, "text": statement.text, "page": page}
        reviewer = acting().signature(reviewer)
        review = Review(statement.id, kept.id, "added", changes, note, reviewer, now())
        acting().check(kept.organisation)
        with self._store.writing() as connection:
            _keep(connection, review)
            known = connection.execute(
                "select key from entries where document = ? and id = ?", (kept.key, statement.id)
            ).fetchone()
            if known is None:
                last = connection.execute(
                    "select coalesce(max(position), -1) from entries where document = ?",
                    (kept.key,),
                ).fetchone()[0]
                records = Records(connection, kept.organisation, kept.period)
                records.insert(kept.key, last + 1, statement, passage_of(statement), "added")
            changed(connection)
        return self._store.record(statement.id)

    def accept_all(
        self, document: str, *, note: str | None = None, reviewer: str | None = None
    ) -> int:
        """Accept whatever of a document nobody has looked at yet; return how many records.

        Raises UsageError: `document-unknown`, `document-ambiguous`.
        """
        kept, made = self._store.document(document), now()
        reviewer = acting().signature(reviewer)
        acting().check(kept.organisation)
        with self._store.writing() as connection:
            rows = connection.execute(
                "select id from entries where document = ? and review is null", (kept.key,)
            ).fetchall()
            for row in rows:
                _keep(connection, Review(row["id"], kept.id, "accepted", {}, note, reviewer, made))
            connection.execute(
                "update entries set review = 'accepted' where document = ? and review is null",
                (kept.key,),
            )
            if rows:
                changed(connection)
        return len(rows)

    def waiting(self, document: str) -> int:
        """Count a document's records that nobody has looked at yet."""
        kept = self._store.document(document)
        row = self._store.connection.execute(
            "select count(*) from entries where document = ? and review is null", (kept.key,)
        ).fetchone()
        return int(row[0])

    def all(
        self, document: str | None = None, *, limit: int | None = None, after: int = 0
    ) -> Iterator[Review]:
        """Yield the reviews of one document or of all, the oldest first.

        `after` is the key of the review before the first, `limit` the most that are read.
        """
        of = "" if document is None else " and document = ?"
        rows = self._store.connection.execute(
            f"select * from reviews where subject = ? and key > ?{of} order by key limit ?",
            [
                SUBJECT,
                after,
                *([] if document is None else [document]),
                -1 if limit is None else limit,
            ],
        )
        return (review_of(row) for row in rows)

    def gold(self) -> Iterator[dict[str, Any]]:
        """Give the documents people have looked through as gold: what they say, in reading order.

        The form is that of the gold sets `phaen evaluate extract` reads. A document of which
        a record is still open is left out: what nobody looked at is neither right nor wrong.
        """
        seen = dict.fromkeys(review.document for review in self.all())
        for document in seen:
            if not self._store.has(document) or self.waiting(document):
                continue
            yield self._gold(document)

    def _gold(self, document: str) -> dict[str, Any]:
        kept = self._store.document(document)
        own, body = Filters(document=document, reviewed=True), kept.organisation
        said: list[Stored] = [*self._store.statements(own), *self._store.projects(own)]
        return {
            "document": kept.id,
            "file": kept.file,
            "org": body.name if body else None,
            "org_type": body.kind if body else None,
            "period": kept.period.to_list() if kept.period else None,
            "statements": [
                {"type": item.kind, "text": item.text, "page": item.record.page} for item in said
            ],
        }

    def _apply(self, review: Review, stored: Stored) -> int:
        """Put the record as reviewed in the old one's place; its key stays."""
        record = corrected(stored.record, review.changes)
        kept = self._store.document(stored.document)
        acting().check(kept.organisation)
        with self._store.writing() as connection:
            _keep(connection, review, stored)
            entry = connection.execute(
                "select position, passage from entries where key = ?", (stored.key,)
            ).fetchone()
            connection.execute("delete from entries where key = ?", (stored.key,))
            records = Records(connection, kept.organisation, kept.period)
            fresh = records.insert(
                kept.key, entry["position"], record, passage_of(record), review.verdict
            )
            _rename(connection, fresh, stored.key)
            Leftovers((entry["passage"],), ()).prune(connection)
            changed(connection)
        return stored.key


def _changes(record: Statement | Project, kind: str | None, text: str | None) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if text is not None:
        changes["text"] = _said(text)
    if kind is not None and isinstance(record, Statement):
        changes["kind"] = _known_kind(kind)
    if not changes:
        raise UsageError("correction-empty")
    return changes


def _known_kind(kind: str) -> Any:
    if kind not in STATEMENT_KINDS:
        raise UsageError("kind-unknown", value=kind, choices=", ".join(STATEMENT_KINDS))
    return kind


def _said(text: str) -> str:
    clean = " ".join(text.split())
    if not clean:
        raise UsageError("text-empty")
    return clean


def _keep(connection: sqlite3.Connection, review: Review, stored: Stored | None = None) -> None:
    connection.execute(
        "insert into reviews "
        "(target, document, subject, verdict, changes, note, reviewer, made_at) values "
        "(?, ?, ?, ?, ?, ?, ?, ?)",
        (
            review.target,
            review.document,
            SUBJECT,
            review.verdict,
            json.dumps(review.changes, ensure_ascii=False),
            review.note,
            review.reviewer,
            review.made_at,
        ),
    )
    before = {"kind": stored.kind, "text": stored.text, "review": stored.review} if stored else None
    after = {**review.changes, "verdict": review.verdict, "note": review.note}
    write_change(
        connection,
        "record.reviewed",
        review.target,
        document=review.document,
        before=before,
        after=after,
    )


def _rename(connection: sqlite3.Connection, fresh: int, key: int) -> None:
    """Give an entry that was just inserted the key it had before."""
    connection.execute("pragma defer_foreign_keys = on")
    for table, column in (
        ("entries", "key"),
        ("statements", "key"),
        ("projects", "key"),
        ("mentions", "statement"),
    ):
        connection.execute(f"update {table} set {column} = ? where {column} = ?", (key, fresh))
