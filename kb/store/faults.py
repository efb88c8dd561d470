"""What SQLite complains of, as errors a person can mend, wherever a row is asked for.

Connections of this module raise `PhaenError` instead of SQLite's own errors for what may
befall a file: damage, a full disk, a file in use, rights that lack. Mistakes in our own SQL
stay what they are.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ingest.errors import PhaenError

_CODES = (
    ("SQLITE_CORRUPT_VTAB", "words-damaged"),
    ("SQLITE_NOTADB", "kb-damaged"),
    ("SQLITE_CORRUPT", "kb-damaged"),
    ("SQLITE_READONLY_DBMOVED", "kb-replaced"),
    ("SQLITE_READONLY", "kb-not-writable"),
    ("SQLITE_CANTOPEN", "kb-not-writable"),
    ("SQLITE_PERM", "kb-not-writable"),
    ("SQLITE_FULL", "disk-full"),
    ("SQLITE_IOERR", "kb-unreadable"),
    ("SQLITE_BUSY", "kb-busy"),
    ("SQLITE_LOCKED", "kb-busy"),
)
_NO_TEXT = "Could not decode to UTF-8"


class Connection(sqlite3.Connection):
    """A connection whose cursors raise `PhaenError`; `place` is the file it is of.

    `on_fault` hears of every such error.
    """

    place: Path = Path()
    on_fault: Callable[[PhaenError], None] | None = None

    def cursor(self, factory: Any = None) -> Any:
        """Return a cursor that explains SQLite's complaints."""
        return super().cursor(factory or Cursor)

    def execute(self, *asked: Any) -> Any:
        """Run a statement with a cursor of its own."""
        return self.cursor().execute(*asked)

    def executemany(self, *asked: Any) -> Any:
        """Run a statement many times with a cursor of its own."""
        return self.cursor().executemany(*asked)

    def explain(self, error: sqlite3.DatabaseError) -> None:
        """Raise PhaenError for a complaint about the file; return where it is our own mistake."""
        code = code_of(error)
        if code is None:
            return
        fault = PhaenError(code, file=str(self.place), reason=str(error))
        if self.on_fault is not None:
            self.on_fault(fault)
        raise fault from error


class Cursor(sqlite3.Cursor):
    """A cursor of `Connection`; everything it runs or gives is explained where it fails."""

    connection: Connection

    def execute(self, *asked: Any) -> Cursor:
        """Run a statement; see `sqlite3.Cursor.execute`."""
        try:
            return super().execute(*asked)
        except sqlite3.DatabaseError as error:
            self.connection.explain(error)
            raise

    def executemany(self, *asked: Any) -> Cursor:
        """Run a statement many times; see `sqlite3.Cursor.executemany`."""
        try:
            return super().executemany(*asked)
        except sqlite3.DatabaseError as error:
            self.connection.explain(error)
            raise

    def fetchone(self) -> Any:
        """Give the next row, or None."""
        try:
            return super().fetchone()
        except sqlite3.DatabaseError as error:
            self.connection.explain(error)
            raise

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Give some rows."""
        try:
            return super().fetchmany(self.arraysize if size is None else size)
        except sqlite3.DatabaseError as error:
            self.connection.explain(error)
            raise

    def fetchall(self) -> list[Any]:
        """Give all rows that are left."""
        try:
            return super().fetchall()
        except sqlite3.DatabaseError as error:
            self.connection.explain(error)
            raise

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        """Give one row after the other; a loop in C, so that many rows cost little more."""
        try:
            yield from iter(super().fetchone, None)
        except sqlite3.DatabaseError as error:
            self.connection.explain(error)
            raise


@contextlib.contextmanager
def understood(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about the file into errors a person can mend."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = code_of(error)
        if code is None:
            raise
        raise PhaenError(code, file=str(path), reason=str(error)) from error


def code_of(error: sqlite3.DatabaseError) -> str | None:
    """Return the code of the fault that SQLite complains of, None where it is our mistake."""
    if str(error).startswith(_NO_TEXT):
        return "kb-damaged"
    name = getattr(error, "sqlite_errorname", "") or ""
    return next((code for start, code in _CODES if name.startswith(start)), None)
