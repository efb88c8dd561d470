"""One document on its way into the tables, and out of them again, inside a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.records import Document, Organisation, Period, Project, Statement
from kb import rows
from kb.passages import Passage, passage_of

_PRUNE_PASSAGES = """
delete from passages where key = ?1 and not exists (select 1 from entries where passage = ?1)
"""
_PRUNE_ORGANISATIONS = """
delete from organisations where key = ?1
    and not exists (select 1 from documents where organisation = ?1)
    and not exists (select 1 from entries where organisation = ?1)
    and not exists (select 1 from statements where organisation = ?1)
    and not exists (select 1 from projects where organisation = ?1)
"""


@dataclass(frozen=True, slots=True)
class Leftovers:
    """The passages and bodies that a deleted document had used, perhaps it alone."""

    passages: tuple[int, ...]
    organisations: tuple[int, ...]

    def prune(self, connection: sqlite3.Connection) -> None:
        """Delete those that nothing uses any more."""
        connection.executemany(_PRUNE_PASSAGES, [(key,) for key in self.passages])
        connection.executemany(_PRUNE_ORGANISATIONS, [(key,) for key in self.organisations])


def prepare(document: Document) -> list[Passage]:
    """Segment all that a document says; slow, so done before the transaction."""
    return [passage_of(record) for record in said_by(document)]


def said_by(document: Document) -> list[Statement | Project]:
    """List everything a document says: its statements, then its projects."""
    return [*document.statements, *document.projects]


def insert(
    connection: sqlite3.Connection, document: Document, digest: str, prepared: Sequence[Passage],
    version_of: str | None,
) -> int:  # fmt: skip
    """Insert a document with all it says; return its key."""
    return _Insertion(connection, document, digest, version_of).run(prepared)


def delete(connection: sqlite3.Connection, key: int) -> Leftovers:
    """Delete a document with all it said; what it shared with others waits to be pruned."""
    passages = connection.execute(
        "select distinct passage from entries where document = ?", (key,)
    ).fetchall()
    bodies = connection.execute(
        "select organisation from documents where key = ?1 and organisation is not null "
        "union select organisation from entries where document = ?1 and organisation is not null",
        (key,),
    ).fetchall()
    connection.execute("delete from documents where key = ?", (key,))
    return Leftovers(tuple(row[0] for row in passages), tuple(row[0] for row in bodies))


def now() -> str:
    """Tell the time as records keep it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class _Insertion:
    """One document on its way into the tables, inside a transaction."""

    def __init__(
        self, connection: sqlite3.Connection, document: Document, digest: str,
        version_of: str | None,
    ) -> None:  # fmt: skip
        self.connection = connection
        self.document = document
        self.digest = digest
        self.version_of = document.version_of or version_of
        self.bodies: dict[Organisation, int] = {}

    def run(self, prepared: Sequence[Passage]) -> int:
        """Insert everything; return the document's key."""
        key = self._document()
        self.connection.executemany(
            "insert into pages values (?, ?, ?, ?, ?, ?, ?, ?)",
            [rows.page_row(key, page) for page in self.document.pages],
        )
        said = zip(said_by(self.document), prepared, strict=True)
        for position, (record, passage) in enumerate(said):
            self._record(key, position, record, passage)
        return key

    def _document(self) -> int:
        document = self.document
        values = (
            document.id, self.digest, document.file, document.media_type, document.title,
            self._body(document.organisation), document.plan_kind,
            *rows.period_row(document.period), document.published, document.quality,
            self.version_of, rows.dump(document.notes), now(),
        )  # fmt: skip
        return self._insert(
            "documents (id, digest, file, media_type, title, organisation, plan_kind, year_from, "
            "year_to, published, quality, version_of, notes, added_at)",
            values,
        )

    def _record(
        self, document: int, position: int, record: Statement | Project, passage: Passage
    ) -> None:
        own = self._body(record.organisation)
        body = own or self._body(self.document.organisation)
        years = rows.period_row(_years(record) or self.document.period)
        kind = record.kind if isinstance(record, Statement) else "project"
        key = self._insert(
            "entries (id, document, passage, position, kind, organisation, year_from, year_to, "
            "confidence)",
            (record.id, document, self._passage(passage), position, kind, body, *years,
             record.confidence),
        )  # fmt: skip
        if isinstance(record, Project):
            self._insert("projects", rows.project_row(key, own, record))
            return
        self._insert("statements", rows.statement_row(key, own, record))
        self.connection.executemany(
            "insert into mentions values (?, ?, ?, ?, ?)",
            [(key, i, each.page, each.start, each.end) for i, each in enumerate(record.mentions)],
        )

    def _passage(self, passage: Passage) -> int:
        row = self.connection.execute(
            "select key from passages where hash = ?", (passage.hash,)
        ).fetchone()
        if row:
            return int(row["key"])
        return self._insert(
            "passages (hash, text, more, parts, words, more_words, concepts, squeezed)",
            (passage.hash, passage.text, passage.more, rows.dump(passage.parts), passage.words,
             passage.more_words, passage.concepts, passage.squeezed),
        )  # fmt: skip

    def _body(self, body: Organisation | None) -> int | None:
        if body is None:
            return None
        if body not in self.bodies:
            self.bodies[body] = self._kept_body(body)
        return self.bodies[body]

    def _kept_body(self, body: Organisation) -> int:
        values = (body.name, body.kind, body.province, body.district, body.subdistrict)
        row = self.connection.execute(
            "select key from organisations where name = ? and kind = ? and province is ? "
            "and district is ? and subdistrict is ?",
            values,
        ).fetchone()
        if row:
            return int(row["key"])
        return self._insert("organisations (name, kind, province, district, subdistrict)", values)

    def _insert(self, table: str, values: Sequence[object]) -> int:
        sql = f"insert into {table} values ({rows.placeholders(values)})"
        return int(self.connection.execute(sql, values).lastrowid or 0)


def _years(record: Statement | Project) -> Period | None:
    """Tell the years a record counts for; a project's budget names them where nothing else does."""
    if record.period is None and isinstance(record, Project) and record.budget:
        return Period(min(record.budget), max(record.budget))
    return record.period
