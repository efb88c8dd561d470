"""ODT, RTF and DOC through LibreOffice, or a clear word where it is missing."""

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.formats.sniff import Format
from ingest.readers import read_content
from ingest.readers.office import libreoffice as office

VISION = "ท่าน้ำใสเมืองเกษตรปลอดภัย"
needed = pytest.mark.skipif(office.libreoffice() is None, reason="LibreOffice is not installed")

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in [("office", "office"), ("text", "text"), ("manifest", "manifest")]
)


def odt(folder: Path, *lines: str, manifest: str = "") -> Path:
    inside = "".join(f"<text:p>{line}</text:p>" for line in lines)
    path = folder / "แผน.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", Format.ODT.value)
        archive.writestr(
            "content.xml",
            f'<office:document-content {_SPACES} office:version="1.2"><office:body><office:text>'
            f"{inside}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {_SPACES}><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{Format.ODT.value}"/><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml">'
            f"{manifest}</manifest:file-entry></manifest:manifest>",
        )
    return path


def rtf(folder: Path, *lines: str) -> Path:
    body = "\\par\n".join("".join(f"\\u{ord(c)}?" for c in line) for line in lines)
    path = folder / "แผน.rtf"
    path.write_text(f"{{\\rtf1\\ansi\\ansicpg874\\deff0 {body}}}", encoding="ascii")
    return path


@needed
@pytest.mark.slow
@pytest.mark.parametrize("make", [odt, rtf])
def test_lines_come_out(tmp_path: Path, make: Callable[..., Path]) -> None:
    path = make(tmp_path, "วิสัยทัศน์", VISION, "พันธกิจ")
    content = read_content(path, Limits())
    assert content.pages[0].text == f"วิสัยทัศน์\n{VISION}\nพันธกิจ"
    assert content.media_type in (Format.ODT.value, Format.RTF.value)


@needed
@pytest.mark.slow
def test_an_old_word_file_with_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("แบบ ผ.02")
    cells = document.add_table(2, 2, style="Table Grid")._cells
    for cell, text in zip(cells, ("โครงการ", "งบ", "ถนน", "9"), strict=True):
        cell.text = text
    document.add_paragraph("จบ")
    source = tmp_path / "plan.docx"
    document.save(str(source))
    program = office.libreoffice()
    assert program is not None
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "doc",
            "--outdir",
            tmp_path,
            source,
        ],
        check=True,
        capture_output=True,
    )
    content = read_content(tmp_path / "plan.doc", Limits())
    assert content.media_type == Format.DOC.value
    assert content.tables[0].rows == (("โครงการ", "งบ"), ("ถนน", "9"))
    assert content.tables[0].above == ("แบบ ผ.02",)


def test_without_libreoffice_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "PLACES", ())
    with pytest.raises(ReadError) as caught:
        read_content(rtf(tmp_path, "พันธกิจ"), Limits())
    assert (caught.value.code, caught.value.details["format"]) == ("needs-libreoffice", "RTF")


def test_documents_with_a_password(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="encrypted"):
        read_content(odt(tmp_path, "ลับ", manifest="<manifest:encryption-data/>"), Limits())
    directory = b"".join(
        name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", "WordDocument")
    ).ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    word = b"\xec\xa5" + bytes(8) + (0x0100).to_bytes(2, "little")
    (tmp_path / "ลับ.doc").write_bytes(header + directory + word.ljust(512, b"\0"))
    with pytest.raises(ReadError, match="encrypted"):
        read_content(tmp_path / "ลับ.doc", Limits())


@needed
@pytest.mark.slow
def test_what_libreoffice_makes_nothing_of(tmp_path: Path) -> None:
    path = tmp_path / "เสีย.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", Format.ODT.value)
        archive.writestr("content.xml", "<office>")
    with pytest.raises(ReadError) as caught:
        read_content(path, Limits())
    assert caught.value.code in ("conversion-failed", "empty-file", "damaged")


@pytest.mark.parametrize(
    ("libraries", "found"),
    [(["libsclo.so"], False), (["libsclo.so", "libswlo.so"], True), ([], True)],
)
def test_an_installation_without_the_part_for_text_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, libraries: list[str], found: bool
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name in libraries:
        (tmp_path / name).touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "PLACES", ())
    assert (office.libreoffice() is not None) == found
