"""How much one file may cost, and the counting that holds it to that.

Sizes are counted while bytes come out of a decompressor, never taken from what the file
says of itself: a ZIP entry that lies about its size is caught like any other.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ReadError

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

MIB = 1 << 20
_CHUNK = 1 << 16
_ENDLESS = 1 << 62


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader may use for one file before it is stopped.

    `seconds` is the longest a reader may work without finishing a page (a reader that
    does not tell of its pages has that time for the whole file), and a program it starts
    has less, `program_seconds`; `total_seconds` bounds the file as a whole. `objects`
    bounds what one page draws: what comes after so many letters, lines and pictures is
    left out and noted. `memory` bounds the reader's private memory in bytes. `pixels`
    bounds one page or image; `line_characters` one line of plain text; `cells` the cells
    of all tables; `members` and `depth` the entries and the nesting of an archive.
    """

    seconds: float = 55.0
    total_seconds: float = 7200.0
    memory: int = 2048 * MIB
    file_bytes: int = 512 * MIB
    inflated_bytes: int = 512 * MIB
    text_bytes: int = 64 * MIB
    pages: int = 5000
    pixels: int = 100_000_000
    objects: int = 300_000
    line_characters: int = 1_000_000
    cells: int = 4_000_000
    members: int = 5000
    depth: int = 2

    @property
    def program_seconds(self) -> float:
        """The longest a program may run that a reader starts: what it did not read is told."""
        return 0.8 * self.seconds


def check_size(path: Path, limits: Limits) -> None:
    """Refuse a file that is missing, no file, empty or larger than `limits.file_bytes`."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise ReadError("file-not-found", file=display_name(path)) from error
    if not path.is_file():
        code = "is-a-folder" if path.is_dir() else "not-a-file"
        raise ReadError(code, file=display_name(path))
    if size == 0:
        raise ReadError("empty-file", file=display_name(path))
    if size > limits.file_bytes:
        raise ReadError("too-large", file=display_name(path), limit=limits.file_bytes)


def display_name(path: Path | str) -> str:
    """Return a path as text that can be stored and printed, whatever bytes its name has.

    Names made on old Thai systems are TIS-620 bytes, which are not valid UTF-8.
    """
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "surrogateescape")
        return raw.decode("cp874", "replace")
    return text


class Inflater:
    """Reads entries of one ZIP file, counting every byte that comes out.

    All entries read through the same inflater share one allowance,
    `limits.inflated_bytes`, so a thousand small bombs count like a large one. `left` is
    what may still come out.
    """

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self.left = limits.inflated_bytes
        self._limit = limits.inflated_bytes

    def chunks(self, name: str | zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the bytes of entry `name`, piece by piece.

        Read on where the entry claims to end: libraries that trust no such claim would
        inflate the rest. One that was shorter or longer than it says is `damaged`.
        """
        stated = self._archive.getinfo(name) if isinstance(name, str) else name
        entry = copy(stated)
        entry.file_size = _ENDLESS
        size = 0
        with self._archive.open(entry) as source:
            while piece := source.read(_CHUNK):
                size += len(piece)
                self.left -= len(piece)
                if self.left < 0:
                    raise ReadError("inflated-too-large", limit=self._limit)
                yield piece
        if size != stated.file_size:
            raise ReadError("damaged", reason=f"{stated.filename} lies about its size")

    def read(self, name: str) -> bytes:
        """Return all bytes of entry `name`."""
        return b"".join(self.chunks(name))
