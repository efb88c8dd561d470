"""Which lines of a page belong together: told by where they stand on it."""

from pathlib import Path

import pytest

from ingest.formats.limits import Limits
from ingest.readers import read_content
from tests.ingest.readers.pdf.pdf_files import Leaf, pdf

FULL = "พัฒนาโครงสร้างพื้นฐานและระบบสาธารณูปโภคให้ได้มาตรฐานและทั่วถึง"

LONG = "ส่งเสริมการศึกษาศิลปวัฒนธรรมและภูมิปัญญาท้องถิ่นให้คงอยู่สืบไปนาน"


def text(folder: Path, *lines: tuple[float, str], step: float = 24, size: float = 12) -> str:
    leaf = Leaf()
    for number, (x, words) in enumerate(lines):
        leaf.text(x, 100 + step * number, words, size=size)
    return read_content(pdf(folder / "page.pdf", [leaf]), Limits()).pages[0].text


def test_full_lines_go_on_and_short_ones_end(tmp_path: Path) -> None:
    found = text(tmp_path, (72, FULL), (72, LONG), (72, "ทุกหมู่บ้าน"), (72, FULL), (72, "จบแล้ว"))
    assert found == f"{FULL}{LONG}ทุกหมู่บ้าน\n{FULL}จบแล้ว"


def test_an_indent_begins_a_paragraph(tmp_path: Path) -> None:
    found = text(tmp_path, (96, FULL[:-7]), (72, LONG), (96, LONG[:-6]), (72, "ประชาธิปไตย"))
    assert found.split("\n") == [FULL[:-7] + LONG, LONG[:-6] + "ประชาธิปไตย"]


def test_list_items_keep_their_lines_and_what_hangs_below_them(tmp_path: Path) -> None:
    found = text(tmp_path, (72, f"1. {FULL}"), (90, "ทุกหมู่บ้าน"), (72, f"2. {FULL}"), (90, "ทุกตำบล"))
    assert found.split("\n") == [f"1. {FULL}ทุกหมู่บ้าน", f"2. {FULL}ทุกตำบล"]


@pytest.mark.parametrize(
    ("end", "start", "joined"),
    [("ตาม ยุทธศาสตร์ที่", "๓.๑ จัดสวัสดิการสังคม", True), ("ให้ครบถ้วน", "3.1 จัดสวัสดิการ", False)],
)
def test_a_number_that_was_waited_for_begins_no_item(
    tmp_path: Path, end: str, start: str, joined: bool
) -> None:
    found = text(tmp_path, (72, FULL), (72, FULL[: -len(end)] + end), (72, start))
    assert found.count("\n") == (0 if joined else 1)


def test_larger_letters_stand_apart(tmp_path: Path) -> None:
    leaf = Leaf().text(72, 100, LONG[:44], size=18).text(72, 124, FULL, size=12)
    leaf.text(72, 148, LONG, size=12)
    content = read_content(pdf(tmp_path / "page.pdf", [leaf]), Limits())
    assert content.pages[0].text == f"{LONG[:44]}\n{FULL}{LONG}"


def test_spread_letters_are_words(tmp_path: Path) -> None:
    leaf = Leaf()
    for number in range(0, 20, 2):
        leaf.text(72 + 10 * number, 100, "สนามกลางบานของเราทกคน"[number : number + 2], size=12)
    content = read_content(pdf(tmp_path / "spread.pdf", [leaf]), Limits())
    assert content.pages[0].text == "สนามกลางบานของเราทกค"
