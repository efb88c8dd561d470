"""The manifest of a folder of derived files: what is in use, and whether it is what was written.

A manifest is replaced in one step, so a reader sees the old files or the new ones.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
_WHOLE = 1 << 26
_BLOCK = 1 << 16
_BLOCKS = 64


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what a folder's manifest tells; nothing where there is none or it is damaged."""
    try:
        stated = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stated if isinstance(stated, dict) else {}


def write_manifest(folder: Path, given: Mapping[str, Any]) -> None:
    """Replace a folder's manifest."""
    new = folder / f"{MANIFEST}.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(given, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / MANIFEST)


def digest_of(path: Path) -> str:
    """Digest a file whole up to 64 MB, a larger one by its length and blocks across it."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        if size <= _WHOLE:
            digest.update(file.read())
        else:
            for block in range(_BLOCKS):
                file.seek((size - _BLOCK) * block // (_BLOCKS - 1))
                digest.update(file.read(_BLOCK))
    return digest.hexdigest()
