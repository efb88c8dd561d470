"""Index files read into the system's cache before searches read them here and there.

From a cold disk the first questions over a million statements took three times as long.
Only files of index folders are opened. The knowledge base itself never is: on POSIX systems
closing it would drop every lock SQLite holds on it in this process.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_STEP = 1 << 20
"""Linux reads ahead little more than so much for one call."""

_INDEXES = frozenset({".faiss", ".npy", ".sketch", ".words"})


def read_ahead(folders: Iterable[Path]) -> None:
    """Ask the system to have the index files of some folders ready.

    Where it can't, or a file has gone, nothing happens.
    """
    if not hasattr(os, "posix_fadvise"):
        return
    for path in _index_files(folders):
        try:
            with path.open("rb") as file:
                for start in range(0, os.fstat(file.fileno()).st_size, _STEP):
                    os.posix_fadvise(file.fileno(), start, _STEP, os.POSIX_FADV_WILLNEED)
        except OSError:
            continue


def _index_files(folders: Iterable[Path]) -> list[Path]:
    files = (path for folder in folders for path in folder.glob("*"))
    return [path for path in files if path.suffix in _INDEXES and not path.is_symlink()]
