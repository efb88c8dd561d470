"""Projects from tables: what each row says, and which rows are none."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.projects.site import place_of
from ingest.extract.projects.tables import projects
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.records import Period, Project, Table

FORM = (
    (
        "ที่",
        "โครงการ",
        "วัตถุประสงค์",
        "เป้าหมาย (ผลผลิตของโครงการ)",
        "งบประมาณ",
        "งบประมาณ",
        "ตัวชี้วัด (KPI)",
        "ผลที่คาดว่าจะได้รับ",
        "หน่วยงานรับผิดชอบหลัก",
    ),
    ("", "", "", "", "2566 (บาท)", "2567 (บาท)", "", "", ""),
)
ROAD = (
    "1",
    "โครงการก่อสร้างถนน คสล. หมู่ที่ 3 บ้านหนองปลา",
    "เพื่อให้เดินทางสะดวก",
    "กว้าง 4 เมตร ยาว 120 เมตร",
    "375,000",
    "-",
    "ร้อยละ 80 พอใจ",
    "เดินทางสะดวก",
    "กองช่าง",
)
CANAL = ("2", "โครงการขุดลอกคลอง หมู่ที่ 5", "เพื่อกักเก็บน้ำ", "", "-", "1,200,000", "", "", "กองช่าง")


def read(*rows: Sequence[str], headers: int = 2, **about: object) -> tuple[Project, ...]:
    table = Table(7, tuple(map(tuple, rows)), headers=headers, **about)  # type: ignore[arg-type]
    return projects([table], document_id="d0")


def test_a_row_of_the_form() -> None:
    (road,) = read(*FORM, ROAD)
    assert road.title == "โครงการก่อสร้างถนน คสล. หมู่ที่ 3 บ้านหนองปลา"
    assert road.objective == "เพื่อให้เดินทางสะดวก"
    assert road.target == "กว้าง 4 เมตร ยาว 120 เมตร"
    assert road.budget == {2566: Decimal(375_000)}
    assert road.indicator == "ร้อยละ 80 พอใจ"
    assert road.expected_result == "เดินทางสะดวก"
    assert road.responsible == "กองช่าง"
    assert road.place.villages == ("หมู่ที่ 3 บ้านหนองปลา",)
    assert (road.page, road.row, road.confidence, road.notes) == (7, 1, 1.0, ())


def test_headers_are_found_where_no_reader_counted_them() -> None:
    title = ("รายละเอียดโครงการพัฒนา",) + ("",) * 8
    assert [p.title for p in read(title, *FORM, ROAD, CANAL, headers=0)] == [ROAD[1], CANAL[1]]


def test_headers_that_stand_again_and_numbers_of_columns_are_no_projects() -> None:
    numbers = tuple(f"({n})" for n in range(1, 10))
    found = read(*FORM, numbers, ROAD, *FORM, CANAL)
    assert [p.title for p in found] == [ROAD[1], CANAL[1]]


@pytest.mark.parametrize("words", ["รวม", "รวม 2 โครงการ", "รวมทั้งสิ้น", "ยอดรวม", "Total"])
def test_totals_are_no_projects(words: str) -> None:
    total = (words, "", "", "", "375,000", "1,200,000", "", "", "")
    named = ("", words, "-", "-", "375,000", "1,200,000", "-", "-", "-")
    assert len(read(*FORM, ROAD, CANAL, total)) == 2
    assert len(read(*FORM, ROAD, CANAL, named)) == 2


def test_a_project_whose_name_begins_like_a_total_is_one() -> None:
    row = ("1", "รวมพลังชุมชนต้านยาเสพติด", "เพื่อลดปัญหา", "1 ครั้ง", "20,000", "", "", "", "สำนักปลัด")
    assert [p.title for p in read(*FORM, row)] == ["รวมพลังชุมชนต้านยาเสพติด"]


def test_what_stands_above_is_the_declared_strategy_and_the_plan() -> None:
    above = (
        "แบบ ผ.02",
        "ก. ยุทธศาสตร์จังหวัดที่ 2 การพัฒนาคุณภาพชีวิต",
        "ข. ยุทธศาสตร์การพัฒนาขององค์กรปกครองส่วนท้องถิ่นในเขตจังหวัดที่ 1 โครงสร้างพื้นฐาน",
        "1. ยุทธศาสตร์ที่ 1 การพัฒนาโครงสร้างพื้นฐาน",
        "1.1 แผนงานเคหะและชุมชน",
    )
    (road,) = read(*FORM, ROAD, above=above)
    assert road.plan == "แผนงานเคหะและชุมชน"
    assert road.declared_strategy == "\n".join(above[1:4])


def test_strategy_and_plan_may_share_a_line() -> None:
    (road,) = read(*FORM, ROAD, above=("ยุทธศาสตร์ที่ ๑ โครงสร้างพื้นฐาน แผนงานอุตสาหกรรมและการโยธา",))
    assert road.declared_strategy == "ยุทธศาสตร์ที่ ๑ โครงสร้างพื้นฐาน"
    assert road.plan == "แผนงานอุตสาหกรรมและการโยธา"


def test_sub_headings_change_the_plan_and_are_no_projects() -> None:
    def heading(text: str) -> tuple[str, ...]:
        return (text, *("",) * 8)

    found = read(
        *FORM,
        heading("ยุทธศาสตร์ที่ 2 คุณภาพชีวิต"),
        heading("1.1 แผนงานเคหะและชุมชน"),
        ROAD,
        heading("1.2 แผนงานการเกษตร"),
        CANAL,
    )
    assert [p.plan for p in found] == ["แผนงานเคหะและชุมชน", "แผนงานการเกษตร"]
    assert {p.declared_strategy for p in found} == {"ยุทธศาสตร์ที่ 2 คุณภาพชีวิต"}


def test_notes_in_money_cells_are_kept_beside_the_figure() -> None:
    row = (*ROAD[:4], "500,000 (เงินอุดหนุน)", "ตามงบที่ได้รับ", *ROAD[6:])
    (road,) = read(*FORM, row)
    assert road.budget == {2566: Decimal(500_000)}
    assert road.notes == ("2566: เงินอุดหนุน", "2567: ตามงบที่ได้รับ")


def test_a_row_without_a_name_goes_on_the_one_above() -> None:
    more = ("", "", "", "และยาว 80 เมตร", "", "100,000", "", "", "")
    (road,) = read(*FORM, ROAD, more)
    assert road.target == "กว้าง 4 เมตร ยาว 120 เมตร และยาว 80 เมตร"
    assert road.budget == {2566: Decimal(375_000), 2567: Decimal(100_000)}


def test_million_baht() -> None:
    (found,) = read(("โครงการ", "งบประมาณ 2566 (ล้านบาท)", "หน่วยงาน"), ("ก", "1.5", "ข"), headers=1)
    assert found.budget == {2566: Decimal(1_500_000)}


def test_a_list_of_proposals_with_columns_in_any_order_and_english() -> None:
    (found,) = read(
        ("budget", "place", "title", "year", "organisation", "objective"),
        (
            "1,000,000",
            "ม.3 ต.ในเมือง อ.เมืองขอนแก่น จ.ขอนแก่น",
            "ถนน คสล.",
            "2567",
            "อบต.ตัวอย่าง",
            "เดินทาง",
        ),
        headers=0,
    )
    assert found.title == "ถนน คสล."
    assert found.budget == {2567: Decimal(1_000_000)}
    assert found.responsible == "อบต.ตัวอย่าง"
    assert found.place.villages == ("หมู่ที่ 3",)
    assert (found.place.district, found.place.province) == ("เมืองขอนแก่น", "ขอนแก่น")


def test_a_budget_without_a_year_takes_that_of_a_plan_of_one_year() -> None:
    table = Table(1, (("ชื่อโครงการ", "งบประมาณ"), ("ซ่อมถนน", "90,000")))
    (found,) = projects([table], document_id="d", period=Period(2568, 2568))
    assert found.budget == {2568: Decimal(90_000)}
    (found,) = projects([table], document_id="d", period=Period(2566, 2570))
    assert found.budget == {}
    assert found.notes == ("90,000",)


def test_goods_are_named_by_their_kind() -> None:
    (found,) = read(
        ("ที่", "แผนงาน", "หมวด", "ประเภท", "เป้าหมาย (ผลผลิตของครุภัณฑ์)", "งบประมาณ 2566"),
        ("1", "บริหารงานทั่วไป", "ค่าครุภัณฑ์", "ครุภัณฑ์คอมพิวเตอร์", "2 เครื่อง", "44,000"),
        headers=1,
    )
    assert found.title == "ค่าครุภัณฑ์ ครุภัณฑ์คอมพิวเตอร์"
    assert found.plan == "บริหารงานทั่วไป"


@pytest.mark.parametrize(
    "header",
    [("ยุทธศาสตร์", "จำนวนโครงการ", "งบประมาณ 2566"), ("ประเด็น", "แนวทาง"), ("ชื่อ", "สกุล", "โทรศัพท์")],
)
def test_other_tables_hold_no_projects(header: tuple[str, ...]) -> None:
    assert read(header, ("ก", "3", "1,000")[: len(header)], headers=0) == ()


def test_a_table_without_a_header_goes_on_with_the_last_one() -> None:
    first = Table(1, (*FORM, ROAD), headers=2)
    second = Table(2, (CANAL,))
    found = projects([first, second], document_id="d")
    assert [(p.title, p.page) for p in found] == [(ROAD[1], 1), (CANAL[1], 2)]


def test_figures_from_scans_are_flagged_unless_the_total_bears_them_out() -> None:
    good = ("รวม", "", "", "", "375,000", "1,200,000", "", "", "")
    bad = ("รวม", "", "", "", "375,000", "1,000,000", "", "", "")
    for total, trusted in ((good, True), (bad, False)):
        found = read(*FORM, ROAD, CANAL, total, unverified=True)
        assert all(("unverified-numbers" in p.notes) != trusted for p in found)
        assert all((p.confidence > 0.8) == trusted for p in found)


names = st.text(alphabet="กขคงาิ่ ๑2-,", max_size=12)


@given(st.lists(st.lists(names, min_size=9, max_size=9), max_size=8))
def test_ids_are_unique_and_stable(rows: list[list[str]]) -> None:
    found = read(*FORM, *rows)
    assert len({project.id for project in found}) == len(found)
    assert [project.id for project in found] == [project.id for project in read(*FORM, *rows)]
    assert all(project.title.strip() for project in found)


@given(st.lists(st.lists(names, max_size=6), max_size=6), st.integers(0, 3))
def test_no_table_breaks_it(rows: list[list[str]], headers: int) -> None:
    read(*rows, headers=min(headers, len(rows)))


class TestPlace:
    def test_villages_roads_and_what_is_above(self) -> None:
        place = place_of("ก่อสร้างถนน คสล. สายบ้านนายคำ หมู่ที่ 4 บ้านโนนสูง ตำบลในเมือง อำเภอเมืองขอนแก่น")
        assert place.villages == ("หมู่ที่ 4 บ้านโนนสูง",)
        assert place.roads == ("สายบ้านนายคำ",)
        assert (place.subdistrict, place.district) == ("ในเมือง", "เมืองขอนแก่น")

    @pytest.mark.parametrize("text", ["กว้าง 4 ม. ยาว 120 ม.", "ถนนคอนกรีตเสริมเหล็ก", "งานบ้านงานครัว"])
    def test_lengths_and_kinds_of_road_are_no_places(self, text: str) -> None:
        place = place_of(text)
        assert (place.villages, place.roads) == ((), ())

    def test_abbreviations_and_thai_digits(self) -> None:
        assert place_of("ถนน คสล. ม.๓ ซอยสุขใจ 2").villages == ("หมู่ที่ 3",)
        assert place_of("ถนน คสล. ม.๓ ซอยสุขใจ 2").roads == ("ซอยสุขใจ 2",)


@pytest.mark.parametrize("name", ["t_lo.docx", "t_lo.pdf", "t_cr.pdf", "t_rl_nogrid.pdf"])
def test_gold_tables(shared: Path, name: str) -> None:
    folder = shared / "eval" / "files"
    rows = json.loads((folder / "truth_table.json").read_text(encoding="utf-8"))["rows"]
    found = projects(read_content(folder / name, Limits()).tables, document_id="d")
    assert len(found) == len(rows)
    for project, row in zip(found, rows, strict=True):
        assert "".join(project.title.split()) == "".join(row[1].split())
        wanted = {
            2566 + i: Decimal(cell.replace(",", ""))
            for i, cell in enumerate(row[4:9])
            if cell != "-"
        }
        assert project.budget == wanted
        assert "".join((project.responsible or "").split()) == "".join(row[11].split())
