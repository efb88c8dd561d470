"""People's words on records: accepted, corrected, rejected, added. They win, and they last.

A review is kept beside the records, not in them, and is applied whenever its document is
added again. The last word on a record counts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from ingest.errors import UsageError
from ingest.records import STATEMENT_KINDS, Document, Page, Project, Statement, fingerprint
from kb.store.filters import Filters
from kb.store.insertion import Leftovers, Records, now
from kb.store.passages import passage_of

if TYPE_CHECKING:
    from kb.store.records import Stored
    from kb.store.store import Store

Verdict = Literal["accepted", "corrected", "rejected", "added"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
_SUBJECT = "record"
T = TypeVar("T", bound=Statement | Project)


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word on a record. `changes` are the fields it corrects, or the whole added one.

    `document` is the id of the document the record belongs to, `key` the review's place in
    the order they were made (0 before it is stored).
    """

    target: str
    document: str
    verdict: Verdict
    changes: Mapping[str, Any]
    note: str | None
    reviewer: str | None
    made_at: str
    key: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "target": self.target,
            "document": self.document,
            "verdict": self.verdict,
            "changes": dict(self.changes),
            "note": self.note,
            "reviewer": self.reviewer,
            "made_at": self.made_at,
        }


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document with people's words applied, and those words by the record's id."""

    document: Document
    verdicts: Mapping[str, str]


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
        statement = _added(kept.id, _known_kind(kind), _said(text), page, pages)
        changes = {"kind": kind, "text": statement.text, "page": page}
        review = Review(statement.id, kept.id, "added", changes, note, reviewer, now())
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
            _changed(connection)
        return self._store.record(statement.id)

    def accept_all(
        self, document: str, *, note: str | None = None, reviewer: str | None = None
    ) -> int:
        """Accept whatever of a document nobody has looked at yet; return how many records.

        Raises UsageError: `document-unknown`, `document-ambiguous`.
        """
        kept, made = self._store.document(document), now()
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
                _changed(connection)
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
                _SUBJECT,
                after,
                *([] if document is None else [document]),
                -1 if limit is None else limit,
            ],
        )
        return (_review(row) for row in rows)

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
                {"type": each.kind, "text": each.text, "page": each.record.page} for each in said
            ],
        }

    def _apply(self, review: Review, stored: Stored) -> int:
        """Put the record as reviewed in the old one's place; its key stays."""
        record = _corrected(stored.record, review.changes)
        kept = self._store.document(stored.document)
        with self._store.writing() as connection:
            _keep(connection, review)
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
            _changed(connection)
        return stored.key


def reviewed_document(connection: sqlite3.Connection, document: Document) -> Reviewed:
    """Apply what people said of a document's records, the last word on each."""
    rows = connection.execute(
        "select * from reviews where subject = ? and document = ? order by key",
        (_SUBJECT, document.id),
    ).fetchall()
    if not rows:
        return Reviewed(document, {})
    said = [_review(row) for row in rows]
    last = {each.target: each for each in said}
    changes = {each.target: each.changes for each in said if each.changes}
    statements = [_corrected(each, changes.get(each.id, {})) for each in document.statements]
    present = {each.id for each in statements}
    for target, review in last.items():
        told = changes.get(target, {})
        if target not in present and "page" in told and review.verdict != "rejected":
            statements.append(
                _added(document.id, told["kind"], told["text"], told["page"], document.pages)
            )
    projects = tuple(_corrected(each, changes.get(each.id, {})) for each in document.projects)
    verdicts = {target: review.verdict for target, review in last.items()}
    return Reviewed(replace(document, statements=tuple(statements), projects=projects), verdicts)


def _corrected(record: T, changes: Mapping[str, Any]) -> T:
    """Apply a correction: a statement's kind and text, a project's name."""
    if isinstance(record, Project):
        return replace(record, title=changes.get("text", record.title))
    return replace(
        record, kind=changes.get("kind", record.kind), text=changes.get("text", record.text)
    )


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


def _added(document: str, kind: Any, text: str, page: int, pages: Iterable[Page]) -> Statement:
    """Make a statement a person added; where its words stand on the page, if they do."""
    found = next((each for each in pages if each.number == page), None)
    if found is None:
        raise UsageError("page-unknown", page=page)
    at = found.text.find(text)
    start, end = (at, at + len(text)) if at >= 0 else (0, 0)
    key = fingerprint(document, "added", kind, text, str(page))
    return Statement(key, kind, text, page, start, end, found_by="review")


def _keep(connection: sqlite3.Connection, review: Review) -> None:
    connection.execute(
        "insert into reviews "
        "(target, document, subject, verdict, changes, note, reviewer, made_at) values "
        "(?, ?, ?, ?, ?, ?, ?, ?)",
        (
            review.target,
            review.document,
            _SUBJECT,
            review.verdict,
            json.dumps(review.changes, ensure_ascii=False),
            review.note,
            review.reviewer,
            review.made_at,
        ),
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


def _changed(connection: sqlite3.Connection) -> None:
    from kb.store.store import changed

    changed(connection)


def _review(row: sqlite3.Row) -> Review:
    return Review(
        row["target"],
        row["document"],
        row["verdict"],
        json.loads(row["changes"]),
        row["note"],
        row["reviewer"],
        row["made_at"],
        row["key"],
    )
