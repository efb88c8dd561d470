"""Which version a file's tables are of: older ones are renewed, newer ones never written.

A file remembers which version last changed its tables (`needs-version`) and which one last
wrote to it (`written-by`), so that an older one can say which version is needed.
"""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlite_utils import Database

from ingest.errors import PhaenError
from kb.store.migrations import migrations
from kb.store.passages import recipe

NEEDS, WRITTEN_BY = "needs-version", "written-by"
_OURS = frozenset({"documents", "_sqlite_migrations"})
_APPLIED = "select name from _sqlite_migrations where migration_set = ?"


@dataclass(frozen=True, slots=True)
class Schema:
    """What has been done to a file's tables; `unknown` steps are of a newer version.

    `settled` is False as long as something is to be written before the file can be used.
    """

    pending: frozenset[str]
    unknown: frozenset[str]
    settled: bool


def this_version() -> str:
    """Return the version of this software."""
    try:
        return version("phaen")
    except PackageNotFoundError:
        return "0"


def schema_of(db: Database, path: Path) -> Schema:
    """Look at a file's tables without changing anything.

    Raises PhaenError `kb-foreign` where they are another program's.
    """
    tables = set(db.table_names())
    if tables and not tables & _OURS:
        raise PhaenError("kb-foreign", file=str(path))
    known = _known()
    applied = _applied(db.conn) if "_sqlite_migrations" in tables else frozenset()
    remembered = _remembered(db.conn) if "settings" in tables else {}
    settled = {"recipe", "identity", NEEDS} <= remembered.keys()
    return Schema(known - applied, applied - known, settled)


def bring_up_to_date(db: Database) -> None:
    """Apply the steps that are missing, inside a transaction that is already begun."""
    pending = migrations.pending(db)
    migrations.apply(db)
    made = {"recipe": recipe(), "identity": uuid.uuid4().hex[:12], NEEDS: this_version()}
    db.conn.executemany("insert or ignore into settings values (?, ?)", list(made.items()))
    if pending:
        _remember(db.conn, NEEDS, this_version())


def too_new(connection: sqlite3.Connection, path: Path) -> PhaenError | None:
    """Return the error to raise where a file's tables are of a newer version, else None."""
    if not _applied(connection) - _known():
        return None
    needs = _remembered(connection).get(NEEDS)
    if needs is None or needs == this_version():
        return PhaenError("kb-newer-unnamed", file=str(path), version=this_version())
    return PhaenError("kb-newer", file=str(path), needs=needs, version=this_version())


def sign(connection: sqlite3.Connection) -> None:
    """Note inside a transaction that this version writes."""
    if _remembered(connection).get(WRITTEN_BY) != this_version():
        _remember(connection, WRITTEN_BY, this_version())


def use_log(connection: sqlite3.Connection) -> None:
    """Let readers and a writer go on beside each other (write-ahead log).

    A file that is in use otherwise stays as it is until it is opened next.
    """
    if connection.execute("pragma journal_mode").fetchone()[0] == "wal":
        return
    with suppress(PhaenError):
        connection.execute("pragma journal_mode = wal").fetchone()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Name this version's steps: those that an empty database lacks."""
    db = Database(memory=True, execute_plugins=False)
    try:
        return frozenset(step.name for step in migrations.pending(db))
    finally:
        db.close()


def _applied(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute(_APPLIED, (migrations.name,)))


def _remembered(connection: sqlite3.Connection) -> dict[str, str]:
    names = ("recipe", "identity", NEEDS, WRITTEN_BY)
    rows = connection.execute("select name, value from settings where name in (?, ?, ?, ?)", names)
    return {row[0]: row[1] for row in rows}


def _remember(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("insert or replace into settings values (?, ?)", (name, value))
