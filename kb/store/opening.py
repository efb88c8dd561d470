"""How a file is opened: to be written, or only read where it may not be changed.

SQLite keeps two files beside a knowledge base in use (`-wal`, `-shm`). On media that may
only be read it can't make them, so such a file is opened as one that nobody changes; where
somebody does after all, it is noticed and opened anew.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import PhaenError
from kb.store.faults import Connection

WAIT_SECONDS = 60.0
_CACHE_KIB = 32_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was when it was opened: which one it is, and when it was last changed."""

    device: int
    inode: int
    changed: int

    @property
    def identity(self) -> tuple[int, int]:
        """What stays the same as long as it is the same file."""
        return self.device, self.inode


def seen(path: Path) -> Seen | None:
    """Look at a file without opening it, which would cost SQLite its locks; None if it is gone."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PhaenError("kb-unreadable", file=str(path), reason=str(error.strerror)) from error
    return Seen(stat.st_dev, stat.st_ino, stat.st_mtime_ns)


def log_size(path: Path) -> int:
    """Return how many bytes of changes lie beside a file and are not in it yet."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size
    except OSError:
        return 0


def may_write(path: Path) -> bool:
    """Return whether a file and its folder may be changed by this process."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def opened(path: Path, *, write: bool) -> tuple[Connection, bool]:
    """Open a file; return the connection, and whether it is taken for one nobody changes.

    Raises PhaenError `kb-unfinished` where changes lie beside a file that may only be read
    and SQLite can't take them in, and sqlite3.Error.
    """
    if write:
        return _connected(str(path), path), False
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        return _connected(address, path), False
    except PhaenError as error:
        if error.code != "kb-not-writable":
            raise
        if log_size(path):
            raise PhaenError("kb-unfinished", file=str(path)) from error
        return _connected(f"{address}&immutable=1", path), True


def _connected(address: str, path: Path) -> Connection:
    """Connect to a path or an address. Every commit reaches the disk: what was said is kept.

    The file is read, not mapped into memory: a mapped file that somebody cuts short, or a disk
    that fails, ends the process without a word.
    """
    connection = sqlite3.connect(
        address,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        factory=Connection,
        uri=address != str(path),
    )
    connection.place = path
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma synchronous = full")
        connection.execute(f"pragma cache_size = -{_CACHE_KIB}")
        connection.execute("select count(*) from sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
