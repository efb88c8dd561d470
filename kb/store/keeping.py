"""How a document takes its place among those that are kept: beside them, or in one's stead."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Literal

from ingest.records import Document
from kb.store.insertion import delete, insert, prepare
from kb.store.passages import Passage
from kb.store.review import Reviewed

Status = Literal["added", "unchanged", "replaced"]


def keep(
    connection: sqlite3.Connection,
    reviewed: Reviewed,
    digest: str,
    prepared: Sequence[Passage],
    stood: sqlite3.Row | None,
) -> tuple[int, Status]:
    """Insert a document, or find it as it is, or put a new reading in the old one's place."""
    document = reviewed.document
    known = _one(connection, "select key, digest from documents where id = ?", document.id)
    if known is None:
        version_of = stood["id"] if stood else None
        passages = prepared or prepare(document)
        key = insert(connection, document, digest, passages, version_of, reviewed.verdicts)
        return key, "added"
    if known["digest"] == digest:
        return known["key"], "unchanged"
    return _renew(connection, known["key"], reviewed, digest, prepared), "replaced"


def _renew(
    connection: sqlite3.Connection,
    key: int,
    reviewed: Reviewed,
    digest: str,
    prepared: Sequence[Passage],
) -> int:
    """Take a new reading of the same bytes in the place of the old one, sources and all."""
    old = _one(connection, "select version_of from documents where key = ?", key)
    paths = connection.execute("select path from sources where document = ?", (key,)).fetchall()
    leftovers = delete(connection, key)
    version_of = old["version_of"] if old else None
    fresh = insert(connection, reviewed.document, digest, prepared, version_of, reviewed.verdicts)
    connection.executemany(
        "insert into sources values (?, ?)", [(row["path"], fresh) for row in paths]
    )
    leftovers.prune(connection)
    return fresh


def supersede(connection: sqlite3.Connection, old: sqlite3.Row, document: str) -> None:
    """Delete a document whose last source now holds another; later versions refer to that one."""
    delete(connection, old["key"]).prune(connection)
    connection.execute(
        "update documents set version_of = ? where version_of = ? and id <> ?",
        (document, old["id"], document),
    )


def at_source(connection: sqlite3.Connection, source: str) -> sqlite3.Row | None:
    """Return key and id of the document that stands at a place, None where none does."""
    return _one(
        connection,
        "select d.key, d.id from sources s join documents d on d.key = s.document where s.path = ?",
        source,
    )


def has_source(connection: sqlite3.Connection, key: int) -> bool:
    """Return whether a document stands at any place."""
    return _one(connection, "select 1 from sources where document = ?", key) is not None


def upload_name(document: Document) -> str:
    """Name the place of a document that came without one: its file, body and years."""
    body = document.organisation.name if document.organisation else ""
    years = document.period.to_list() if document.period else ""
    return f"upload:{document.file}|{body}|{years}"


def _one(connection: sqlite3.Connection, sql: str, *values: object) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(sql, values).fetchone()
    return row
