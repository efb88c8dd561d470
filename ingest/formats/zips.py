"""ZIP files opened although a name in them is broken.

Some programs mark an entry's name as UTF-8 and write another coding. Python's zipfile then
refuses the archive with everything in it; here the mark is taken off such names, which are
then read as those of old systems are. What the list of entries calls an entry holds.
"""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import BinaryIO

_UTF8 = 0x800
_END, _ENTRY, _HEADER = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END_SIZE, _ENTRY_SIZE, _HEADER_SIZE = 22, 46, 30  # bytes, without names and comments
_FLAGS_OF_ENTRY, _FLAGS_OF_HEADER = 8, 6  # where they stand in each
_LONGEST_COMMENT = 65_535  # bytes


def open_zip(source: Path | BinaryIO) -> zipfile.ZipFile:
    """Open a ZIP file to be read; raises what `zipfile.ZipFile` raises.

    An open file stays open when the archive is closed.
    """
    try:
        return zipfile.ZipFile(source)
    except UnicodeDecodeError:
        if isinstance(source, Path):
            with source.open("rb") as file:
                return zipfile.ZipFile(_unmarked(file))
        return zipfile.ZipFile(_unmarked(source))


def _unmarked(file: BinaryIO) -> BinaryIO:
    """Copy an archive into memory, without the UTF-8 mark where a name is none."""
    file.seek(0)
    data = bytearray(file.read())
    end = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
    if end < 0 or end + _END_SIZE > len(data):
        raise zipfile.BadZipFile("no end of the list of entries")
    size, start = struct.unpack_from("<2I", data, end + 12)
    place = end - size if end >= size else start
    before = place - start  # what stands before the archive itself
    while data[place : place + 4] == _ENTRY and place + _ENTRY_SIZE <= len(data):
        length, extra, comment = struct.unpack_from("<3H", data, place + 28)
        (header,) = struct.unpack_from("<I", data, place + 42)
        name = bytes(memoryview(data)[place + _ENTRY_SIZE :][:length])
        places = [place + _FLAGS_OF_ENTRY]
        if _rename(data, before + header, name):
            places.append(before + header + _FLAGS_OF_HEADER)
        if not _is_utf8(name):
            for flags in places:
                _unmark(data, flags)
        place += _ENTRY_SIZE + length + extra + comment
    return io.BytesIO(data)


def _rename(data: bytearray, header: int, name: bytes) -> bool:
    """Write an entry's name into its own header, where the one there is as long."""
    if data[header : header + 4] != _HEADER or header + _HEADER_SIZE > len(data):
        return False
    (length,) = struct.unpack_from("<H", data, header + 26)
    if length == len(name):
        data[header + _HEADER_SIZE : header + _HEADER_SIZE + length] = name
    return True


def _unmark(data: bytearray, place: int) -> None:
    (flags,) = struct.unpack_from("<H", data, place)
    struct.pack_into("<H", data, place, flags & ~_UTF8)


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True
