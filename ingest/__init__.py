"""Read one file: bytes in, a `Document` out. Nothing is stored here."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import PhaenError, ReadError, UsageError
from ingest.limits import Limits, check_size, display_name

if TYPE_CHECKING:
    from ingest.records import Document

__all__ = ["Limits", "PhaenError", "ReadError", "UsageError", "document_id", "read"]


def read(path: Path | str, limits: Limits = Limits(), *, name: str | None = None) -> Document:  # noqa: B008
    """Read and understand one file, in this process.

    `name` is what the document calls its file, the path itself unless given. Raise
    `ReadError` with a code and the file's name for anything that keeps it from being read.
    """
    from ingest.extract import extract
    from ingest.readers import read_content

    path = Path(path)
    content = read_content(path, limits)
    return extract(content, file=name or display_name(path), document_id=document_id(path, limits))


def document_id(path: Path, limits: Limits = Limits()) -> str:  # noqa: B008
    """Name a file by its bytes: the first 16 hexadecimal digits of their SHA-256."""
    check_size(path, limits)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
