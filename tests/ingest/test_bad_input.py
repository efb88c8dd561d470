"""Files that are broken, hostile or not what they say: one clear error each."""

import io
import os
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

import ingest
from ingest.errors import ReadError
from ingest.formats.limits import MIB, Limits
from ingest.readers.archive import unpack
from tests.ingest.readers.office.office_files import docx, paragraph, word_xml

SMALL = Limits(inflated_bytes=4 * MIB)
FULL = Path("/dev/full")


def code_of(path: Path, limits: Limits = SMALL) -> str:
    with pytest.raises(ReadError) as caught:
        ingest.read(path, limits)
    assert caught.value.details["file"] == str(path)
    return caught.value.code


def bomb_docx(folder: Path) -> Path:
    return docx(folder, "<w:p/>" * 900_000)


def bomb_xlsx(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["ที่", "โครงการ"])
    path = folder / "bomb.xlsx"
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(8 * MIB))
    return path


def lie_about_size(path: Path, name: str) -> Path:
    """Claim that the entry `name` is 10 bytes long, in both places where that is said."""
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(name)
    data = bytearray(path.read_bytes())
    at = data.rfind(name.encode()) - 46
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    data[entry.header_offset + 22 : entry.header_offset + 26] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo(name).file_size == 10
    return path


def test_a_bomb_as_word_and_excel(tmp_path: Path) -> None:
    assert code_of(bomb_docx(tmp_path)) == "inflated-too-large"
    assert code_of(bomb_xlsx(tmp_path)) == "inflated-too-large"


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    assert code_of(lie_about_size(bomb_docx(tmp_path), "word/document.xml")) == "inflated-too-large"
    assert (
        code_of(lie_about_size(bomb_xlsx(tmp_path), "xl/media/zeros.bin")) == "inflated-too-large"
    )


def test_a_small_lie_is_damage(tmp_path: Path) -> None:
    path = docx(tmp_path, paragraph("พันธกิจ") * 50)
    assert code_of(lie_about_size(path, "word/document.xml")) == "damaged"


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x SYSTEM "http://example.com/evil.dtd">',
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
)


@pytest.mark.parametrize("declaration", ENTITIES)
def test_entities_in_word(tmp_path: Path, declaration: str) -> None:
    path = docx(tmp_path, "", main="word/other.xml")
    body = word_xml("document", "<w:body><w:p><w:r><w:t>&secret;</w:t></w:r></w:p></w:body>")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Type="x/officeDocument" Target="word/d.xml"/>'
            "</Relationships>",
        )
        archive.writestr("word/d.xml", body.replace("?>", f"?>{declaration}", 1))
    assert code_of(path) in ("xml-entities", "damaged")


@pytest.mark.parametrize("declaration", ENTITIES)
def test_entities_in_excel(tmp_path: Path, declaration: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["ที่"])
    target = io.BytesIO()
    book.save(target)
    path = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/workbook.xml":
                data = declaration.encode() + data
            archive.writestr(name, data)
    assert code_of(path) == "xml-entities"


def test_a_web_page_loads_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("ความลับ", encoding="utf-8")
    path = tmp_path / "page.html"
    path.write_text(
        f'<!DOCTYPE html [<!ENTITY s SYSTEM "file://{tmp_path}/secret.txt">]>'
        "<html><body><p>วิสัยทัศน์ &s;</p><p>เมืองน่าอยู่ คู่ธรรมชาติ</p></body></html>",
        encoding="utf-8",
    )
    assert "ความลับ" not in ingest.read(path).pages[0].text


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".xlsx", ".txt", ".html", ".zip", ""])
def test_nothing_in_the_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"ว่าง{ending}"
    path.touch()
    assert code_of(path) == "empty-file"


@pytest.mark.parametrize("ending", [".pdf", ".xlsx", ".txt", ".jpg", ""])
def test_a_wrong_ending_does_not_matter(tmp_path: Path, ending: str) -> None:
    path = docx(tmp_path, paragraph("วิสัยทัศน์"), name=f"แผน{ending}")
    assert ingest.read(path).pages[0].text == "วิสัยทัศน์"


def test_an_office_file_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "ลับ.docx"
    streams = b"".join(
        name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", "EncryptedPackage")
    )
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + streams)
    assert code_of(path) == "encrypted"


@pytest.mark.parametrize("cut", [40, 400, 1200])
def test_a_word_file_cut_short(tmp_path: Path, cut: int) -> None:
    path = docx(tmp_path, "".join(paragraph(f"ข้อ {n}") for n in range(200)))
    path.write_bytes(path.read_bytes()[:-cut])
    assert code_of(path) == "damaged"


@pytest.mark.parametrize("nth", range(0, 400, 23))
def test_a_word_file_with_flipped_bytes_never_ends_in_a_traceback(tmp_path: Path, nth: int) -> None:
    path = docx(tmp_path, paragraph("พันธกิจ") * 30)
    data = bytearray(path.read_bytes())
    data[nth % len(data)] ^= 0xFF
    path.write_bytes(data)
    outcome = next(ingest.read_all(path))
    if isinstance(outcome, ReadError):
        assert outcome.code != "read-failed"


def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "ใหญ่.pdf"
    with path.open("wb") as file:
        file.truncate(2 * MIB)
    assert code_of(path, Limits(file_bytes=MIB)) == "too-large"


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_the_disk_is_full_while_an_archive_is_unpacked(tmp_path: Path) -> None:
    path, into = tmp_path / "แผน.zip", tmp_path / "into"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("แผน.txt", "วิสัยทัศน์" * 5000)
    into.mkdir()
    (into / "000000.txt").symlink_to(FULL)
    with pytest.raises(ReadError, match="disk-full"):
        unpack(path, into, Limits())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert code_of(tmp_path / "pipe.txt") == "not-a-file"


@pytest.mark.skipif(sys.platform != "linux", reason="such names need Linux")
def test_a_name_in_the_bytes_of_old_systems(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    raw = folder + b"/" + "แผนพัฒนา.txt".encode("tis-620")
    with open(raw, "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write("พันธกิจ".encode())
    document = ingest.read(Path(os.fsdecode(raw)))
    assert document.file.endswith("แผนพัฒนา.txt")
    assert document.file.encode()
