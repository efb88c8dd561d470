"""Office documents as what they are: ZIP files of XML parts, opened with care.

Every byte is counted while it is inflated, no part is parsed that declares entities, and
nothing a part points to is ever loaded.
"""

import errno
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from lxml import etree

from ingest.errors import ReadError
from ingest.formats.limits import Inflater, Limits
from ingest.formats.zips import open_zip

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    KeyError,
    UnicodeDecodeError,
)

_DIGITS = 9
"""No count in a document has more."""


class Package:
    """The parts of one Office file."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._names = frozenset(archive.namelist())
        self._inflater = Inflater(archive, limits)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def names(self, start: str) -> list[str]:
        """Return the names of the XML parts that begin with `start`, in order."""
        return sorted(n for n in self._names if n.startswith(start) and n.endswith(".xml"))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of one part, piece by piece."""
        return self._inflater.chunks(name)

    def xml(self, name: str) -> etree._Element:
        """Parse one part.

        Raise `ReadError`: `damaged` where it is missing or no XML, `xml-entities` where
        it declares a document type, which no Office program writes.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            for piece in self._inflater.chunks(name):
                parser.feed(piece)
            root = parser.close()
        except etree.XMLSyntaxError as error:
            raise ReadError("damaged", reason=f"{name}: {error.msg}") from error
        info = root.getroottree().docinfo
        if info.doctype or info.internalDTD is not None:
            raise ReadError("xml-entities", part=name)
        return root

    def check(self) -> None:
        """Inflate every part once, before a library that counts nothing opens the file.

        Raise `ReadError`: `inflated-too-large`, or `xml-entities` where a part declares
        a document type, which no Office program writes.
        """
        for name in sorted(self._names):
            begun = b""
            for piece in self._inflater.chunks(name):
                begun = begun or piece
            if b"<!DOCTYPE" in begun or b"<!ENTITY" in begun:
                raise ReadError("xml-entities", part=name)


@contextmanager
def open_package(path: Path, limits: Limits) -> Iterator[Package]:
    """Open the Office file at `path`; damage of any kind becomes a `ReadError`."""
    with archive_errors(), open_zip(path) as archive:
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise ReadError("encrypted")
        yield Package(archive, limits)


@contextmanager
def archive_errors() -> Iterator[None]:
    """Turn whatever a broken ZIP file raises into `ReadError("damaged")`."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the file's beginning
            raise
        raise ReadError("damaged", reason=str(error)) from error
    except _BROKEN as error:
        raise ReadError("damaged", reason=str(error)) from error


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace, '' for comments and instructions."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """Return the attribute `name` that has the namespace of its element."""
    if element is None:
        return None
    result: str | None = element.get(f"{element.tag.rpartition('}')[0]}}}{name}")
    return result


def number(text: str | None, otherwise: int = 0) -> int:
    """Read a whole number of a document; `otherwise` where there is none or it is no number."""
    return int(text) if text and text.isdecimal() and len(text) <= _DIGITS else otherwise


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Follow `names` down: the first child of that name, its first child of the next."""
    for name in names:
        if element is None:
            return None
        for result in element:
            if _local(result.tag) == name:
                element = result
                break
        else:
            return None
    return element
