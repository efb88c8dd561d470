"""Temporary folders that a killed run does not leave behind for good.

Every folder is held by a lock as long as its process lives, however it ends; what nobody
holds any more is swept away at the next start. A folder that another user made, or that a
living process holds, is never touched.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

_PREFIX = "phaen-held-"
_OWNER = "owner"
_FILES = "files"
_OURS = re.compile(r"\.?phaen-held-[a-z0-9_]{8}")
_OLD = re.compile(r"phaen-(upload|ocr|office)-[a-z0-9_]{8}")
"""What earlier versions made; they held no lock."""
_OLD_SECONDS = 86_400.0
"""So long after their last change such folders are left alone."""


class TemporaryFolder:
    """A folder to work in, gone when it is removed, left by `with`, or swept.

    `path` is empty at first. `beside` is a folder on whose disk it is to lie, hidden there;
    else it lies where the system keeps temporary files.
    """

    def __init__(self, beside: Path | None = None) -> None:
        while True:
            self._home, self._lock = _made(beside)
            self.path = self._home / _FILES
            if _held(self._lock, self._home):
                break
        try:
            self.path.mkdir()
        except BaseException:
            self.remove()
            raise

    def remove(self) -> None:
        """Delete the folder with all that is in it; what can't be deleted is swept later."""
        _deleted(self._home, self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.remove()


def sweep(*folders: Path) -> int:
    """Delete what killed runs left in the system's temporary folder and in `folders`.

    Returns how many folders were deleted.
    """
    system = Path(tempfile.gettempdir())
    places = dict.fromkeys([system, *(item.absolute() for item in folders)])
    swept = sum(_swept(path) for place in places for path in _named(place, _OURS))
    return swept + sum(_swept_by_age(path) for path in _named(system, _OLD))


def _made(beside: Path | None) -> tuple[Path, FileLock]:
    prefix = _PREFIX if beside is None else f".{_PREFIX}"
    home = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
    return home, FileLock(home / _OWNER, timeout=0, thread_local=False)


def _held(lock: FileLock, home: Path) -> bool:
    """Take a folder's lock; False where a sweeper was quicker and has the folder deleted."""
    try:
        lock.acquire()
    except Timeout:
        return False  # a sweeper holds it, and has perhaps deleted the lock's file already
    except (OSError, RuntimeError):
        if home.exists() and not (home / _OWNER).exists():
            raise  # no sweeper: the folder can't be written
        return False
    if (home / _OWNER).exists():
        return True
    lock.release()
    return False


def _named(place: Path, pattern: re.Pattern[str]) -> list[Path]:
    """List the folders of this user with such a name."""
    try:
        with os.scandir(place) as entries:
            return [
                Path(entry.path)
                for entry in entries
                if pattern.fullmatch(entry.name)
                and entry.is_dir(follow_symlinks=False)
                and _is_own(entry.stat(follow_symlinks=False))
            ]
    except OSError:
        return []


def _is_own(stat: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or stat.st_uid == os.getuid()


def _swept(path: Path) -> bool:
    """Delete a folder that nobody holds, and that holds nothing but what we put there."""
    try:
        if {item.name for item in path.iterdir()} - {_OWNER, _FILES}:
            return False
    except OSError:
        return False
    lock = FileLock(path / _OWNER, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except (OSError, RuntimeError):
        return False
    _deleted(path, lock)
    return not path.exists()


def _deleted(home: Path, lock: FileLock) -> None:
    """Delete a folder whose lock is held, and only then let go of it.

    Where files in use can't be deleted (Windows) the lock's own goes last.
    """
    shutil.rmtree(home, ignore_errors=True)
    lock.release()
    if os.name == "nt":
        shutil.rmtree(home, ignore_errors=True)


def _swept_by_age(path: Path) -> bool:
    """Delete a folder of an older version where nothing has changed in it for a day."""
    try:
        changed = max(item.lstat().st_mtime for item in (path, *path.rglob("*")))
    except OSError:
        return False
    if time.time() - changed < _OLD_SECONDS:
        return False
    shutil.rmtree(path, ignore_errors=True)
    return not path.exists()
