"""Connections to the SQLite file: one a thread, one writer at a time.

Reads never wait (write-ahead log). A write takes the lock first and then SQLite's own, so
that two processes (`phaen add` beside `phaen serve`) take turns. Nothing but SQLite opens
the file, in no process that has it open: on POSIX systems closing it once more drops every
lock the process holds on it ("How To Corrupt An SQLite Database File", 2.2).
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from ingest.errors import PhaenError
from kb.store.faults import Connection, understood
from kb.store.opening import Seen, log_size, may_write, opened, seen


class Connections:
    """Hands every thread its own connection to one file, and closes them together.

    Every use looks whether the file is still the one that was opened. `refusal` is raised
    by every attempt to write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refusal: PhaenError | None = None
        self.damage: PhaenError | None = None
        self._place = path.absolute()
        self._seen: Seen | None = None
        self._still = False
        self._epoch = 0
        self._own = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._turn = threading.RLock()
        self._closed = False
        if seen(self._place) is not None and not may_write(self._place):
            self.refusal = PhaenError("kb-read-only", file=str(path))

    @property
    def db(self) -> Database:
        """This thread's database.

        Raises PhaenError: `kb-gone`, `kb-replaced` where the file is not there any more.
        """
        self._watch()
        kept = getattr(self._own, "db", None)
        if isinstance(kept, Database) and self._own.epoch == self._epoch:
            return kept
        self._own.epoch = self._epoch
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
        if self.refusal is not None:
            raise self.refusal
        with self._turn, understood(self.path):
            connection = self.connection
            if connection.in_transaction:
                yield connection
                return
            connection.execute("begin immediate")
            try:
                self._watch()
                yield connection
                connection.execute("commit")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback")
                raise
            self._watch()  # what went into a file that has gone is not kept

    def close(self) -> None:
        """Close every thread's connection."""
        with self._turn, self._lock:
            self._closed = True
            while self._all:
                self._all.pop().close()
            self._own = threading.local()

    def refuse(self, refusal: PhaenError) -> None:
        """Let nothing be written from now on; every attempt raises `refusal`."""
        self.refusal = refusal
        self.connection.execute("pragma query_only = on")

    def _watch(self) -> None:
        """Raise where the file has gone or another lies in its place; see changes of a still one.

        One look at the folder a use: a thousandth of what the shortest query takes.
        """
        if self._seen is None:
            return
        now = seen(self._place)
        if now is None:
            raise PhaenError("kb-gone", file=str(self.path))
        if now.identity != self._seen.identity:
            raise PhaenError("kb-replaced", file=str(self.path))
        if self._still and (now != self._seen or log_size(self._place)):
            self._seen, self._epoch = now, self._epoch + 1

    def _connect(self) -> Connection:
        with self._lock, understood(self.path):
            if self._closed:
                raise PhaenError("kb-closed", file=str(self.path))
            connection, still = opened(self.path, write=self._writes)
            connection.on_fault = self._met
            if self._seen is None or still:
                self._seen, self._still = seen(self._place), still
            if self.refusal is not None:
                connection.execute("pragma query_only = on")
            self._all.append(connection)
            return connection

    @property
    def _writes(self) -> bool:
        return self.refusal is None or self.refusal.code != "kb-read-only"

    def _met(self, fault: PhaenError) -> None:
        if fault.code == "kb-damaged":
            self.damage = fault
