"""A folder of everything that can be wrong with files, and a good one among them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

import kb
from ingest.formats.limits import MIB, Limits
from kb.loading.loading import load
from kb.store.store import Store
from tests.ingest.readers.office.office_files import docx
from tests.ingest.readers.pdf.pdf_files import Leaf, assemble, pdf

pytestmark = pytest.mark.slow

PLAN = "วิสัยทัศน์\n“เมืองน่าอยู่ คู่ธรรมชาติ”\nพันธกิจ\n1. พัฒนาโครงสร้างพื้นฐานให้ทั่วถึง\n"
ROOT = Path(kb.__file__).resolve().parent.parent
SMALL = Limits(inflated_bytes=4 * MIB, pixels=1_000_000, pages=50)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "phaen.db")
    yield opened
    opened.close()


def packed(path: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, data)


def bad_pdfs(folder: Path) -> dict[str, str]:
    """Write PDFs that cannot be read; return the code each is refused with."""
    whole = pdf(folder / "ดี.pdf", [Leaf().text(72, 100, "วิสัยทัศน์ เมืองน่าอยู่")]).read_bytes()
    (folder / "ครึ่ง.pdf").write_bytes(whole[: len(whole) // 3])
    writer = PdfWriter(clone_from=PdfReader(BytesIO(whole)))
    writer.encrypt("ความลับ", "เจ้าของ", algorithm="RC4-128")
    writer.write(folder / "ลับ.pdf")
    catalog, leaf = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Page/Parent 2 0 R>>"
    assemble(folder / "ไม่มีหน้า.pdf", [catalog, b"<</Type/Pages/Kids[]/Count 0>>"])
    assemble(folder / "วน.pdf", [catalog, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 63))
    assemble(
        folder / "หนา.pdf", [catalog, b"<</Type/Pages/Count 60/Kids[%b]>>" % kids, *[leaf] * 60]
    )
    return {
        "ครึ่ง.pdf": "damaged",
        "ลับ.pdf": "encrypted",
        "ไม่มีหน้า.pdf": "no-pages",
        "วน.pdf": "damaged",
        "หนา.pdf": "too-many-pages",
    }


def bad_others(folder: Path) -> dict[str, str]:
    """Write other files that cannot be read; return the code each is refused with."""
    (folder / "ว่าง.docx").touch()
    (folder / "ขยะ.xlsx").write_bytes(bytes(range(256)) * 20)
    Image.new("1", (3000, 3000)).save(folder / "ผนัง.png")
    docx(folder, "<w:p/>" * 900_000, name="ระเบิด.docx")
    packed(folder / "ระเบิด.xlsx", "xl/workbook.xml", bytes(8 * MIB))
    with zipfile.ZipFile(folder / "หลุด.zip", "w") as archive:
        archive.writestr("../evil.txt", PLAN)
    return {
        "ว่าง.docx": "empty-file",
        "ขยะ.xlsx": "not-text",
        "ผนัง.png": "too-many-pixels",
        "ระเบิด.docx": "inflated-too-large",
        "ระเบิด.xlsx": "inflated-too-large",
        "หลุด.zip": "unsafe-archive",
    }


def test_each_bad_file_is_told_and_the_good_ones_are_kept(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "แผน"
    folder.mkdir()
    (folder / "แผน.pdf").write_text(PLAN, encoding="utf-8")  # a text by another name
    expected = bad_pdfs(folder) | bad_others(folder)
    found = list(load([folder], store, workers=1, limits=SMALL))
    stated = {Path(one.file).name: one.error.code for one in found if one.error}
    assert stated == expected
    kept = {Path(one.file).name for one in found if one.status == "added"}
    assert kept == {"แผน.pdf", "ดี.pdf"}
    assert store.count("documents") == 2
    assert not (tmp_path / "evil.txt").exists()
    again = list(load([folder], store, workers=1, limits=SMALL))
    assert sorted(one.status for one in again) == ["failed"] * 11 + ["unchanged"] * 2


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on file sizes here")
def test_a_full_disk_adds_nothing_and_the_next_run_does(tmp_path: Path) -> None:
    """Files may not grow beyond a size: what a process on a full disk meets when it writes."""
    (tmp_path / "แผน.txt").write_text(PLAN, encoding="utf-8")
    code = (
        "import resource, sys; from kb.store.store import Store; from kb.loading.loading import load\n"
        "store = Store(sys.argv[1])\n"
        "most = int(sys.argv[3]) or resource.RLIM_INFINITY\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\n"
        "for one in load([sys.argv[2]], store, workers=1):\n"
        "    print(one.status, one.error.code if one.error else '', store.count('documents'))\n"
        "store.close()"
    )
    stated = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "kb.db"), str(tmp_path / "แผน.txt"), most],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
        ).stdout.split()
        for most in ("600000", "0")
    ]
    assert stated == [["failed", "disk-full", "0"], ["added", "1"]]
