"""Connections to the SQLite file: one a thread, one writer at a time.

Reads never wait (write-ahead log). A write takes the lock first and then SQLite's own, so
that two processes (`phaen add` beside `phaen serve`) take turns.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from ingest.errors import PhaenError

WAIT_SECONDS = 60.0


class Connections:
    """Hands every thread its own connection to one file, and closes them together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.RLock()
        self._closed = False

    @property
    def db(self) -> Database:
        """This thread's database."""
        found = getattr(self._own, "db", None)
        if isinstance(found, Database):
            return found
        db = Database(self._connect(), execute_plugins=False)
        self._own.db = db
        return db

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's plain connection; its rows can be read by name."""
        return self.db.conn

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the one place to write: everything inside is kept together, or nothing is."""
        with self._lock, understood(self.path):
            connection = self.connection
            if connection.in_transaction:
                yield connection
                return
            connection.execute("begin immediate")
            try:
                yield connection
                connection.execute("commit")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback")
                raise

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            self._closed = True
            while self._all:
                self._all.pop().close()
            self._own = threading.local()

    def _connect(self) -> sqlite3.Connection:
        with self._lock, understood(self.path):
            if self._closed:
                raise PhaenError("kb-closed", file=str(self.path))
            connection = sqlite3.connect(
                self.path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("pragma foreign_keys = on")
                connection.execute("pragma journal_mode = wal")
                connection.execute("pragma synchronous = normal")
                connection.execute("pragma cache_size = -32000")
                connection.execute("pragma mmap_size = 268435456")
            except BaseException:
                connection.close()
                raise
            self._all.append(connection)
            return connection


@contextlib.contextmanager
def understood(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about the file into errors a person can mend."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = _code(error)
        if code is None:
            raise
        raise PhaenError(code, file=str(path)) from error


def _code(error: sqlite3.DatabaseError) -> str | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    codes = {
        "SQLITE_NOTADB": "kb-damaged",
        "SQLITE_CORRUPT": "kb-damaged",
        "SQLITE_CANTOPEN": "kb-not-writable",
        "SQLITE_READONLY": "kb-not-writable",
        "SQLITE_PERM": "kb-not-writable",
        "SQLITE_FULL": "disk-full",
        "SQLITE_BUSY": "kb-busy",
        "SQLITE_LOCKED": "kb-busy",
    }
    return next((code for start, code in codes.items() if name.startswith(start)), None)
