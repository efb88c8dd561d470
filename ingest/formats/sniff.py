"""What kind of file this is, recognised by its content; a name only breaks ties."""

import csv
import json
import re
import zipfile
from collections import Counter
from enum import StrEnum
from typing import BinaryIO

from ingest.errors import ReadError
from ingest.formats.charset import decode
from ingest.formats.zips import open_zip

_HEAD = 1 << 16
_PDF_WITHIN = 1024
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


class Format(StrEnum):
    """A file format; its value is the media type."""

    PDF = "application/pdf"
    DOCX = _OFFICE + "wordprocessingml.document"
    XLSX = _OFFICE + "spreadsheetml.sheet"
    XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
    XLS = "application/vnd.ms-excel"
    ODS = _OPEN_DOCUMENT + "spreadsheet"
    ODT = _OPEN_DOCUMENT + "text"
    DOC = "application/msword"
    RTF = "application/rtf"
    HTML = "text/html"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    BMP = "image/bmp"
    GIF = "image/gif"
    WEBP = "image/webp"
    JSON_LINES = "application/x-ndjson"
    DELIMITED = "text/csv"
    TEXT = "text/plain"
    ZIP = "application/zip"


_SIGNATURES = (
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"GIF87a", Format.GIF),
    (b"GIF89a", Format.GIF),
)
_ZIP_PARTS = (("word/", Format.DOCX), ("xl/workbook.bin", Format.XLSB), ("xl/", Format.XLSX))
_OLE2_STREAMS = (
    ("EncryptedPackage", None),
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|title|meta|table|div|p|h[1-6])[\s>]", re.I)
_HTML_START = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|!--|\?xml)", re.I)
_JSON_LIST = re.compile(r'\s*\[\s*\{\s*"')
_DELIMITERS = ",;\t|"
_ROWS_SHOWN = 200


def sniff(file: BinaryIO, name: str = "") -> Format:
    """Return the format of an open, seekable file.

    Raise `ReadError`: `empty-file`, `encrypted` (a password-protected Office file),
    `unsupported-format` (a known format nothing here reads) or `not-text`.
    """
    head = file.read(_HEAD)
    file.seek(0)
    if not head:
        raise ReadError("empty-file")
    if result := _by_signature(head):
        return result
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _by_zip_entries(file)
    if head.startswith(_OLE2):
        return _by_ole2_streams(file.read())
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Format.PDF
    return _by_text(head, name, whole=len(head) < _HEAD)


def _by_signature(head: bytes) -> Format | None:
    for signature, result in _SIGNATURES:
        if head.startswith(signature):
            return result
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Format.WEBP
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return Format.BMP
    return None


def _by_zip_entries(file: BinaryIO) -> Format:
    try:
        with open_zip(file) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as entry:
                    return _by_open_document(entry.read(100).decode("ascii", "replace"))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ReadError("damaged") from error
    finally:
        file.seek(0)
    if "[Content_Types].xml" not in names:
        return Format.ZIP
    for start, result in _ZIP_PARTS:
        if any(name.startswith(start) for name in names):
            return result
    raise ReadError("unsupported-format", format="Office")


def _by_open_document(media_type: str) -> Format:
    for result in (Format.ODT, Format.ODS):
        if media_type.strip().startswith(result.value):
            return result
    raise ReadError("unsupported-format", format=media_type.strip())


def _by_ole2_streams(data: bytes) -> Format:
    """Look for the stream names in the directory entries, which lie on 128-byte borders."""
    for name, result in _OLE2_STREAMS:
        entry = name.encode("utf-16-le") + b"\0\0"
        at = data.find(entry)
        while at != -1 and at % 128:
            at = data.find(entry, at + 1)
        if at != -1:
            if result is None:
                raise ReadError("encrypted")
            return result
    raise ReadError("unsupported-format", format="OLE2")


def _by_text(head: bytes, name: str, *, whole: bool) -> Format:
    text = decode(head)
    if _HTML_START.match(text) or len(_HTML.findall(text[:4096])) >= 3:
        return Format.HTML
    lines = text.splitlines() if whole else text.splitlines()[:-1]
    lines = [line for line in lines if line.strip()]
    if _is_json_lines(lines):
        return Format.JSON_LINES
    if delimiter_of(lines, named=name.lower().endswith((".csv", ".tsv"))):
        return Format.DELIMITED
    return Format.TEXT


def _is_json_lines(lines: list[str]) -> bool:
    if lines and _JSON_LIST.match("".join(lines)[:200]):
        return True
    try:
        return bool(lines) and all(isinstance(json.loads(line), dict) for line in lines[:5])
    except (ValueError, RecursionError):
        return False


def delimiter_of(lines: list[str], *, named: bool = False) -> str | None:
    """Name the character that parts the cells of a delimited table, or None.

    Nearly all rows of a table have the same number of cells; lines of prose have not. A
    name that ends in .csv or .tsv lets two columns and less regular rows suffice.
    """
    shapes = {mark: _shape(lines[:_ROWS_SHOWN], mark) for mark in _DELIMITERS}
    best = max(shapes, key=lambda mark: shapes[mark])
    share, cells = shapes[best]
    least = 2 if named else 3
    return best if cells >= least and share >= (0.3 if named else 0.9) else None


def _shape(lines: list[str], mark: str) -> tuple[float, int]:
    """Return the share of rows that have the commonest number of cells, and that number."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if row)
    except csv.Error:
        return 0.0, 0
    total = widths.total()
    widths.pop(1, None)
    if total < 2 or not widths:
        return 0.0, 0
    cells, rows = widths.most_common(1)[0]
    return rows / total, cells
