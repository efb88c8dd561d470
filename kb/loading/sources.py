"""Which files a run is to read: folders walked in natural order, junk left out."""

from __future__ import annotations

import os
import re
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReadError
from ingest.formats.junk import is_junk
from ingest.formats.limits import display_name
from ingest.temporary import TemporaryFolder

_LEADING = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_NUMBER = re.compile(r"(\d+)")
_READ_ELSEWHERE = frozenset({".db", ".sqlite", ".sqlite3", ".db-wal", ".db-shm", ".py", ".exe"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it lies, what it is called, and its name in the store.

    `folder` is the unpacked archive it lies in; the folder goes when nobody needs it.
    """

    path: Path
    name: str
    place: str
    folder: Folder | None = None


class Folder:
    """A temporary folder that is removed when the last file in it is done with."""

    def __init__(self) -> None:
        held = TemporaryFolder()
        self.path = held.path
        self._remove = weakref.finalize(self, held.remove)


def sources_of(
    paths: Iterable[Path | str], is_own: Callable[[Path], bool] = lambda _: False
) -> list[Source | ReadError]:
    """List the files under `paths` in natural order, each once, errors where they belong.

    A folder gives its files, hidden ones and system junk left out; one without any file is
    `no-documents`. Files named themselves are read whatever they are called. In folders what
    `is_own` says is a file of the knowledge base is left out.
    """
    result: list[Source | ReadError] = []
    seen: set[str] = set()
    for given in map(Path, paths):
        for item in _under(given, is_own):
            if isinstance(item, ReadError):
                result.append(item)
                continue
            place = display_name(item.absolute())
            if place not in seen:
                seen.add(place)
                result.append(Source(item, display_name(item), place))
    return result


def _under(given: Path, is_own: Callable[[Path], bool]) -> Iterator[Path | ReadError]:
    if not given.is_dir():
        yield given
        return
    files = False
    for item in _walk(given, given.resolve()):
        if isinstance(item, Path) and is_own(item):
            continue
        files = files or not isinstance(item, ReadError)
        yield item
    if not files:
        yield ReadError("no-documents", file=display_name(given))


def _walk(folder: Path, root: Path) -> Iterator[Path | ReadError]:
    """Yield the files of a folder and of those in it, in natural order.

    Links to folders are not followed, those to files only where they stay within `root`.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural(entry.name))
    except OSError as error:
        code = "no-permission" if isinstance(error, PermissionError) else "read-failed"
        yield ReadError(code, file=display_name(folder), reason=str(error.strerror))
        return
    for entry in entries:
        path = folder / entry.name
        if is_junk(Path(entry.name)) or path.suffix.lower() in _READ_ELSEWHERE:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        elif entry.is_file():
            outside = entry.is_symlink() and not _lies_in(path, root)
            yield ReadError("link-outside", file=display_name(path)) if outside else path


def _lies_in(path: Path, root: Path) -> bool:
    """Return whether what a link leads to lies in the folder it is found in."""
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Order names as people do: 2 before 10, Thai digits like others, เ to ไ by their consonant."""
    sorted_by_consonant = _LEADING.sub(r"\2\1", name)
    parts = (part for part in _NUMBER.split(sorted_by_consonant) if part)
    return tuple((0, int(p), p) if p.isdecimal() else (1, 0, p.casefold()) for p in parts)
