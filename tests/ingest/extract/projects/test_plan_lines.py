"""What a row stands under: the line just above it, never the last of a list of all."""

import pytest

from ingest.extract.projects.plan_lines import named_strategy, under
from ingest.extract.projects.tables import projects
from ingest.records import Project, Table

ONE, TWO = "ยุทธศาสตร์ที่ 1 เศรษฐกิจชุมชน", "ยุทธศาสตร์ที่ 2 สังคมสุขใจ"


def read(*rows: tuple[str, ...], above: tuple[str, ...] = ()) -> tuple[Project, ...]:
    return projects([Table(1, rows, above, headers=1)], document_id="d")


def test_a_list_of_all_strategies_is_none_of_them() -> None:
    assert under(["ยุทธศาสตร์", ONE, TWO, "รายละเอียดโครงการ"]).declared is None
    assert under([ONE, "กลยุทธ์ที่ 1.1 ตลาด", TWO, "กลยุทธ์ที่ 2.1 บ้าน"]).declared is None


def test_the_line_just_above_is_declared() -> None:
    assert under([ONE, TWO, "รายละเอียดโครงการ", ONE]).declared == ONE
    assert under([ONE, TWO, ONE]).declared == ONE
    assert under([TWO, "แผนงานเคหะและชุมชน"]).declared == TWO
    assert under([f"{TWO} (ต่อ)"]).declared == TWO


def test_the_levels_above_each_other_are_kept() -> None:
    lines = [
        "ยุทธศาสตร์จังหวัดที่ 2 คุณภาพชีวิต",
        "ยุทธศาสตร์การพัฒนาขององค์กรปกครองส่วนท้องถิ่นในเขตจังหวัดที่ 1 โครงสร้างพื้นฐาน",
        ONE,
    ]
    declared = under(lines).declared
    assert declared is not None
    assert declared.split("\n")[0] == lines[0]
    assert declared.split("\n")[-1] == ONE


@pytest.mark.parametrize("cell", ["1", "๒", "หน้า 12", "1.2", "S1-02", "น. 5", "ข้อ 3", "12-14"])
def test_numbers_pages_and_codes_are_no_strategy(cell: str) -> None:
    assert named_strategy(cell) is None
    (found,) = read(("ยุทธศาสตร์", "โครงการ", "งบประมาณ 2567"), (cell, "ซ่อมถนน", "5,000"))
    assert found.declared_strategy is None


def test_a_section_row_changes_the_strategy_and_is_no_header() -> None:
    found = read(
        ("ที่", "โครงการ", "งบประมาณ 2567", "หน่วยงาน"),
        (ONE, "", "", ""),
        ("1", "ซ่อมตลาด", "300,000", "กองช่าง"),
        (TWO, "", "", ""),
        ("1", "อบรมผู้สูงอายุ", "20,000", "สำนักปลัด"),
    )
    assert [one.declared_strategy for one in found] == [ONE, TWO]


def test_subtotals_agencies_and_notes_are_no_projects() -> None:
    found = read(
        ("ที่", "โครงการ", "งบประมาณ 2567", "หน่วยงาน"),
        ("", "กองช่าง", "500,000", ""),
        ("1", "ซ่อมถนน", "500,000", "กองช่าง"),
        ("", "รวมกองช่าง", "500,000", ""),
        ("หมายเหตุ งบประมาณอาจเปลี่ยนแปลง", "", "", ""),
        ("* ผูกพันงบประมาณ", "", "", ""),
    )
    assert [one.title for one in found] == ["ซ่อมถนน"]


def test_agencies_plans_and_activities_among_projects_are_none() -> None:
    found = read(
        ("กระทรวง - หน่วยงาน - โครงการ", "ปี 2564", "ปี 2565"),
        ("กระทรวงคมนาคม", "30.5000", "40.0000"),
        ("1. กรมทางหลวง", "30.5000", "40.0000"),
        ("โครงการ : โครงการสายเหนือ", "10.5000", "-"),
        ("โครงการที่ 2 : โครงการสายใต้", "20.0000", "40.0000"),
        above=("หน่วย : ล้านบาท",),
    )
    assert [(one.title, dict(one.budget)) for one in found] == [
        ("โครงการสายเหนือ", {2564: 10_500_000}),
        ("โครงการสายใต้", {2564: 20_000_000, 2565: 40_000_000}),
    ]


def test_a_name_goes_on_over_a_page_end() -> None:
    table = Table(
        1,
        (
            ("ที่", "โครงการ", "งบประมาณ 2567", "หน่วยงาน"),
            ("1", "ก่อสร้างถนน คสล. สายบ้าน", "500,000", "กองช่าง"),
            ("", "นายคำ หมู่ที่ 3", "", ""),
            ("2", "ซ่อมฝาย", "300,000", "กองช่าง"),
        ),
        headers=1,
        row_pages=(1, 1, 2, 2),
    )
    found = projects([table], document_id="d")
    assert [one.title for one in found] == ["ก่อสร้างถนน คสล. สายบ้านนายคำ หมู่ที่ 3", "ซ่อมฝาย"]
