"""The files documents were read from, kept beside the store and named by their bytes.

`<store>.originals/ab/cd/<sha256>`: the same bytes are kept once, whatever they were called. A file
is written whole or not at all. What a document's id is the beginning of is its original.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.errors import PhaenError

ENDING = ".originals"
_PAGES = ".pages"
_NAME = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


class Originals:
    """The originals of one store, in `folder`, which is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def pages(self) -> Path:
        """Where pictures of pages lie that were made from originals (`kb.page_images`)."""
        return self.folder.with_name(self.folder.name.removesuffix(ENDING) + _PAGES)

    def path(self, document: str) -> Path | None:
        """Return the original of a document, by its whole id; None where it was not kept."""
        place = self._place(document)
        if not document or not place.is_dir():
            return None
        return next((path for path in sorted(place.glob(f"{document}*")) if _is_one(path)), None)

    def keep(self, document: str, source: Path) -> None:
        """Copy a document's file here, unless it is here; nothing half-written is ever left.

        A file that has changed since it was read is not its document's original any more, and
        is not kept. Raises PhaenError `original-not-kept` (a full disk, no right to write).
        """
        if self.path(document) is not None:
            return
        place = self._place(document)
        try:
            place.mkdir(parents=True, exist_ok=True)
            self._copy(source, place, lambda name: name.startswith(document))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise PhaenError("original-not-kept", file=source.name, reason=reason) from error

    def remove(self, document: str) -> None:
        """Delete a document's original and the pictures of its pages, where there are any."""
        path = self.path(document)
        if path is not None:
            path.unlink(missing_ok=True)
        shutil.rmtree(self.pages / document, ignore_errors=True)

    def all(self) -> Iterator[Path]:
        """Yield every original."""
        return (path for path in self.folder.glob("*/*/*") if _is_one(path))

    def unneeded(self, is_needed: Callable[[str], bool]) -> list[Path]:
        """Return the originals of documents that are not kept."""
        return [path for path in self.all() if not is_needed(path.name[:16])]

    def damaged(self) -> list[Path]:
        """Return the originals whose bytes are not what their name says; all are read."""
        return [path for path in self.all() if _digest(path) != path.name]

    def copy_to(self, folder: Path) -> int:
        """Copy every original that `folder` lacks; return their size in bytes, all together."""
        size, other = 0, Originals(folder)
        for path in self.all():
            size += path.stat().st_size
            place = other._place(path.name)
            if not (place / path.name).exists():
                place.mkdir(parents=True, exist_ok=True)
                self._copy(path, place, path.name.__eq__)
        return size

    def _place(self, document: str) -> Path:
        return self.folder / document[:2] / document[2:4]

    @staticmethod
    def _copy(source: Path, place: Path, is_right: Callable[[str], bool]) -> None:
        """Copy a file beside its place, and put it there under the name of its bytes."""
        handle, temporary = tempfile.mkstemp(prefix=".", dir=place)
        try:
            with os.fdopen(handle, "wb") as out, source.open("rb") as file:
                shutil.copyfileobj(file, out, _CHUNK)
                out.flush()
                os.fsync(out.fileno())
            name = _digest(Path(temporary))
            if is_right(name):
                Path(temporary).replace(place / name)
        finally:
            Path(temporary).unlink(missing_ok=True)


def beside(store: Path) -> Originals:
    """Return the originals of the store (or of the backup) at a path."""
    return Originals(store.with_name(store.name + ENDING))


def _is_one(path: Path) -> bool:
    return _NAME.fullmatch(path.name) is not None and path.is_file()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
