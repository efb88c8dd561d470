"""Scans and images: ink, ruling lines, lost marks, OCR where tesseract is installed."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.progress import listening
from ingest.readers import read_content
from ingest.readers.image import ocr
from ingest.readers.image.binarisation import ink_of, lines_of, rules_of, skew_of, without_specks
from ingest.readers.image.lost_marks import put_back
from ingest.readers.tables.ruled import grids
from ingest.records import Content

DPI = 200
needs_ocr = pytest.mark.skipif(
    not ocr.available(), reason="tesseract with Thai is not installed (tesseract-ocr-tha)"
)


def read(path: Path, limits: Limits = Limits()) -> Content:
    return read_content(path, limits)


def code_of(path: Path, limits: Limits = Limits()) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, limits)
    assert caught.value.details["file"] == str(path)
    return caught.value.code


def paper(width: int = 1400, height: int = 900) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (width, height), 245)
    return image, ImageDraw.Draw(image)


def write(draw: ImageDraw.ImageDraw, x: float, y: float, words: str) -> None:
    draw.text((x, y), words, fill=20, font=ImageFont.load_default(34))


def drawn_table(cells: list[list[str]], top: int = 200) -> Image.Image:
    image, draw = paper()
    xs, ys = [60, 180, 760, 1060, 1340], [top + 90 * n for n in range(len(cells) + 1)]
    for y in ys:
        draw.line((xs[0], y, xs[-1], y), fill=30, width=3)
    for x in xs:
        draw.line((x, ys[0], x, ys[-1]), fill=30, width=3)
    for y, row in zip(ys, cells, strict=False):
        for x, cell in zip(xs, row, strict=False):
            if cell == "-":
                draw.line((x + 20, y + 45, x + 34, y + 45), fill=20, width=4)
            else:
                write(draw, x + 20, y + 25, cell)
    return image


CELLS = [
    ["No.", "Project", "Budget 2566", "Budget 2567"],
    ["1", "Road works", "375,000", "-"],
    ["2", "Water supply", "-", "1,260,000"],
]


class TestInk:
    def test_a_turned_page_is_laid_straight(self) -> None:
        turned = drawn_table(CELLS).rotate(1.5, fillcolor=245)
        assert skew_of(ink_of(turned)) == pytest.approx(-1.5, abs=0.2)
        assert skew_of(ink_of(drawn_table(CELLS))) == 0.0

    def test_ruling_lines_make_the_cells(self) -> None:
        (grid,) = grids(rules_of(ink_of(drawn_table(CELLS)), DPI), tolerance=5)
        assert (grid.rows, grid.columns, len(grid.cells)) == (3, 4, 12)

    def test_text_alone_rules_nothing(self) -> None:
        image, draw = paper()
        for line in range(8):
            write(draw, 80, 60 + 60 * line, "Plain words of a plan without any table")
        assert rules_of(ink_of(image), DPI) == []

    def test_lines_of_a_block_are_parted_and_short_ones_kept(self) -> None:
        image, draw = paper(600, 300)
        for line, words in enumerate(("A longer line of words", "short", "and a third one")):
            write(draw, 20, 20 + 70 * line, words)
        ink = ink_of(image)
        rows = np.flatnonzero(ink.any(axis=1))
        assert len(lines_of(ink[rows[0] : rows[-1] + 1], DPI)) == 3

    def test_specks_go_and_letters_stay(self) -> None:
        image, draw = paper(400, 200)
        write(draw, 40, 60, "0.15")
        clean = ink_of(image)
        rng = np.random.default_rng(7)
        specked = clean.copy()
        specked[rng.integers(0, 200, 60), rng.integers(0, 400, 60)] = True
        left = without_specks(specked, DPI)
        assert (left & clean).sum() >= 0.98 * clean.sum()
        assert (left & ~clean).sum() < 20

    @pytest.mark.parametrize("grey", [0, 128, 255])
    def test_a_blank_page_has_no_ink_no_skew_and_no_rules(self, grey: int) -> None:
        blank = ink_of(Image.new("L", (300, 300), grey))
        assert not blank.any()
        assert skew_of(blank) == 0.0
        assert rules_of(blank, DPI) == []


class TestLostMarks:
    @pytest.mark.parametrize(
        ("read", "meant"),
        [
            ("องค์กรปกครองส่วนท้องถิน", "องค์กรปกครองส่วนท้องถิ่น"),
            ("โครงสร้างพืนฐาน", "โครงสร้างพื้นฐาน"),
            ("ป้องกันน้าท่วม", "ป้องกันน้ำท่วม"),
            ("หมู่ที 3", "หมู่ที่ 3"),
            ("ทำงานเป็นทีม", "ทำงานเป็นทีม"),
            ("อย่างเท่าเทียม", "อย่างเท่าเทียม"),
            ("น้าสาว", "น้าสาว"),
            ("lo. พันธกิจ\nom.ค่านิยม", "๒. พันธกิจ\n๓.ค่านิยม"),
            ("ดู lo. พันธกิจ\nlo. and so", "ดู lo. พันธกิจ\nlo. and so"),
        ],
    )
    def test_words(self, read: str, meant: str) -> None:
        assert put_back(read) == meant

    @given(st.text(alphabet="กขคงชนมรสทาิี่้ำเแน์ 1๑.", max_size=40))
    def test_it_settles_and_loses_no_consonant(self, text: str) -> None:
        once = put_back(text)
        assert put_back(once) == once
        consonants = [letter for letter in text if "ก" <= letter <= "ฮ"]
        assert [letter for letter in once if "ก" <= letter <= "ฮ"] == consonants


class TestImages:
    @needs_ocr
    def test_a_table_in_an_image(self, tmp_path: Path) -> None:
        path = tmp_path / "table.png"
        drawn_table(CELLS).rotate(0.6, fillcolor=245).save(path, dpi=(DPI, DPI))
        content = read(path)
        (page,) = content.pages
        assert content.media_type == "image/png"
        assert (page.engine, page.unverified, page.unread) == ("tesseract", True, None)
        (table,) = content.tables
        assert table.unverified
        assert [list(row)[2:] for row in table.rows[1:]] == [row[2:] for row in CELLS[1:]]
        assert [row[1].casefold() for row in table.rows[1:]] == ["road works", "water supply"]

    @needs_ocr
    def test_each_frame_is_a_page_and_each_page_is_told_of(self, tmp_path: Path) -> None:
        frames = []
        for words in ("First page of the plan", "Second page of the plan"):
            image, draw = paper(1000, 300)
            write(draw, 60, 100, words)
            frames.append(image)
        path = tmp_path / "fax.tiff"
        frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(DPI, DPI))
        heard: list[int] = []
        with listening(lambda: heard.append(1)):
            pages = read(path).pages
        assert [page.number for page in pages] == [1, 2]
        assert "First" in pages[0].text
        assert "Second" in pages[1].text
        assert len(heard) == 2

    @needs_ocr
    def test_a_page_on_its_side_is_turned(self, tmp_path: Path) -> None:
        image, draw = paper(1400, 1000)
        for line in range(12):
            write(draw, 80, 60 + 70 * line, "Strategic plan of the municipality, fiscal year 2566")
        path = tmp_path / "side.png"
        image.rotate(90, expand=True, fillcolor=245).save(path, dpi=(DPI, DPI))
        assert "municipality" in read(path).pages[0].text

    def test_without_tesseract_the_page_is_listed_as_unread(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "photo.jpg"
        drawn_table(CELLS).save(path)
        monkeypatch.setenv("PATH", str(tmp_path))
        ocr.available.cache_clear()
        try:
            (page,) = read(path).pages
        finally:
            ocr.available.cache_clear()
        assert (page.text, page.unread) == ("", "no-ocr")

    def test_a_picture_with_more_pixels_than_allowed(self, tmp_path: Path) -> None:
        path = tmp_path / "large.png"
        Image.new("1", (3000, 3000)).save(path)
        assert code_of(path, Limits(pixels=1_000_000)) == "too-many-pixels"

    def test_more_frames_than_allowed(self, tmp_path: Path) -> None:
        path = tmp_path / "many.tiff"
        frames = [Image.new("1", (20, 20), n % 2) for n in range(5)]
        frames[0].save(path, save_all=True, append_images=frames[1:])
        assert code_of(path, Limits(pages=3)) == "too-many-pages"

    @pytest.mark.parametrize("kept", [40, 400])
    def test_a_truncated_picture(self, tmp_path: Path, kept: int) -> None:
        path = tmp_path / "half.png"
        drawn_table(CELLS).save(path)
        path.write_bytes(path.read_bytes()[:kept])
        assert code_of(path) == "damaged"


@needs_ocr
@pytest.mark.slow
class TestGold:
    """The gold scans: prose at 150 and 200 dots an inch, and a table."""

    @pytest.mark.parametrize("name", ["e_clean_150", "e_noisy_200"])
    def test_prose(self, shared: Path, name: str) -> None:
        folder = shared / "eval" / "files"
        truth = "".join((folder / "truth_prose.txt").read_text(encoding="utf-8").split())
        content = read(folder / f"{name}.pdf")
        assert all(page.unverified and page.engine == "tesseract" for page in content.pages)
        text = "".join("".join(page.text for page in content.pages).split())
        assert Levenshtein.distance(text, truth) <= 0.03 * len(truth)

    def test_table(self, shared: Path) -> None:
        folder = shared / "eval" / "files"
        truth = json.loads((folder / "truth_table.json").read_text(encoding="utf-8"))["rows"]
        (table,) = read(folder / "e_table_200.pdf").tables
        cells = [
            ("".join(cell.split()) == "".join(wanted.split()), column)
            for row, gold in zip(table.rows[table.headers :], truth, strict=True)
            for column, (cell, wanted) in enumerate(zip(row, gold, strict=True))
        ]
        assert sum(right for right, _ in cells) >= 235
        assert sum(right for right, column in cells if 4 <= column < 9) >= 118
