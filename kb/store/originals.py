"""Originals: the bytes of the documents that were read, kept beside the store by their content.

A document's id is the beginning of its bytes' SHA-256, so an original is found by the id and
proves itself. Files lie in `<store>.originals/ab/abcd…`, two digits a folder; each is written under
another name and takes its place in one step. They are no part of the store's truth: without them
everything is answered but the page as it was printed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from ingest.errors import ReadError
from ingest.temporary import TemporaryFolder

END = ".originals"
SETTING = "PHAEN_ORIGINALS"
_NONE = "none"
_DIGITS = frozenset("0123456789abcdef")
_LENGTH = 16


class Originals:
    """The originals beside a knowledge base; `PHAEN_ORIGINALS=none` keeps no new ones."""

    def __init__(self, kb: Path) -> None:
        self.folder = kb.with_name(kb.name + END)

    def keep(self, document: str, source: Path) -> bool:
        """Keep the bytes of a document that was read from `source`; return whether they are kept.

        Bytes that have changed since they were read are not kept: they are another document's.
        Raises ReadError `original-not-kept` where they can't be written.
        """
        if os.environ.get(SETTING, "").strip() == _NONE or not _is_id(document):
            return False
        place = self._place(document)
        if place.is_file():
            return True
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with TemporaryFolder(self.folder) as temporary:
                copy = temporary.path / "original"
                with source.open("rb") as read, copy.open("wb") as written:
                    shutil.copyfileobj(read, written, 1 << 20)
                    written.flush()
                    os.fsync(written.fileno())
                if not _is_of(document, copy):
                    return False
                copy.replace(place)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ReadError("original-not-kept", file=source.name, reason=reason) from error
        return True

    def find(self, document: str) -> Path | None:
        """Return where a document's original lies, None where it was not kept."""
        place = self._place(document) if _is_id(document) else None
        return place if place is not None and place.is_file() else None

    def holds(self, path: Path) -> bool:
        """Return whether a file lies among the originals."""
        return self.folder in path.parents or self.folder.absolute() in path.absolute().parents

    def remove(self, document: str) -> None:
        """Delete a document's original, if there is one."""
        if (place := self.find(document)) is None:
            return
        with contextlib.suppress(OSError):
            place.unlink()
        with contextlib.suppress(OSError):
            place.parent.rmdir()

    def ids(self) -> Iterator[str]:
        """Yield the ids of the documents whose originals are kept, in order."""
        if self.folder.is_dir():
            for folder in sorted(self.folder.iterdir()):
                if folder.is_dir() and len(folder.name) == 2 and set(folder.name) <= _DIGITS:
                    yield from sorted(file.name for file in folder.iterdir() if _is_id(file.name))

    def unused(self, documents: Collection[str]) -> list[str]:
        """Return the originals of documents that are not among those named."""
        known = set(documents)
        return [document for document in self.ids() if document not in known]

    def damaged(self) -> list[str]:
        """Return the originals whose bytes are not those of their document."""
        return [document for document in self.ids() if not _is_of(document, self._place(document))]

    def _place(self, document: str) -> Path:
        return self.folder / document[:2] / document


def _is_id(name: str) -> bool:
    return len(name) == _LENGTH and set(name) <= _DIGITS


def _is_of(document: str, file: Path) -> bool:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest().startswith(document)
