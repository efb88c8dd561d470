"""Deleting a document: it moves to the bin with all that hangs on it."""

from __future__ import annotations

import sqlite3

from kb.store.actor import acting
from kb.store.changes import write_change
from kb.store.insertion import changed, delete, now
from kb.store.records import StoredDocument
from kb.store.snapshot import taken


def move_to_bin(connection: sqlite3.Connection, document: StoredDocument) -> None:
    """Move a document with all that hangs on it to the bin, inside a transaction."""
    acting().check(document.organisation)
    records = connection.execute(
        "select count(*) from entries where document = ?", (document.key,)
    ).fetchone()[0]
    body = document.organisation.name if document.organisation else None
    title = document.title or document.file
    connection.execute(
        "insert into bin (document, title, organisation, records, deleted_at, deleted_by, content)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        (document.id, title, body, records, now(), acting().name, taken(connection, document.key)),
    )
    delete(connection, document.key).prune(connection)
    before = {"title": title, "organisation": body, "records": records}
    write_change(connection, "document.deleted", document.id, document=document.id, before=before)
    changed(connection)
