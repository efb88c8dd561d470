"""Headers and what they mean, Thai and English, merged, in two rows, misread."""

from decimal import Decimal

import pytest

from ingest.extract.projects.columns import columns, meaning, nearest


@pytest.mark.parametrize(
    ("header", "means"),
    [
        ("ที่", "number"),
        ("ลำดับที่", "number"),
        ("No.", "number"),
        ("โครงการ", "title"),
        ("ชื่อโครงการ", "title"),
        ("แผนงาน/โครงการ", "title"),
        ("โครงการ / กิจกรรม", "title"),
        ("Project title", "title"),
        ("title", "title"),
        ("วัตถุประสงค์", "objective"),
        ("วัตถุประสงค์ของโครงการ", "objective"),
        ("เป้าหมาย\n(ผลผลิตของโครงการ)", "target"),
        ("รายละเอียดของกิจกรรม", "target"),
        ("ตัวชี้วัด (KPI)", "indicator"),
        ("ผลที่คาดว่าจะได้รับ", "expected_result"),
        ("หน่วยงานรับผิดชอบหลัก", "responsible"),
        ("หน่วยงานเจ้าของโครงการ", "responsible"),
        ("หน่วยงาน", "organisation"),
        ("organisation", "organisation"),
        ("สถานที่ดำเนินการ", "place"),
        ("พื้นที่", "place"),
        ("place", "place"),
        ("ปีงบประมาณ", "year"),
        ("fiscal year", "year"),
        ("ปี", "year"),
        ("งบประมาณ", "budget"),
        ("วงเงิน (บาท)", "budget"),
        ("budget", "budget"),
        ("แผนงาน", "plan"),
        ("ยุทธศาสตร์", "strategy"),
        ("แนวทางการพัฒนา", "strategy"),
        ("แหล่งงบประมาณ", "source"),
        ("หมายเหตุ", "note"),
        ("จำนวนโครงการ", "count"),
        ("พ.ศ. 2566 ต.ค.", "month"),
        ("หมวด", "type"),
        ("หมู่ที่", "village"),
        ("ตำบล", "subdistrict"),
        ("อำเภอ", "district"),
        ("จังหวัด", "province"),
    ],
)
def test_a_header_means(header: str, means: str) -> None:
    found = meaning(header)
    assert found is not None
    assert found.meaning == means


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ("2566 (บาท)", 2566),
        ("๒๕๖๗\n(บาท)", 2567),
        ("ปี 68", 2568),
        ("งบประมาณปี 2569", 2569),
        ("ปีงบประมาณ พ.ศ. 2570", 2570),
        ("Budget 2023", 2566),
        ("งบประมาณ (บาท)", None),
    ],
)
def test_a_budget_knows_its_year(header: str, year: int | None) -> None:
    found = meaning(header)
    assert found is not None
    assert (found.meaning, found.year) == ("budget", year)


def test_a_budget_knows_its_unit() -> None:
    found = meaning("งบประมาณ 2566 (ล้านบาท)")
    assert found is not None
    assert found.unit == Decimal(1_000_000)


@pytest.mark.parametrize("text", ["", "กองช่าง", "375,000", "1", "-", "เพื่อให้ประชาชน" * 9])
def test_contents_are_no_headers(text: str) -> None:
    assert meaning(text) is None


def test_two_rows_are_read_together() -> None:
    found = columns(
        [
            ["ที่", "โครงการ", "งบประมาณ", "งบประมาณ", "หน่วยงาน", "เป้าหมาย"],
            ["", "", "2566 (บาท)", "ปี 67", "รับผิดชอบหลัก", "(ผลผลิตของโครงการ)"],
        ]
    )
    assert [(c.meaning, c.year) if c else None for c in found] == [
        ("number", None),
        ("title", None),
        ("budget", 2566),
        ("budget", 2567),
        ("responsible", None),
        ("target", None),
    ]


def test_headers_misread_by_a_letter_are_known_where_that_is_to_be_expected() -> None:
    assert meaning("ตัวขี้วัด 0๐0") is None
    found = nearest("ตัวขี้วัด 0๐0")
    assert found is not None
    assert found.meaning == "indicator"
    assert nearest("กองช่าง") is None


def test_a_misread_year_is_told_by_its_neighbours() -> None:
    rows = [["โครงการ", "2566 (บาท)", "2587 (บาท)", "2568 (บาท)", "หน่วยงานรับผิดชอบ"]]
    assert [c.year for c in columns(rows, misread=True) if c] == [None, 2566, 2567, 2568, None]
    assert [c.year for c in columns(rows) if c] == [None, 2566, 2587, 2568, None]
