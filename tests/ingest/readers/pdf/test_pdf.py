"""PDF files: what their pages say, which engine said it, and what broken ones answer."""

import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from rapidfuzz.distance import Levenshtein
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.progress import listening
from ingest.readers import read_content
from ingest.readers.pdf.engines import Pdfium, Poppler, Pypdf
from ingest.readers.pdf.opening import clean_title
from ingest.records import Content
from tests.ingest.readers.pdf.pdf_files import Leaf, assemble, pdf

needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed"
)
BODY = (
    "วิสัยทัศน์ของจังหวัดคือเมืองน่าอยู่และเศรษฐกิจมั่นคง",
    "ประชาชนมีคุณภาพชีวิตที่ดีและสิ่งแวดล้อมยั่งยืน",
    "พัฒนาโครงสร้างพื้นฐานให้ทั่วถึงทุกหมู่บ้าน",
    "ส่งเสริมการศึกษาและวัฒนธรรมท้องถิ่น",
    "บริหารจัดการตามหลักธรรมาภิบาล",
)


def read(path: Path, limits: Limits = Limits()) -> Content:
    return read_content(path, limits)


def code_of(path: Path, limits: Limits = Limits()) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, limits)
    assert caught.value.details["file"] == str(path)
    return caught.value.code


def page_of(lines: tuple[str, ...], start: float = 120) -> Leaf:
    leaf = Leaf()
    for number, line in enumerate(lines):
        leaf.text(72, start + 40 * number, line)
    return leaf


def tight(text: str) -> str:
    return "".join(text.split())


def without_poppler(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Look for programs in an empty folder, as on a machine that has none."""
    monkeypatch.setenv("PATH", str(folder))


def test_pages_keep_their_number_text_engine_and_quality(tmp_path: Path) -> None:
    path = pdf(tmp_path / "plan.pdf", [page_of(BODY[:2]), page_of(BODY[2:])], title="แผนพัฒนาจังหวัด")
    content = read(path)
    assert content.media_type == "application/pdf"
    assert content.title == "แผนพัฒนาจังหวัด"
    assert [page.number for page in content.pages] == [1, 2]
    assert BODY[0] in content.pages[0].text
    assert BODY[2] in content.pages[1].text
    assert all(page.quality and page.quality > 0.99 for page in content.pages)
    assert all(page.engine and not page.unread for page in content.pages)


def test_reads_the_same_without_poppler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf(tmp_path / "plan.pdf", [page_of(BODY)])
    first = read(path).pages[0].text
    without_poppler(monkeypatch, tmp_path)
    second = read(path).pages[0]
    assert second.engine == "pdfium"
    assert tight(second.text) == tight(first)


def test_says_what_is_meant_not_what_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaf = Leaf().text(72, 100, "แหล่ง").meaning(100, 100, "นา", "น้ำ").text(107, 100, "สะอาด")
    path = pdf(tmp_path / "meant.pdf", [leaf])
    without_poppler(monkeypatch, tmp_path)
    assert read(path).pages[0].text == "แหล่งน้ำสะอาด"


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    leaf = Leaf()
    for number, line in enumerate(BODY[:3]):
        leaf.text(60, 100 + 30 * number, line[:20], size=9)
    for number, line in enumerate(BODY[2:]):
        leaf.text(320, 100 + 30 * number, line[:20], size=9)
    text = tight(read(pdf(tmp_path / "columns.pdf", [leaf])).pages[0].text)
    left = [text.index(tight(line[:20])) for line in BODY[:2]]
    right = [text.rindex(tight(line[:20])) for line in BODY[3:]]
    assert left == sorted(left)
    assert right == sorted(right)
    assert max(left) < min(right)


def test_letters_drawn_twice_to_look_bold_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaf = Leaf().text(72, 100, "ยุทธศาสตร์").text(72.4, 100, "ยุทธศาสตร์")
    path = pdf(tmp_path / "bold.pdf", [leaf])
    without_poppler(monkeypatch, tmp_path)
    assert read(path).pages[0].text == "ยุทธศาสตร์"


def test_a_page_written_on_its_side_reads_upright(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "turned.pdf"
    paper = Canvas(str(path), pagesize=(595, 842))
    paper.setPageRotation(90)
    paper.rotate(90)
    paper.drawString(100, -80, "Strategic plan")
    paper.drawString(100, -110, "Fiscal year 2570")
    paper.save()
    without_poppler(monkeypatch, tmp_path)
    assert read(path).pages[0].text.split() == "Strategic plan Fiscal year 2570".split()


def test_running_lines_and_page_numbers_are_set_aside(tmp_path: Path) -> None:
    leaves = []
    for number in range(1, 5):
        leaf = Leaf().text(200, 40, "แผนพัฒนาท้องถิ่น เทศบาลตำบลบ้านใหม่")
        leaf.text(72, 100, BODY[number - 1]).text(72, 140, BODY[number])
        leaves.append(leaf.text(280, 800, f"- {number + 11} -"))
    pages = read(pdf(tmp_path / "book.pdf", leaves)).pages
    for number, page in enumerate(pages, start=1):
        assert page.furniture == ("แผนพัฒนาท้องถิ่น เทศบาลตำบลบ้านใหม่", f"- {number + 11} -")
        assert "เทศบาล" not in page.text
        assert BODY[number - 1] in page.text


def test_tells_of_every_page_it_has_read(tmp_path: Path) -> None:
    path = pdf(tmp_path / "plan.pdf", [page_of(BODY), Leaf(), page_of(BODY)])
    heard: list[int] = []
    with listening(lambda: heard.append(1)):
        content = read(path)
    assert len(heard) == 3
    assert content.pages[1].engine == "blank"
    assert content.pages[1].unread is None


def test_marks_at_private_places_come_home(tmp_path: Path) -> None:
    leaf = Leaf().text(72, 100, "ท\uf70bองถิ่น ป\uf705า ปี")
    assert read(pdf(tmp_path / "shifted.pdf", [leaf])).pages[0].text == "ท้องถิ่น ป่า ปี"


def test_titles_lose_what_programs_add() -> None:
    assert clean_title("Microsoft Word - แผน 2566.doc") == "แผน 2566"
    assert clean_title("เล่ม 6.indd") == "เล่ม 6"
    assert clean_title("  ") is None


class TestBroken:
    """Files that cannot be read say why, in one code each."""

    def test_truncated(self, tmp_path: Path) -> None:
        whole = pdf(tmp_path / "whole.pdf", [page_of(BODY)]).read_bytes()
        path = tmp_path / "half.pdf"
        path.write_bytes(whole[: len(whole) // 3])
        assert code_of(path) == "damaged"

    def test_nothing_but_a_signature(self, tmp_path: Path) -> None:
        path = tmp_path / "junk.pdf"
        path.write_bytes(b"%PDF-1.4\n" + b"junk " * 500)
        assert code_of(path) == "damaged"

    def test_no_pages(self, tmp_path: Path) -> None:
        tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
        assert code_of(assemble(tmp_path / "zero.pdf", tree)) == "no-pages"

    def test_pages_that_hold_each_other(self, tmp_path: Path) -> None:
        tree = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 2>>",
            b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 2>>",
        ]
        assert code_of(assemble(tmp_path / "loop.pdf", tree)) == "damaged"

    def test_more_pages_than_allowed(self, tmp_path: Path) -> None:
        kids = b" ".join(b"%d 0 R" % number for number in range(3, 10_003))
        tree = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 10000/Kids[%b]>>" % kids,
            *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * 10_000,
        ]
        assert code_of(assemble(tmp_path / "many.pdf", tree)) == "too-many-pages"

    def test_a_page_too_large_to_be_drawn(self, tmp_path: Path) -> None:
        leaf = Leaf(size=(200_000, 200_000)).line(0, 0, 9_000, 9_000)
        assert code_of(pdf(tmp_path / "wall.pdf", [leaf])) == "page-too-large"

    def test_a_damaged_page_leaves_the_others_readable(self, tmp_path: Path) -> None:
        path = pdf(tmp_path / "plan.pdf", [page_of(BODY), page_of(BODY)])
        data = path.read_bytes()
        at = data.rfind(b"/Type/Page/")
        path.write_bytes(data[:at] + b"/Type/Xxxx/" + data[at + 11 :])
        pages = read(path).pages
        assert BODY[0] in pages[0].text
        assert len(pages) == 2

    @pytest.mark.parametrize(("password", "opened"), [("", True), ("ความลับ", False)])
    def test_encrypted(self, tmp_path: Path, password: str, opened: bool) -> None:
        whole = pdf(tmp_path / "whole.pdf", [page_of(BODY)]).read_bytes()
        writer = PdfWriter(clone_from=PdfReader(BytesIO(whole)))
        writer.encrypt(password, "เจ้าของ", algorithm="RC4-128")
        path = tmp_path / "locked.pdf"
        writer.write(path)
        if opened:
            assert BODY[0] in read(path).pages[0].text
        else:
            assert code_of(path) == "encrypted"


class TestGold:
    """The gold files: PDFs of many makers and defects, all of one text."""

    TARGET = 0.001

    def errors(self, shared: Path, name: str) -> float:
        folder = shared / "eval" / "files"
        truth = tight((folder / "truth_prose.txt").read_text(encoding="utf-8"))
        pages = read(folder / name).pages
        text = tight("".join(page.text for page in pages))
        return Levenshtein.distance(text, truth) / len(truth)

    @pytest.mark.parametrize(
        "name",
        [
            "a_lo_2col",
            "a_lo_distribute",
            "a_lo_laksaman",
            "a_lo_notosans",
            "b_cr_2col",
            "b_cr_norasi",
            "b_cr_notosans",
            "c_rl_2col",
            "c_rl_garuda",
            "f_decomp",
            "f_letterspaced",
            "f_pua",
            "f_saee",
            "f_saraamspace",
            "f_spaces",
            "f_tonefirst",
        ],
    )
    def test_prose(self, shared: Path, name: str) -> None:
        assert self.errors(shared, f"{name}.pdf") <= self.TARGET

    @pytest.mark.parametrize("name", ["a_lo_laksaman", "b_cr_notosans", "f_spaces"])
    def test_prose_without_poppler(
        self, shared: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        without_poppler(monkeypatch, tmp_path)
        assert self.errors(shared, f"{name}.pdf") <= self.TARGET

    @pytest.mark.parametrize(
        "name", ["t_lo", "t_cr", "t_rl", "t_rl_pua", "t_rl_saraamspace", "t_rl_nogrid"]
    )
    def test_tables(self, shared: Path, name: str) -> None:
        folder = shared / "eval" / "files"
        truth = json.loads((folder / "truth_table.json").read_text(encoding="utf-8"))["rows"]
        tables = read(folder / f"{name}.pdf").tables
        assert len(tables) == 1
        rows = tables[0].rows[tables[0].headers :]
        right = sum(
            tight(cell) == tight(wanted)
            for row, gold in zip(rows, truth, strict=True)
            for cell, wanted in zip(row, gold, strict=True)
        )
        assert right >= 286

    def test_budget_book_pages_hold_their_statements(self, shared: Path) -> None:
        folder = shared / "eval" / "budget"
        gold = [
            json.loads(line)
            for line in (folder / "vision_mission.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        name = "th-budget-31.pdf"
        pages = {page.number: tight(page.text) for page in read(folder / name).pages}
        wanted = [entry for entry in gold if entry["pdf"] == name]
        assert wanted
        for entry in wanted:
            for statement in entry["statements"]:
                assert tight(statement["text"]) in pages[entry["page"]]


@needs_poppler
def test_engines_agree_on_what_they_all_read_well(tmp_path: Path) -> None:
    from ingest.readers.pdf.document import Document

    path = pdf(tmp_path / "plan.pdf", [page_of(BODY)])
    with Document(path) as document:
        texts = {
            engine.name: tight(engine.read(document, [1])[1])
            for engine in (Poppler(60.0), Pypdf(), Pdfium())
        }
    assert len(set(texts.values())) == 1
