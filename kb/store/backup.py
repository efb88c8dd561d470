"""The whole knowledge base as one file, taken while it is in use, and brought back.

SQLite's own online copy is used: it waits for nobody and never holds half a transaction.
Indexes are not in a backup; they are made anew from what is.
"""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import PhaenError, UsageError

if TYPE_CHECKING:
    from kb.store.store import Store

_OURS = frozenset({"documents", "entries", "passages", "settings"})


def back_up(store: Store, target: Path, *, replace: bool = False) -> int:
    """Copy a store to `target`, whole or not at all; return its size in bytes.

    Raises UsageError: `backup-exists`; PhaenError: `backup-not-written`, `store-damaged`.
    """
    if target.exists() and not replace:
        raise UsageError("backup-exists", file=str(target))
    beside = target.with_name(f".{target.name}-{uuid.uuid4().hex[:8]}")
    try:
        with contextlib.closing(sqlite3.connect(beside)) as copy:
            store.connection.backup(copy)
            copy.execute("pragma journal_mode = delete")
            _sound(copy, store.path)
        beside.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise PhaenError("backup-not-written", file=str(target), reason=str(error)) from error
    finally:
        beside.unlink(missing_ok=True)
    return target.stat().st_size


def restore(backup: Path, target: Path, *, replace: bool = False) -> None:
    """Make the knowledge base at `target` what the backup holds, in one transaction.

    Raises UsageError: `file-not-found`, `restore-exists`; PhaenError: `backup-foreign` where
    the file is no backup of a knowledge base, `store-damaged`, `restore-failed`.
    """
    if not backup.is_file():
        raise UsageError("file-not-found", file=str(backup))
    if target.exists() and not replace:
        raise UsageError("restore-exists", file=str(target))
    new = not target.exists()
    try:
        with _opened(backup) as source, contextlib.closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            with copy:
                # Indexes beside the file belong to what was there before.
                copy.execute(
                    "update settings set value = ? where name = 'identity'",
                    (uuid.uuid4().hex[:12],),
                )
    except sqlite3.Error as error:
        if new:
            target.unlink(missing_ok=True)
        raise PhaenError("restore-failed", file=str(target), reason=str(error)) from error


@contextlib.contextmanager
def _opened(backup: Path) -> Iterator[sqlite3.Connection]:
    """Open a backup for reading, once it is known to be one."""
    address = f"{backup.resolve().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as source:
        try:
            names = {row[0] for row in source.execute("select name from sqlite_master")}
        except sqlite3.DatabaseError as error:
            raise PhaenError("backup-foreign", file=str(backup)) from error
        if not names >= _OURS:
            raise PhaenError("backup-foreign", file=str(backup))
        _sound(source, backup)
        yield source


def _sound(connection: sqlite3.Connection, path: Path) -> None:
    found = [row[0] for row in connection.execute("pragma quick_check(3)")]
    if found != ["ok"]:
        raise PhaenError("kb-damaged", file=str(path))
