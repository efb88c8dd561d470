"""Which server does a job: a lock file beside the store, held as long as the process lives."""

from __future__ import annotations

import contextlib
import shutil
import threading
import uuid
from pathlib import Path

from filelock import FileLock, Timeout


class JobOwner:
    """One server's name among those that share a store, and the folder of its jobs' files.

    The system drops the lock however the process ends, so that a lock which can be taken
    belongs to a server that is gone.
    """

    def __init__(self, store: Path) -> None:
        self.folder = store.with_name(f"{store.name}.jobs")
        self.name = uuid.uuid4().hex
        self._lock: FileLock | None = None
        self._one_taker = threading.Lock()

    def hold(self) -> str:
        """Take this server's lock, where it is not held yet, and return the server's name.

        Of two threads that ask at once one takes it: for the other's own handle it would stay
        locked for ever.
        """
        with self._one_taker:
            if self._lock is None:
                self.folder.mkdir(exist_ok=True)
                lock = FileLock(self._file(self.name), thread_local=False)
                lock.acquire(timeout=0)
                self._lock = lock
        return self.name

    def is_gone(self, other: str) -> bool:
        """Return whether the server of this name has ended."""
        if other == self.name:
            return False
        if not self._file(other).exists():
            return True
        lock = FileLock(self._file(other))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        lock.release()
        self._file(other).unlink(missing_ok=True)
        return True

    def files_of(self, job: str) -> Path:
        """Return the folder of a job's files, which need not exist."""
        return self.folder / job

    def drop_files(self, job: str) -> None:
        """Delete a job's files."""
        shutil.rmtree(self.files_of(job), ignore_errors=True)

    def release(self) -> None:
        """Give the lock back, and take the folder away where nothing is left in it."""
        with self._one_taker:
            if self._lock is None:
                return
            self._lock.release()
            self._lock = None
        self._file(self.name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.folder.rmdir()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.lock"
