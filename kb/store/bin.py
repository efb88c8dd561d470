"""The bin: what was deleted, whole, until it is restored or the bin is emptied."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from ingest.errors import UsageError
from kb.store.actor import acting
from kb.store.changes import write_change
from kb.store.insertion import changed
from kb.store.records import StoredDocument
from kb.store.snapshot import put_back
from kb.store.store import Store

_COLUMNS = "key, document, title, organisation, records, deleted_at, deleted_by"


@dataclass(frozen=True, slots=True)
class Binned:
    """A deleted document: its id and title, its body's name, how many records it had."""

    key: int
    document: str
    title: str
    organisation: str | None
    records: int
    deleted_at: str
    deleted_by: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return asdict(self)


class Bin:
    """The deleted documents of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def documents(self) -> Iterator[Binned]:
        """Yield what lies in the bin, the last deleted first."""
        cursor = self._store.connection.execute(f"select {_COLUMNS} from bin order by key desc")
        return (Binned(*row) for row in cursor)

    def restore(self, document: str) -> StoredDocument:
        """Put a deleted document back with its records, vectors and reviews.

        Raises UsageError: `bin-unknown` where it is not in the bin, `bin-ambiguous` where the
        beginning of an id stands for several, `bin-kept` where it was added anew meanwhile;
        PhaenError `body-not-yours`.
        """
        with self._store.writing() as connection:
            row = self._row(connection, document)
            if self._store.has(row["document"]):
                raise UsageError("bin-kept", id=row["document"])
            put_back(connection, row["content"])
            connection.execute("delete from bin where key = ?", (row["key"],))
            restored = self._store.document(row["document"])
            acting().check(restored.organisation)
            after = {"title": row["title"], "records": row["records"]}
            write_change(
                connection, "document.restored", restored.id, document=restored.id, after=after
            )
            changed(connection)
        return restored

    def empty(self) -> int:
        """Delete for good what lies in the bin; return how many documents that were."""
        with self._store.writing() as connection:
            gone = list(self.documents())
            connection.execute("delete from bin")
            for item in gone:
                before = {"title": item.title, "organisation": item.organisation}
                write_change(
                    connection, "bin.emptied", item.document, document=item.document, before=before
                )
        for item in gone:
            if not self._store.has(item.document):
                self._store.originals.remove(item.document)
        return len(gone)

    def has(self, document: str) -> bool:
        """Return whether a document of exactly this id lies in the bin."""
        sql = "select 1 from bin where document = ? limit 1"
        return self._store.connection.execute(sql, (document,)).fetchone() is not None

    def _row(self, connection: sqlite3.Connection, document: str) -> sqlite3.Row:
        rows: list[sqlite3.Row] = connection.execute(
            "select * from bin where substr(document, 1, length(?1)) = ?1 order by key desc",
            (document.lower(),),
        ).fetchall()
        if not document or not rows:
            raise UsageError("bin-unknown", id=document)
        if len({row["document"] for row in rows}) > 1:
            listed = ", ".join(sorted({row["document"] for row in rows}))
            raise UsageError("bin-ambiguous", id=document, found=listed)
        return rows[0]
