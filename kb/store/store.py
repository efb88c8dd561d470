"""The store: one SQLite file that is the truth; every index is derived from it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlite_utils import Database

from ingest.errors import PhaenError, UsageError
from ingest.records import Document, Organisation, Page
from kb.originals import beside
from kb.store import rows
from kb.store.actor import acting
from kb.store.changes import write_added
from kb.store.connections import Connections
from kb.store.deletion import move_to_bin
from kb.store.faults import understood
from kb.store.filters import EVERYTHING, Condition, Filters
from kb.store.insertion import changed, prepare
from kb.store.keeping import at_source, has_source, keep, supersede, upload_name
from kb.store.organisations import joined, keys_named
from kb.store.records import Stored, StoredDocument, StoredProject, StoredStatement
from kb.store.review import reviewed_document
from kb.store.schema import bring_up_to_date, schema_of, sign, too_new, use_log

Status = Literal["added", "unchanged", "replaced"]

_MANY = 500
_BESIDE = ("-wal", "-shm", "-journal")


class Store:
    """Documents, what they say, and whose it is, kept in one SQLite file.

    A document is kept whole or not at all. The file is created where there is none,
    unless `create` is False. A store may be used from any thread.
    """

    def __init__(self, path: Path | str, *, create: bool = True) -> None:
        self.path = Path(path)
        if not create and not self.path.is_file():
            raise UsageError("no-knowledge-base", file=str(self.path))
        if self.path.is_dir():
            raise UsageError("kb-is-a-folder", file=str(self.path))
        self._connections = Connections(self.path)
        self.originals = beside(self.path)
        self.newer: PhaenError | None = None
        self._prepared = False
        try:
            with understood(self.path):
                self._prepare()
        except BaseException:
            self.close()
            raise

    @property
    def db(self) -> Database:
        """This thread's sqlite-utils database, for reading."""
        return self._connections.db

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's plain connection, for reading."""
        return self._connections.connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the one place to write: everything inside is kept together, or nothing is.

        Raises PhaenError: `kb-read-only`, `kb-newer` where another version, maybe while this
        one was running, made the tables something this one doesn't know.
        """
        with self._connections.writing() as connection:
            if self._prepared:
                self._guard(connection)
            yield connection

    @property
    def writable(self) -> bool:
        """Whether anything may be written: the file can be changed and is of no newer version."""
        return self._connections.refusal is None

    def look(self) -> None:
        """Raise where the file has gone, lies there no more, or was met damaged and still is."""
        connection = self.connection
        if self._connections.damage is None:
            return
        if [row[0] for row in connection.execute("pragma quick_check(1)")] != ["ok"]:
            raise PhaenError("kb-damaged", file=str(self.path))
        self._connections.damage = None

    def close(self) -> None:
        """Close the file."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- documents ------------------------------------------------------------------------

    def add(self, document: Document, source: str | None = None) -> Status:
        """Keep a document and what it says; nothing is kept if anything goes wrong.

        `source` is the place it was read from (an absolute path). The same content from
        anywhere is kept once. Other content from the same source takes the place of what
        stood there before; without a source, so does the same file name of the same body
        for the same years.
        """
        digest = rows.digest(document)
        source = source or upload_name(document)
        reviewed = reviewed_document(self.connection, document)
        prepared = [] if self._same(document.id, digest) else prepare(reviewed.document)
        with self.writing() as connection:
            stood = at_source(connection, source)
            key, status = keep(connection, reviewed, digest, prepared, stood)
            if status != "unchanged":
                acting().check(reviewed.document.organisation)
            connection.execute("insert or replace into sources values (?, ?)", (source, key))
            if stood and stood["id"] != document.id and not has_source(connection, stood["key"]):
                acting().check(self.document(stood["id"]).organisation)
                supersede(connection, stood, document.id)
                status = "replaced"
            if status != "unchanged":
                changed(connection)
                write_added(connection, self.document(document.id), status, stood)
        self._forget_original(stood)
        return status

    def keep_original(self, document: str, file: Path) -> None:
        """Keep a document's file; raises PhaenError: `original-not-kept`, `kb-read-only`."""
        if (refusal := self._connections.refusal) is not None:
            raise refusal
        self.originals.keep(document, file)

    def seen(self, document: str, source: str) -> Literal["unchanged", "replaced"]:
        """Note that a kept document stands at `source`, in the place of what stood there.

        So a file that was moved or copied keeps its history without being read again.
        """
        stood = at_source(self.connection, source)
        if stood and stood["id"] == document:
            return "unchanged"
        with self.writing() as connection:
            key, stood = self.document(document).key, at_source(connection, source)
            connection.execute("insert or replace into sources values (?, ?)", (source, key))
            if not stood or stood["key"] == key or has_source(connection, stood["key"]):
                return "unchanged"
            acting().check(self.document(stood["id"]).organisation)
            supersede(connection, stood, document)
            changed(connection)
            write_added(connection, self.document(document), "replaced", stood)
        self._forget_original(stood)
        return "replaced"

    def remove(self, document: str) -> StoredDocument:
        """Move a document and everything that hangs on it to the bin; return what it was."""
        with self.writing() as connection:
            result = self.document(document)
            move_to_bin(connection, result)
        return result

    def _forget_original(self, stood: sqlite3.Row | None) -> None:
        """Delete the original of a document that another has taken the place of."""
        if stood and not self.has(stood["id"]):
            self.originals.remove(stood["id"])

    def has(self, document: str) -> bool:
        """Return whether a document of exactly this id is kept."""
        return _one(self.connection, "select 1 from documents where id = ?", document) is not None

    def is_own(self, path: Path) -> bool:
        """Return whether a file is the store's own, by whatever name; it is not opened for that."""
        files = [self.path.with_name(self.path.name + end) for end in ("", *_BESIDE)]
        with contextlib.suppress(OSError):
            among = self.originals.folder.resolve() in path.resolve().parents
            return among or any(own.exists() and path.samefile(own) for own in files)
        return False

    def document(self, document: str) -> StoredDocument:
        """Find a document by its id or an unambiguous beginning of it."""
        if not document or not all(char in "0123456789abcdef" for char in document.lower()):
            raise UsageError("document-unknown", id=document)
        result = self.connection.execute(
            rows.DOCUMENTS + "where d.id between ? and ? limit 6",
            (document.lower(), document.lower() + "g"),
        ).fetchall()
        if not result:
            raise UsageError("document-unknown", id=document)
        exact = [row for row in result if row["id"] == document.lower()]
        if len(result) > 1 and not exact:
            listed = ", ".join(row["id"] for row in result)
            raise UsageError("document-ambiguous", id=document, found=listed)
        return rows.document((exact or result)[0])

    def documents(
        self, filters: Filters = EVERYTHING, *, limit: int | None = None, after: int = 0
    ) -> Iterator[StoredDocument]:
        """Give the documents that fit, in the order they came; `after` is a document's key."""
        where, values = self._document_conditions(filters)
        sql = f"{rows.DOCUMENTS} where {where} and d.key > ? order by d.key limit ?"
        cursor = self.connection.execute(sql, [*values, after, -1 if limit is None else limit])
        return (rows.document(row) for row in cursor)

    def pages(self, document: str) -> tuple[Page, ...]:
        """Give a document's pages with their clean text."""
        key = self.document(document).key
        cursor = self.connection.execute(
            "select * from pages where document = ? order by number", (key,)
        )
        return tuple(rows.page(row) for row in cursor)

    def whole(self, document: str) -> Document:
        """Give a document with its pages and what stands of it: all but what people rejected."""
        kept = self.document(document)
        own = Filters(document=kept.id)
        return Document(
            id=kept.id,
            file=kept.file,
            media_type=kept.media_type,
            title=kept.title,
            organisation=kept.organisation,
            plan_kind=kept.plan_kind,
            period=kept.period,
            published=kept.published,
            pages=self.pages(kept.id),
            statements=tuple(item.record for item in self.statements(own)),
            projects=tuple(item.record for item in self.projects(own)),
            version_of=kept.version_of,
            notes=kept.notes,
        )

    # --- what they say --------------------------------------------------------------------

    def statements(
        self, filters: Filters = EVERYTHING, *, limit: int | None = None, after: int = 0
    ) -> Iterator[StoredStatement]:
        """Give the statements that fit, in the order they were said; `after` is a key."""
        cursor = self._entries(rows.STATEMENTS, filters, limit, after)
        return (rows.statement(row) for row in cursor)

    def projects(
        self, filters: Filters = EVERYTHING, *, limit: int | None = None, after: int = 0
    ) -> Iterator[StoredProject]:
        """Give the projects that fit, in the order they were named; `after` is a key."""
        cursor = self._entries(rows.PROJECTS, filters, limit, after)
        return (rows.project(row) for row in cursor)

    def records(self, keys: Iterable[int]) -> dict[int, Stored]:
        """Give statements and projects by the keys of their entries; missing ones are left out."""
        result: dict[int, Stored] = {}
        for some in _batches(list(keys)):
            where = f"where e.key in ({rows.placeholders(some)})"
            for row in self.connection.execute(rows.STATEMENTS + where, some):
                result[row["key"]] = rows.statement(row)
            for row in self.connection.execute(rows.PROJECTS + where, some):
                result[row["key"]] = rows.project(row)
        return result

    def record(self, record: str) -> Stored:
        """Find a statement or project by its id or an unambiguous beginning of it."""
        keys = self.connection.execute(
            "select key, id from entries where id between ? and ? limit 6",
            (record, record + "\U0010ffff"),
        ).fetchall()
        exact = [row for row in keys if row["id"] == record]
        if not record or not keys:
            raise UsageError("record-unknown", id=record)
        if len(keys) > 1 and not exact:
            listed = ", ".join(row["id"] for row in keys)
            raise UsageError("record-ambiguous", id=record, found=listed)
        key = (exact or keys)[0]["key"]
        return self.records([key])[key]

    def organisations(self) -> Iterator[tuple[Organisation, Mapping[str, int]]]:
        """Give the bodies by name, each with its numbers of documents, statements, projects."""
        cursor = self.connection.execute("""
            select o.*,
                (select count(*) from documents where organisation = o.key) as documents,
                (select count(*) from entries
                 where organisation = o.key and kind <> 'project') as statements,
                (select count(*) from entries
                 where organisation = o.key and kind = 'project') as projects
            from organisations o order by o.name, o.key
        """)
        counted = ("documents", "statements", "projects")
        stated = [
            (body, {name: row[name] for name in counted})
            for row in cursor
            if (body := rows.organisation(row)) is not None
        ]
        return iter(joined(stated))

    def where(self, filters: Filters, *, of: Literal["e", "d"] = "e") -> Condition:
        """Write filters as SQL over `entries e` or `documents d`, names of bodies looked up."""
        named = None
        if filters.organisation is not None:
            named = keys_named(self.connection, filters.organisation)
        if filters.document is not None:
            full = self.document(filters.document).id
            filters = replace(filters, document=full)
        return filters.conditions(named, of=of)

    # --- small things ---------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """Look up something the knowledge base remembers of itself."""
        row = _one(self.connection, "select value from settings where name = ?", name)
        return str(row["value"]) if row else None

    def remember(self, name: str, value: str) -> None:
        """Keep something about the knowledge base itself."""
        with self.writing() as connection:
            connection.execute("insert or replace into settings values (?, ?)", (name, value))

    @property
    def generation(self) -> int:
        """A number that grows with every change of what is kept."""
        return int(self.setting("generation") or 0)

    def count(self, table: str) -> int:
        """Count the rows of a table."""
        return int(self.connection.execute(f"select count(*) from [{table}]").fetchone()[0])

    def _prepare(self) -> None:
        """Bring the tables up to date; what may only be read, or is newer, stays as it is."""
        schema = schema_of(self.db, self.path)
        if schema.unknown:
            self._refuse_newer()
        elif schema.pending and not self.writable:
            raise PhaenError("kb-older", file=str(self.path))
        elif self.writable:
            use_log(self.connection)
            if schema.pending or not schema.settled:
                self._renew_tables()
        self._prepared = True

    def _renew_tables(self) -> None:
        with self.writing() as connection:
            if schema_of(self.db, self.path).unknown:  # another process was quicker
                self._refuse_newer()
                return
            bring_up_to_date(self.db)
            sign(connection)

    def _refuse_newer(self) -> None:
        self.newer = too_new(self.connection, self.path)
        if self.newer:
            self._connections.refuse(self.newer)

    def _guard(self, connection: sqlite3.Connection) -> None:
        """Refuse to write where another process has made the tables newer; sign otherwise."""
        if newer := too_new(connection, self.path):
            self.newer = newer
            self._connections.refuse(newer)
            raise newer
        sign(connection)

    def _same(self, document: str, digest: str) -> bool:
        sql = "select 1 from documents where id = ? and digest = ?"
        return self.connection.execute(sql, (document, digest)).fetchone() is not None

    def _entries(
        self, select: str, filters: Filters, limit: int | None, after: int
    ) -> sqlite3.Cursor:
        where, values = self.where(filters)
        sql = f"{select} where {where} and e.key > ? order by e.key limit ?"
        return self.connection.execute(sql, [*values, after, -1 if limit is None else limit])

    def _document_conditions(self, filters: Filters) -> tuple[str, list[object]]:
        """Filter documents by their own body, plan and years; by kind through what they say."""
        where, values = self.where(filters.about_documents(), of="d")
        if not filters.kinds:
            return where, values
        said = f"""exists (select 1 from entries
            where document = d.key and kind in ({rows.placeholders(filters.kinds)}))"""
        return f"{where} and {said}", [*values, *filters.kinds]


def _one(connection: sqlite3.Connection, sql: str, *values: object) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(sql, values).fetchone()
    return row


def _batches(values: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]
