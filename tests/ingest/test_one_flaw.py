"""One flaw in a file is said and costs no more than it must: the rest of the file is read."""

import zipfile
from pathlib import Path

import pytest

import ingest
from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.readers.archive import unpack
from ingest.thai.repair import repair, whole
from tests.ingest.readers.office.office_files import cell, docx, paragraph, row, table
from tests.ingest.readers.pdf.pdf_files import Leaf, pdf


@pytest.mark.parametrize("number", ["1e308", "-1", "๓", "", "9" * 400])
def test_a_span_that_is_no_number_counts_as_one(tmp_path: Path, number: str) -> None:
    wide = cell("โครงการ", properties=f'<w:gridSpan w:val="{number}"/>')
    path = docx(tmp_path, paragraph("วิสัยทัศน์") + table(row(wide, cell("งบ")), row(cell("ก"))))
    content = read_content(path, Limits())
    assert content.pages[0].text.startswith("วิสัยทัศน์")
    assert content.tables[0].rows[0] in (("โครงการ", "งบ"), ("โครงการ", "", "", "งบ"))


def test_half_a_character_is_none_and_two_are_one() -> None:
    assert whole("ก\udd00ข") == "ก\ufffdข"
    assert whole("\ud83d\ude00") == "\U0001f600"
    assert repair("วิสัย\udd00ทัศน์ เมืองน่าอยู่").encode()


def test_letters_a_font_does_not_name_are_said(tmp_path: Path) -> None:
    page = Leaf().text(60, 100, "วิสัยทัศน์").text(60, 130, "Vision: a good town for all")
    path = pdf(tmp_path / "แผน.pdf", [page, Leaf().text(60, 100, "Mission: clean water")])
    data = path.read_bytes()
    assert b"<0E00> <0EFF> <0E00>" in data
    path.write_bytes(data.replace(b"<0E00> <0EFF> <0E00>", b"<0E00> <0EFF> <DD00>"))
    document = ingest.read(path)
    assert [page.text for page in document.pages] == [
        "Vision: a good town for all",
        "Mission: clean water",
    ]
    assert document.notes == ("unknown-letters: 1",)


def misnamed(path: Path) -> Path:
    """Write an archive that claims a name in cp874 to be UTF-8."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("แผน.txt", "วิสัยทัศน์")
        archive.writestr("good.txt", "พันธกิจ")
    names = ("แผน.txt".encode(), "โครงการ".encode("cp874") + b"66.txt")
    assert len(names[0]) == len(names[1])
    path.write_bytes(path.read_bytes().replace(*names))
    return path


def test_a_name_in_an_archive_that_is_no_utf_8(tmp_path: Path) -> None:
    path, into = misnamed(tmp_path / "แผน.zip"), tmp_path / "into"
    into.mkdir()
    with pytest.raises(ReadError, match="is-archive"):
        ingest.read(path)
    members = unpack(path, into, Limits())
    assert [member.name for member in members] == ["โครงการ66.txt", "good.txt"]
    assert [member.error for member in members] == [None, None]
    assert (into / str(members[0].file)).read_text("utf-8") == "วิสัยทัศน์"


def test_a_page_that_draws_too_much_is_read_in_part(tmp_path: Path) -> None:
    page = Leaf().text(60, 100, "วิสัยทัศน์ เมืองน่าอยู่").grid(range(0, 500, 5), range(0, 500, 5))
    content = read_content(pdf(tmp_path / "แผน.pdf", [page]), Limits(objects=100))
    assert "วิสัยทัศน์" in content.pages[0].text
    assert content.notes == ("page-cut: 1",)
    assert content.tables == ()
