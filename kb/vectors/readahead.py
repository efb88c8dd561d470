"""Files read into the system's cache before searches read them here and there.

From a cold disk the first questions over a million statements took three times as long.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_STEP = 1 << 20
"""Linux reads ahead little more than so much for one call."""


def read_ahead(paths: Iterable[Path]) -> None:
    """Ask the system to have files ready; where it can't, or a file has gone, nothing happens."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in paths:
        try:
            with path.open("rb") as file:
                for start in range(0, os.fstat(file.fileno()).st_size, _STEP):
                    os.posix_fadvise(file.fileno(), start, _STEP, os.POSIX_FADV_WILLNEED)
        except OSError:
            continue
