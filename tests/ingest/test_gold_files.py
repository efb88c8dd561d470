"""Every gold file from its bytes to statements and projects, on the pages they stand on."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

import ingest
from ingest.readers.image import ocr
from ingest.records import Document

PROSE = (
    "a_lo_2col.pdf",
    "a_lo_distribute.pdf",
    "a_lo_laksaman.docx",
    "a_lo_laksaman.pdf",
    "a_lo_notosans.pdf",
    "b_cr_2col.pdf",
    "b_cr_norasi.pdf",
    "b_cr_notosans.pdf",
    "c_rl_2col.pdf",
    "c_rl_garuda.pdf",
    "f_decomp.pdf",
    "f_letterspaced.pdf",
    "f_pua.pdf",
    "f_saee.pdf",
    "f_saraamspace.pdf",
    "f_spaces.pdf",
    "f_tonefirst.pdf",
)
SCANNED_PROSE = ("e_clean_150.pdf", "e_noisy_200.pdf")
TABLES = {
    "t_cr.pdf": 24,
    "t_lo.docx": 24,
    "t_lo.pdf": 24,
    "t_rl.pdf": 24,
    "t_rl_nogrid.pdf": 24,
    "t_rl_pua.pdf": 24,
    "t_rl_saraamspace.pdf": 24,
    "o_full.docx": 24,
    "o_big.xlsx": 4000,
}
SCANNED_TABLE = "e_table_200.pdf"
WEB = ("page.html", "page_tis620.html", "page_tis620_nometa.html")

needs_ocr = pytest.mark.skipif(not ocr.available(), reason="needs tesseract")
pytestmark = pytest.mark.slow


def tight(text: str) -> str:
    return "".join(text.split())


def read(shared: Path, name: str) -> Document:
    """Read a gold file, and see that all it says stands on the page it names."""
    document = ingest.read(shared / "eval" / "files" / name)
    pages = {page.number: tight(page.text) for page in document.pages}
    for statement in document.statements:
        assert tight(statement.text)[:20] in pages[statement.page], statement
    assert all(project.page in pages for project in document.projects)
    return document


def check_prose(document: Document) -> None:
    kinds = Counter(str(statement.kind) for statement in document.statements)
    assert kinds["vision"] == 1
    assert kinds["mission"] == 4
    assert kinds["value"] >= 1
    assert kinds["strategic_issue"] >= 3
    assert kinds["strategy"] == 3
    assert document.organisation is not None
    assert document.organisation.name == "เทศบาลตำบลหนองน้ำใส"
    assert not document.projects


def test_no_gold_file_is_left_out(shared: Path) -> None:
    known = {*PROSE, *SCANNED_PROSE, *TABLES, SCANNED_TABLE, *WEB}
    there = {path.name for path in (shared / "eval" / "files").iterdir()}
    assert {name for name in there if not name.startswith("truth")} == known


@pytest.mark.parametrize("name", PROSE)
def test_prose(shared: Path, name: str) -> None:
    check_prose(read(shared, name))


@needs_ocr
@pytest.mark.parametrize("name", SCANNED_PROSE)
def test_scanned_prose(shared: Path, name: str) -> None:
    check_prose(read(shared, name))


@pytest.mark.parametrize(("name", "rows"), TABLES.items())
def test_tables(shared: Path, name: str, rows: int) -> None:
    document = read(shared, name)
    assert len(document.projects) == rows
    assert all(len(project.budget) == 4 for project in document.projects)
    on = [project.page for project in document.projects]
    assert on == sorted(on), "rows come in the order of their pages"
    assert {*on} == {page.number for page in document.pages}, "no page is without its rows"


@needs_ocr
def test_a_scanned_table(shared: Path) -> None:
    projects = read(shared, SCANNED_TABLE).projects
    assert len(projects) == 24
    years = Counter(chain.from_iterable(project.budget for project in projects))
    assert set(years) <= set(range(2566, 2571))
    assert sum(years.values()) >= 94


@pytest.mark.parametrize("name", WEB)
def test_web_pages(shared: Path, name: str) -> None:
    document = read(shared, name)
    kinds = Counter(str(statement.kind) for statement in document.statements)
    assert (kinds["vision"], kinds["mission"]) == (1, 3)
    assert document.organisation is not None
