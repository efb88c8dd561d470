"""Formats, told by content whatever the name says."""

import io
import zipfile
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.formats.sniff import Format, sniff


def packed(*names: str, mimetype: str | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def compound(*streams: str) -> bytes:
    """Make a file with OLE2's signature and directory entries of these names."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


OFFICE = ("[Content_Types].xml", "_rels/.rels")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", Format.PDF),
        (b"\n" * 300 + b"junk %PDF-1.4\n", Format.PDF),
        (b"{\\rtf1\\ansi}", Format.RTF),
        (b"\x89PNG\r\n\x1a\n\0", Format.PNG),
        (b"\xff\xd8\xff\xe0", Format.JPEG),
        (b"II*\0\x08\0\0\0", Format.TIFF),
        (b"MM\0*\0\0\0\x08", Format.TIFF),
        (b"GIF89a", Format.GIF),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Format.WEBP),
        (b"BM\x46\0\0\0\0\0\0\0\x36", Format.BMP),
        (packed(*OFFICE, "word/document.xml"), Format.DOCX),
        (packed(*OFFICE, "xl/workbook.xml"), Format.XLSX),
        (packed(*OFFICE, "xl/workbook.bin"), Format.XLSB),
        (packed("content.xml", mimetype=Format.ODT.value), Format.ODT),
        (packed("content.xml", mimetype=Format.ODS.value), Format.ODS),
        (packed("แผน.pdf", "word/x.txt"), Format.ZIP),
        (packed(), Format.ZIP),
        (compound("Root Entry", "WordDocument"), Format.DOC),
        (compound("Root Entry", "Workbook"), Format.XLS),
        (compound("Root Entry", "Book"), Format.XLS),
        (b"<!DOCTYPE html><p>x", Format.HTML),
        ("<div>วิสัยทัศน์</div><p>ก</p><p>ข</p>".encode("cp874"), Format.HTML),
        (b'{"title": 1}\n{"title": 2}\n', Format.JSON_LINES),
        ("ที่,โครงการ,งบ\n1,ถนน,5\n".encode(), Format.DELIMITED),
        ("วิสัยทัศน์ <เมืองน่าอยู่>\n".encode(), Format.TEXT),
    ],
)
@pytest.mark.parametrize("name", ["แผน.pdf", "แผน.txt", "แผน"])
def test_content_decides(data: bytes, expected: Format, name: str) -> None:
    assert sniff(io.BytesIO(data), name) is expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (compound("EncryptedPackage", "EncryptionInfo"), "encrypted"),
        (compound("PowerPoint Document"), "unsupported-format"),
        (packed(*OFFICE, "ppt/presentation.xml"), "unsupported-format"),
        (packed(mimetype="application/epub+zip"), "unsupported-format"),
        (bytes(range(256)) * 9, "not-text"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        sniff(io.BytesIO(data), "แผน.docx")
    assert caught.value.code == code


def test_every_sample_file_is_what_it_seems(shared: Path) -> None:
    kinds = {".pdf": Format.PDF, ".docx": Format.DOCX, ".xlsx": Format.XLSX, ".html": Format.HTML}
    for path in (shared / "eval" / "files").iterdir():
        if path.suffix in kinds:
            with path.open("rb") as file:
                assert sniff(file, path.name) is kinds[path.suffix], path.name


def test_no_news_text_is_taken_for_a_table(shared: Path) -> None:
    for folder in ("prose", "pages"):
        for path in (shared / "eval" / folder).glob("*.txt"):
            with path.open("rb") as file:
                assert sniff(file, path.name) is Format.TEXT, path.name
