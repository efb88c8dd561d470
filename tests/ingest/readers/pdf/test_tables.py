"""Tables in PDFs: with ruling lines and without, over page ends, with what stands above."""

from pathlib import Path

import pytest

from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.readers.tables.joining import Part, join, line_joined
from ingest.records import Table
from tests.ingest.readers.pdf.pdf_files import Leaf, pdf

WIDE = (842.0, 595.0)
XS = (40, 80, 240, 400, 480, 560, 700)
HEAD = ("ที่", "โครงการ", "วัตถุประสงค์", "2566 (บาท)", "2567 (บาท)", "หน่วยงานรับผิดชอบ")
ROWS = (
    ("1", "โครงการก่อสร้างถนน หมู่ที่ 1", "เพื่อให้เดินทางสะดวก", "375,000", "-", "กองช่าง"),
    ("2", "โครงการขุดลอกคลอง หมู่ที่ 2", "เพื่อกักเก็บน้ำ", "-", "260,000", "กองช่าง"),
    ("3", "โครงการอบรมอาชีพ", "เพื่อเพิ่มรายได้", "50,000", "50,000", "สำนักปลัด"),
)


def tables(path: Path) -> tuple[Table, ...]:
    return read_content(path, Limits()).tables


def row(leaf: Leaf, top: float, cells: tuple[str, ...]) -> None:
    for x, cell in zip(XS, cells, strict=False):
        if cell:
            leaf.text(x + 4, top, cell, size=9)


def ruled(rows: list[tuple[str, ...]], above: tuple[str, ...] = (), top: float = 150) -> Leaf:
    leaf = Leaf(size=WIDE)
    for number, line in enumerate(above):
        leaf.text(60, top - 18 * (len(above) - number), line, size=12)
    tops = [top + 30 * number for number in range(len(rows) + 1)]
    leaf.grid(XS, tops)
    for start, cells in zip(tops, rows, strict=False):
        row(leaf, start + 18, cells)
    return leaf


def test_a_ruled_table_with_the_lines_above_it(tmp_path: Path) -> None:
    above = ("ยุทธศาสตร์ที่ 1 โครงสร้างพื้นฐาน", "แผนงานอุตสาหกรรมและการโยธา")
    (table,) = tables(pdf(tmp_path / "t.pdf", [ruled([HEAD, *ROWS], above)]))
    assert table.rows == (HEAD, *ROWS)
    assert table.above == above
    assert table.page == 1
    assert table.row_pages == (1, 1, 1, 1)
    assert not table.unverified


def test_headers_of_two_rows_are_written_over_each_column(tmp_path: Path) -> None:
    leaf = Leaf(size=WIDE)
    for top in (100, 160, 190):
        leaf.line(40, top, 560, top)
    leaf.line(240, 130, 480, 130)
    for x in (40, 80, 240, 480, 560):
        leaf.line(x, 100, x, 190)
    for x in (320, 400):
        leaf.line(x, 130, x, 190)
    for x, top, word in (
        (44, 120, "ที่"),
        (90, 120, "โครงการ"),
        (330, 118, "งบประมาณ"),
        (490, 120, "หน่วยงาน"),
        (250, 150, "2566"),
        (330, 150, "2567"),
        (410, 150, "2568"),
        (44, 180, "1"),
        (90, 180, "โครงการทดสอบ"),
        (250, 180, "100,000"),
        (490, 180, "กองคลัง"),
    ):
        leaf.text(x, top, word, size=10)
    (table,) = tables(pdf(tmp_path / "two.pdf", [leaf]))
    assert table.headers == 2
    assert table.rows == (
        ("ที่", "โครงการ", "งบประมาณ", "งบประมาณ", "งบประมาณ", "หน่วยงาน"),
        ("", "", "2566", "2567", "2568", ""),
        ("1", "โครงการทดสอบ", "100,000", "", "", "กองคลัง"),
    )


def test_a_table_goes_on_over_the_page_end(tmp_path: Path) -> None:
    rest = ("", "และปรับภูมิทัศน์", "", "", "", "")
    leaves = [ruled([HEAD, *ROWS[:2]]), ruled([HEAD, rest, ROWS[2]], top=60)]
    (table,) = tables(pdf(tmp_path / "on.pdf", leaves))
    assert [cells[0] for cells in table.rows] == ["ที่", "1", "2", "3"]
    assert table.rows[2][1] == "โครงการขุดลอกคลอง หมู่ที่ 2 และปรับภูมิทัศน์"
    assert table.row_pages == (1, 1, 1, 2)


def test_another_plan_above_begins_another_table(tmp_path: Path) -> None:
    leaves = [
        ruled([HEAD, *ROWS[:2]], ("แผนงานเคหะและชุมชน",)),
        ruled([HEAD, ROWS[2]], ("แผนงานสาธารณสุข",)),
    ]
    first, second = tables(pdf(tmp_path / "plans.pdf", leaves))
    assert first.above == ("แผนงานเคหะและชุมชน",)
    assert second.above == ("แผนงานสาธารณสุข",)


def test_columns_without_lines_come_from_the_header(tmp_path: Path) -> None:
    leaves = []
    for rows in (ROWS[:2], ROWS[2:]):
        leaf = Leaf(size=WIDE)
        row(leaf, 80, HEAD)
        for number, cells in enumerate(rows):
            row(leaf, 110 + 40 * number, cells)
            leaf.text(XS[1] + 4, 122 + 40 * number, "เทศบาลตำบลบ้านใหม่", size=9)
        leaves.append(leaf)
    (table,) = tables(pdf(tmp_path / "bare.pdf", leaves))
    assert table.rows[0] == HEAD
    assert [cells[0] for cells in table.rows[1:]] == ["1", "2", "3"]
    assert table.rows[1][1] == "โครงการก่อสร้างถนน หมู่ที่ 1 เทศบาลตำบลบ้านใหม่"
    assert [cells[3:5] for cells in table.rows[1:]] == [cells[3:5] for cells in ROWS]


def test_boxes_around_text_are_no_tables(tmp_path: Path) -> None:
    leaf = Leaf().grid((60, 500), (80, 200)).text(80, 120, "วิสัยทัศน์ เมืองน่าอยู่")
    assert tables(pdf(tmp_path / "box.pdf", [leaf])) == ()


def part(page: int, *rows: tuple[str, ...], above: tuple[str, ...] = (), **kind: bool) -> Part:
    return Part(page, rows, tuple(map(float, XS)), headers=0, above=above, **kind)


def test_parts_join_only_on_neighbouring_pages() -> None:
    assert len(join([part(1, HEAD, ROWS[0]), part(3, HEAD, ROWS[1])])) == 2
    assert len(join([part(1, HEAD, ROWS[0]), part(2, HEAD, ROWS[1])])) == 1
    assert len(join([part(1, HEAD, ROWS[0], closes=False), part(2, HEAD, ROWS[1])])) == 2


def test_one_scanned_part_makes_the_table_unverified() -> None:
    (table,) = join([part(1, HEAD, ROWS[0]), part(2, HEAD, ROWS[1], unverified=True)])
    assert table.unverified


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("โครงการก่อสร้างถนน", "คอนกรีตเสริมเหล็ก"), "โครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก"),
        (("หมู่ที่ 1", "บ้านใหม่"), "หมู่ที่ 1 บ้านใหม่"),
        (("ลดการ ", "เกิดเหตุ"), "ลดการ เกิดเหตุ"),
        (("2566 (", "บาท)"), "2566 (บาท)"),
        (("", "  ", "คำ"), "คำ"),
    ],
)
def test_lines_of_a_cell(lines: tuple[str, ...], joined: str) -> None:
    assert line_joined(lines) == joined
