"""The whole knowledge base as one file, taken while it is in use, and brought back.

SQLite's own online copy is used: it waits for nobody and never holds half a transaction.
Indexes are not in a backup; they are made anew from what is.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import PhaenError, UsageError
from ingest.temporary import TemporaryFolder, sweep
from kb.originals import beside as originals_beside
from kb.store.opening import log_size
from kb.store.schema import too_new

if TYPE_CHECKING:
    from kb.store.store import Store

_OURS = frozenset({"documents", "entries", "passages", "settings"})
_BESIDE = ("-wal", "-shm", "-journal")
_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


def back_up(store: Store, target: Path, *, replace: bool = False) -> int:
    """Copy a store to `target`, whole or not at all; return its size in bytes.

    The originals go into `<target>.originals`, those that it lacks.

    Raises UsageError: `backup-exists`, `backup-in-use` where a knowledge base in use stands at
    `target`; PhaenError: `backup-not-written`, `kb-damaged`.
    """
    if target.exists() and not replace:
        raise UsageError("backup-exists", file=str(target))
    if target.exists() and (target.samefile(store.path) or log_size(target)):
        raise UsageError("backup-in-use", file=str(target))
    try:
        sweep(target.parent)
        with TemporaryFolder(target.parent) as folder:
            beside = folder.path / "backup"
            with contextlib.closing(sqlite3.connect(beside)) as copy:
                store.connection.backup(copy)
                copy.execute("pragma journal_mode = delete")
                _sound(copy, store.path)
            beside.replace(target)
        store.originals.copy_to(originals_beside(target).folder)
    except (OSError, sqlite3.Error) as error:
        raise PhaenError("backup-not-written", file=str(target), reason=str(error)) from error
    return target.stat().st_size


def restore(backup: Path, target: Path, *, replace: bool = False) -> None:
    """Make the knowledge base at `target` what the backup holds, in one step.

    A knowledge base in use is replaced inside one transaction, so whoever has it open goes
    on with what the backup holds. A damaged one is set aside as `<target>.damaged`.

    Raises UsageError: `file-not-found`, `restore-exists`; PhaenError: `backup-foreign` where
    the file is no backup of a knowledge base, `kb-newer`, `kb-damaged`, `restore-failed`.
    """
    if not backup.is_file():
        raise UsageError("file-not-found", file=str(backup))
    if target.exists() and not replace:
        raise UsageError("restore-exists", file=str(target))
    if target.exists() and target.samefile(backup):
        raise UsageError("restore-itself", file=str(target))
    try:
        sweep(target.parent)
        with TemporaryFolder(target.parent) as folder:
            fresh = folder.path / "restored"
            with _opened(backup) as source, contextlib.closing(sqlite3.connect(fresh)) as copy:
                source.backup(copy)
                _renew(copy, _generation(target) if target.exists() else 0)
            if not target.exists() or not _replaced(fresh, target):
                _put(fresh, target)
        originals_beside(backup).copy_to(originals_beside(target).folder)
    except (OSError, sqlite3.Error) as error:
        raise PhaenError("restore-failed", file=str(target), reason=str(error)) from error


def _renew(copy: sqlite3.Connection, before: int) -> None:
    """Give a copy an identity of its own: indexes beside the target are of what was there.

    Its generation is later than `before`, so that whoever has the target open notices.
    """
    with copy:
        copy.execute(
            "insert or replace into settings values ('identity', ?)", (uuid.uuid4().hex[:12],)
        )
        row = copy.execute("select value from settings where name = 'generation'").fetchone()
        later = max(before, int(row[0]) if row else 0) + 1
        copy.execute("insert or replace into settings values ('generation', ?)", (str(later),))
    copy.execute("pragma journal_mode = wal")


def _generation(target: Path) -> int:
    """Return the generation of what stands at the target; 0 where it can't be told."""
    with contextlib.suppress(sqlite3.DatabaseError), _reading(target) as connection:
        row = connection.execute("select value from settings where name = 'generation'").fetchone()
        return int(row[0]) if row else 0
    return 0


def _replaced(fresh: Path, target: Path) -> bool:
    """Replace what a sound knowledge base holds; return False where it is damaged.

    Raises PhaenError `kb-newer`: what a newer version made is not written.
    """
    try:
        with (
            _reading(fresh) as source,
            contextlib.closing(sqlite3.connect(target, timeout=60)) as copy,
        ):
            names = _tables(copy)
            if names and not names >= _OURS:
                raise PhaenError("kb-foreign", file=str(target))
            if names and (newer := too_new(copy, target)):
                raise newer
            source.backup(copy)
    except sqlite3.DatabaseError as error:
        if not str(getattr(error, "sqlite_errorname", "")).startswith(_DAMAGED):
            raise
        return False
    return True


def _put(fresh: Path, target: Path) -> None:
    """Put a new file in its place; a damaged one there is set aside with what lies beside it."""
    for end in ("", *_BESIDE):
        old = target.with_name(target.name + end)
        if old.exists():
            old.replace(target.with_name(f"{target.name}.damaged{end}"))
    try:
        os.link(fresh, target)  # never in the place of what another process has just made
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        fresh.rename(target)


@contextlib.contextmanager
def _opened(backup: Path) -> Iterator[sqlite3.Connection]:
    """Open a backup for reading, once it is known to be one."""
    with _reading(backup) as source:
        try:
            names = _tables(source)
        except sqlite3.DatabaseError as error:
            raise PhaenError("backup-foreign", file=str(backup)) from error
        if not names >= _OURS:
            raise PhaenError("backup-foreign", file=str(backup))
        if newer := too_new(source, backup):
            raise newer
        _sound(source, backup)
        yield source


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file that is only to be read, also where it may not be changed."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    still = not log_size(path) and not os.access(path.parent, os.W_OK)
    address += "&immutable=1" * still
    with contextlib.closing(sqlite3.connect(address, uri=True, timeout=60)) as source:
        yield source


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("select name from sqlite_master")}


def _sound(connection: sqlite3.Connection, path: Path) -> None:
    try:
        wrong = [row[0] for row in connection.execute("pragma quick_check(3)")] != ["ok"]
    except sqlite3.DatabaseError as error:
        raise PhaenError("kb-damaged", file=str(path), reason=str(error)) from error
    if wrong:
        raise PhaenError("kb-damaged", file=str(path))
