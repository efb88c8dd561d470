"""One document on its way into the tables, and out of them again, inside a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.records import Document, Organisation, Period, Project, Statement
from kb.store import rows
from kb.store.passages import Passage, passage_of

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
    connection: sqlite3.Connection,
    document: Document,
    digest: str,
    prepared: Sequence[Passage],
    version_of: str | None,
    verdicts: Mapping[str, str],
) -> int:
    """Insert a document with all it says; return its key.

    `verdicts` are people's words on what it says, by the record's id.
    """
    records = Records(connection, document.organisation, document.period)
    key = _insert_document(records, document, digest, document.version_of or version_of)
    connection.executemany(
        "insert into pages values (?, ?, ?, ?, ?, ?, ?, ?)",
        [rows.page_row(key, page) for page in document.pages],
    )
    said = zip(said_by(document), prepared, strict=True)
    for position, (record, passage) in enumerate(said):
        records.insert(key, position, record, passage, verdicts.get(record.id))
    return key


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
    """Return the time as records keep it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Records:
    """Puts what a document says into the tables, inside a transaction.

    `organisation` and `period` are the document's: what a record counts for unless it has
    its own.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        organisation: Organisation | None,
        period: Period | None,
    ) -> None:
        self.connection = connection
        self.organisation = organisation
        self.period = period
        self._bodies: dict[Organisation, int] = {}

    def insert(
        self,
        document: int,
        position: int,
        record: Statement | Project,
        passage: Passage,
        verdict: str | None = None,
    ) -> int:
        """Insert one record of the document of that key; return its entry's key."""
        own = self.body(record.organisation)
        years = rows.period_row(_years(record) or self.period)
        kind = record.kind if isinstance(record, Statement) else "project"
        key = self.row(
            "entries (id, document, passage, position, kind, organisation, year_from, year_to, "
            "confidence, review)",
            (
                record.id,
                document,
                self._passage(passage),
                position,
                kind,
                own or self.body(self.organisation),
                *years,
                record.confidence,
                verdict,
            ),
        )
        if isinstance(record, Project):
            self.row("projects", rows.project_row(key, own, record))
            return key
        self.row("statements", rows.statement_row(key, own, record))
        self.connection.executemany(
            "insert into mentions values (?, ?, ?, ?, ?)",
            [(key, i, item.page, item.start, item.end) for i, item in enumerate(record.mentions)],
        )
        return key

    def body(self, body: Organisation | None) -> int | None:
        """Return the key of a body, kept now if it was not."""
        if body is None:
            return None
        if body not in self._bodies:
            self._bodies[body] = self._kept_body(body)
        return self._bodies[body]

    def row(self, table: str, values: Sequence[object]) -> int:
        """Insert a row; return its key."""
        sql = f"insert into {table} values ({rows.placeholders(values)})"
        return int(self.connection.execute(sql, values).lastrowid or 0)

    def _passage(self, passage: Passage) -> int:
        row = self.connection.execute(
            "select key from passages where hash = ?", (passage.hash,)
        ).fetchone()
        if row:
            return int(row["key"])
        return self.row(
            "passages (hash, text, more, parts, words, more_words, concepts, squeezed)",
            (
                passage.hash,
                passage.text,
                passage.more,
                rows.dump(passage.parts),
                passage.words,
                passage.more_words,
                passage.concepts,
                passage.squeezed,
            ),
        )

    def _kept_body(self, body: Organisation) -> int:
        values = (body.name, body.kind, body.province, body.district, body.subdistrict)
        row = self.connection.execute(
            "select key from organisations where name = ? and kind = ? and province is ? "
            "and district is ? and subdistrict is ?",
            values,
        ).fetchone()
        if row:
            return int(row["key"])
        return self.row("organisations (name, kind, province, district, subdistrict)", values)


def _insert_document(
    records: Records, document: Document, digest: str, version_of: str | None
) -> int:
    values = (
        document.id,
        digest,
        document.file,
        document.media_type,
        document.title,
        records.body(document.organisation),
        document.plan_kind,
        *rows.period_row(document.period),
        document.published,
        document.quality,
        version_of,
        rows.dump(document.notes),
        now(),
    )
    return records.row(
        "documents (id, digest, file, media_type, title, organisation, plan_kind, year_from, "
        "year_to, published, quality, version_of, notes, added_at)",
        values,
    )


def _years(record: Statement | Project) -> Period | None:
    """Return the years a record counts for; a project's budget names them where nothing does."""
    if record.period is None and isinstance(record, Project) and record.budget:
        return Period(min(record.budget), max(record.budget))
    return record.period


def changed(connection: sqlite3.Connection) -> None:
    """Note inside a transaction that what is kept has changed: a new generation begins."""
    connection.execute(
        "insert into settings values ('generation', '1') "
        "on conflict (name) do update set value = cast(value as integer) + 1"
    )
