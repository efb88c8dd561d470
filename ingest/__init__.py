"""Read one file: bytes in, a `Document` out. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import PhaenError, ReadError, UsageError
from ingest.failures import failures_of
from ingest.formats.limits import Limits, check_size, display_name

if TYPE_CHECKING:
    from ingest.records import Document

__all__ = ["Limits", "PhaenError", "ReadError", "UsageError", "document_id", "read", "read_all"]


def read(
    path: Path | str,
    limits: Limits = Limits(),
    *,
    name: str | None = None,
    columns: Sequence[str] = (),
) -> Document:
    """Read and understand one file, in this process.

    `name` is what the document calls its file, the path itself unless given. `columns` say
    what columns of its tables hold (`column=field`). Raise `ReadError` with a code and the
    file's name for anything that keeps it from being read, `UsageError` `column-map` for a
    field that is not known.
    """
    from ingest.extract import extract
    from ingest.readers import read_content

    path = Path(path)
    file = name or display_name(path)
    with failures_of(file):
        content = read_content(path, limits)
        return extract(content, file=file, document_id=document_id(path, limits), columns=columns)


def read_all(path: Path | str, limits: Limits = Limits()) -> Iterator[Document | ReadError]:
    """Read one file, or each document of an archive; yield its error for what can't be read."""
    try:
        yield read(path, limits)
    except ReadError as error:
        if error.code != "is-archive":
            yield error
            return
        from ingest.readers.archive import read_members, unpack

        try:
            yield from read_members(
                Path(path),
                display_name(path),
                lambda archive, into: unpack(archive, into, limits),
                lambda member, name: read(member, limits, name=name),
            )
        except ReadError as refused:
            yield refused


def document_id(path: Path, limits: Limits = Limits()) -> str:
    """Name a file by its bytes: the first 16 hexadecimal digits of their SHA-256."""
    import hashlib

    check_size(path, limits)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
