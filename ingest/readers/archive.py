"""ZIP archives of documents, taken as folders.

Entries are written under numbers, never under the names the archive gives them, so that
no name can lead out of the folder; an archive that tries is refused as a whole.
"""

import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

from ingest.errors import ReadError
from ingest.failures import failures_of
from ingest.formats.charset import decode
from ingest.formats.junk import is_junk
from ingest.formats.limits import Inflater, Limits, display_name
from ingest.formats.sniff import Format
from ingest.formats.zips import open_zip
from ingest.readers.office.package import archive_errors
from ingest.records import Document

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A document in an archive: its name there, and the number it was written under.

    `error` tells why it could not be taken out; `file` is then None.
    """

    name: str
    file: str | None
    error: ReadError | None = None


def unpack(path: Path, into: Path, limits: Limits) -> list[Member]:
    """Write the documents of the archive at `path` into the folder `into`.

    Raise `ReadError`, whose `file` is the archive: `damaged`, `unsafe-archive` (a name
    that leads elsewhere), `too-many-members`, `inflated-too-large`, `archive-too-deep`.
    """
    members: list[Member] = []
    with failures_of(display_name(path)):
        _unpack(path, into, limits, members, prefix="", left=limits.inflated_bytes)
    return members


def _unpack(
    path: Path, into: Path, limits: Limits, members: list[Member], *, prefix: str, left: int
) -> int:
    """Add the archive's documents to `members`; return the bytes that may still come out."""
    with archive_errors(), open_zip(path) as archive:
        inflater = Inflater(archive, replace(limits, inflated_bytes=left))
        for entry in archive.infolist():
            name = entry_name(entry)
            if _is_unsafe(name):
                raise ReadError("unsafe-archive", name=name)
            if entry.is_dir() or is_junk(PurePosixPath(name)) or _is_link(entry):
                continue
            if len(members) >= limits.members:
                raise ReadError("too-many-members", limit=limits.members)
            members.append(_take(inflater, entry, prefix + name, into, len(members)))
            _open_nested(members, into, limits, inflater)
        return inflater.left


def _take(inflater: Inflater, entry: zipfile.ZipInfo, name: str, into: Path, number: int) -> Member:
    """Write one entry to a file of its own."""
    if entry.flag_bits & _ENCRYPTED:
        return Member(name, None, ReadError("encrypted", file=name))
    file = f"{number:06}{PurePosixPath(name).suffix[:10]}"
    try:
        with archive_errors(), (into / file).open("wb") as target:
            for piece in inflater.chunks(entry):
                target.write(piece)
    except ReadError as error:
        if error.code == "inflated-too-large":
            raise
        return Member(name, None, ReadError(error.code, **{**error.details, "file": name}))
    return Member(name, file)


def _open_nested(members: list[Member], into: Path, limits: Limits, inflater: Inflater) -> None:
    """Replace the last member, where it is an archive itself, by what is in it."""
    from ingest.readers import format_of

    last = members[-1]
    if last.file is None or not zipfile.is_zipfile(into / last.file):
        return
    try:
        if format_of(into / last.file, limits) is not Format.ZIP:
            return
    except ReadError:
        return  # its reader will say what is wrong with it
    if limits.depth < 1:
        raise ReadError("archive-too-deep", name=last.name)
    members.pop()
    inner = (into / last.file).rename(into / f"archive-{limits.depth}-{last.file}")
    deeper = replace(limits, depth=limits.depth - 1)
    inflater.left = _unpack(
        inner, into, deeper, members, prefix=f"{last.name}/", left=inflater.left
    )
    inner.unlink()


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; names written on Thai Windows without a mark are cp874."""
    if entry.flag_bits & _UTF8_NAME or entry.filename.isascii():
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    try:
        return decode(raw).replace("\\", "/")
    except ReadError:
        return raw.decode("utf-8", "replace").replace("\\", "/")


def _is_unsafe(name: str) -> bool:
    windows, posix = PureWindowsPath(name), PurePosixPath(name)
    return bool(windows.drive or windows.root or posix.root) or ".." in windows.parts


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def read_members(
    path: Path,
    name: str,
    unpack_into: Callable[[Path, Path], list[Member]],
    read: Callable[[Path, str], Document],
) -> Iterator[Document | ReadError]:
    """Read every document of an archive, each or the error that kept it from being read."""
    with TemporaryDirectory(prefix="phaen-") as folder:
        for member in unpack_into(path, Path(folder)):
            full = f"{name}/{member.name}"
            if member.file is None:
                yield named(member, full)
                continue
            try:
                yield read(Path(folder, member.file), full)
            except ReadError as error:
                yield error


def named(member: Member, name: str) -> ReadError:
    """Return a member's error under the name it has outside the archive."""
    error = member.error or ReadError("damaged")
    return ReadError(error.code, **{**error.details, "file": name})
