"""Columns of money by meaning: totals, kinds, years, months, stages, spending, units, doubts."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.projects.column_words import declared_unit
from ingest.extract.projects.tables import projects
from ingest.records import Period, Project, Table

YEAR = Period(2568, 2568)


def read(*rows: Sequence[str], period: Period | None = YEAR, **about: object) -> list[Project]:
    table = Table(1, tuple(map(tuple, rows)), **about)  # type: ignore[arg-type]
    return list(projects([table], document_id="d", period=period))


def money(project: Project) -> dict[int, Decimal]:
    return dict(project.budget)


@pytest.mark.parametrize("name", ["รวม", "รวมทั้งสิ้น", "รวม (บาท)", "ยอดรวม", "รวมเงิน", "Total"])
def test_a_total_is_the_sum_of_the_kinds_and_never_added(name: str) -> None:
    (found,) = read(
        ("ที่", "โครงการ", "งบดำเนินงาน", "งบลงทุน", "งบเงินอุดหนุน", name),
        ("1", "ขยายประปา", "0", "400,000", "100,000", "500,000"),
    )
    assert (money(found), found.warnings) == ({2568: Decimal(500_000)}, ())


def test_a_total_without_a_name_shows_by_its_figures() -> None:
    found = read(
        ("ที่", "โครงการ", "งบดำเนินงาน", "งบลงทุน", ""),
        ("1", "ขยายประปา", "100,000", "400,000", "500,000"),
        ("2", "ซ่อมถนน", "50,000", "-", "50,000"),
    )
    assert [money(one) for one in found] == [{2568: Decimal(500_000)}, {2568: Decimal(50_000)}]


def test_a_total_over_two_header_rows_and_over_five_years() -> None:
    found = read(
        ("ที่", "โครงการ", "งบประมาณ", "งบประมาณ", "งบประมาณ"),
        ("", "", "2566", "2567", "รวม 5 ปี (บาท)"),
        ("1", "ขยายประปา", "100,000", "200,000", "300,000"),
        ("2", "ซ่อมถนน", "100,000", "200,000", "350,000"),
        period=Period(2566, 2570),
        headers=2,
    )
    budget = {2566: Decimal(100_000), 2567: Decimal(200_000)}
    assert [(money(one), one.warnings) for one in found] == [
        (budget, ()),
        (budget, ("sum-differs",)),
    ]


def test_parts_that_disagree_with_the_printed_total_are_flagged_not_mended() -> None:
    (found,) = read(
        ("โครงการ", "งบดำเนินงาน", "งบลงทุน", "รวม"), ("ขยายประปา", "100,000", "400,000", "550,000")
    )
    assert (money(found), found.warnings) == ({2568: Decimal(550_000)}, ("sum-differs",))


def test_kinds_without_a_total_are_added() -> None:
    (found,) = read(
        ("โครงการ", "งบดำเนินงาน", "งบลงทุน", "หน่วยงาน"), ("ประปา", "100,000", "400,000", "กองช่าง")
    )
    assert money(found) == {2568: Decimal(500_000)}


def test_money_paid_contracted_and_left_is_no_budget() -> None:
    (found,) = read(
        ("โครงการ", "งบประมาณ", "ก่อหนี้ผูกพัน", "เบิกจ่ายแล้ว (บาท)", "คงเหลือ", "ร้อยละการเบิกจ่าย"),
        ("จัดงานวันเด็ก", "30,000", "29,990", "29,950", "50", "99.83"),
    )
    assert money(found) == {2568: Decimal(30_000)}
    assert dict(found.spending) == {
        "contracted": Decimal(29_990),
        "paid": Decimal(29_950),
        "left": Decimal(50),
        "percent": Decimal("99.83"),
    }
    assert found.warnings == ()


def test_what_is_approved_is_the_budget_beside_what_was_asked_for() -> None:
    (found,) = read(
        ("โครงการ", "งบประมาณที่เสนอขอ", "งบประมาณที่ได้รับอนุมัติ"), ("ขยายประปา", "800,000", "500,000")
    )
    assert money(found) == {2568: Decimal(500_000)}
    assert dict(found.spending) == {"asked": Decimal(800_000)}


def test_months_and_quarters_are_parts_of_the_budget_not_more_of_it() -> None:
    header = ("โครงการ", "งบประมาณ", "ไตรมาส 1", "ไตรมาส 2", "หน่วยงาน")
    (found,) = read(header, ("ขยายประปา", "500,000", "200,000", "300,000", "กองช่าง"))
    assert money(found) == {2568: Decimal(500_000)}
    (found,) = read(
        ("โครงการ", "ไตรมาส 1", "ไตรมาส 2", "หน่วยงาน"),
        ("ขยายประปา", "200,000", "300,000", "กองช่าง"),
    )
    assert money(found) == {2568: Decimal(500_000)}


def test_several_amounts_that_nobody_explains_are_none() -> None:
    (found,) = read(("โครงการ", "งบประมาณ", "วงเงิน"), ("ขยายประปา", "500,000", "450,000"))
    assert (money(found), found.warnings) == ({}, ("amounts-differ",))
    assert set(found.notes) == {"500,000", "450,000"}


@pytest.mark.parametrize(
    ("above", "header", "cell", "baht"),
    [
        ("หน่วย : ล้านบาท", "งบประมาณ", "115,691.2980", "115691298000"),
        ("(หน่วย : พันบาท)", "งบประมาณ", "1,500.5", "1500500"),
        ("หน่วย : บาท", "งบประมาณ", "1,500,000", "1500000"),
        ("หน่วย : ล้านบาท", "งบประมาณ (บาท)", "1,500,000", "1500000"),
        ("", "งบประมาณ (ล้านบาท)", "0.1", "100000"),
        ("", "งบประมาณ (ล้านบาท)", "1.5 ล้านบาท", "1500000"),
        ("", "งบประมาณ (ล้านบาท)", "1,500,000 บาท", "1500000"),
    ],
)
def test_units_become_baht_exactly(above: str, header: str, cell: str, baht: str) -> None:
    (found,) = read(("โครงการ", header, "หน่วยงาน"), ("ประปา", cell, "กองช่าง"), above=(above,))
    assert money(found) == {2568: Decimal(baht)}
    assert found.warnings == ()


@given(st.decimals(0, 10**6, places=4))
def test_millions_are_no_floats(amount: Decimal) -> None:
    (found,) = read(("โครงการ", "งบประมาณ (ล้านบาท)"), ("ประปา", f"{amount:,}"))
    assert money(found) == {2568: amount * 1_000_000}


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("หน่วย : ล้านบาท", 10**6),
        ("(พันบาท)", 1000),
        ("หน่วย:บาท", 1),
        ("ล้านบาทไทย", None),
        ("หน่วยงานรับผิดชอบ", None),
    ],
)
def test_a_line_may_declare_a_unit(line: str, unit: int | None) -> None:
    assert declared_unit(line) == (None if unit is None else Decimal(unit))


def test_a_unit_that_was_left_out_is_doubted() -> None:
    (found,) = read(("โครงการ", "งบประมาณ"), ("ประปา", "24.5652"))
    assert found.warnings == ("unit-doubtful",)


def test_a_figure_that_can_be_read_in_two_ways_is_kept_as_a_note() -> None:
    (found,) = read(("โครงการ", "งบประมาณ"), ("ประปา", "1,50,000"))
    assert (money(found), found.warnings, found.notes) == ({}, ("unclear-number",), ("1,50,000",))


def test_rows_that_do_not_add_up_to_the_printed_total_say_so() -> None:
    header = ("โครงการ", "งบประมาณ", "หน่วยงาน")
    rows = (("ประปา", "500,000", "กองช่าง"), ("ถนน", "300,000", "กองช่าง"))
    found = read(header, *rows, ("รวม", "800,000", ""))
    assert all(one.warnings == () for one in found)
    found = read(header, *rows, ("รวม", "900,000", ""))
    assert all(one.warnings == ("total-differs",) for one in found)


def test_a_total_of_totals_agrees() -> None:
    found = read(
        ("โครงการ", "งบประมาณ", "หน่วยงาน"),
        ("ประปา", "500,000", "ก"),
        ("รวม", "500,000", ""),
        ("ถนน", "300,000", "ข"),
        ("รวม", "300,000", ""),
        ("รวมทั้งสิ้น", "800,000", ""),
    )
    assert [one.warnings for one in found] == [(), ()]


def test_money_in_a_cell_over_several_projects_is_given_to_none() -> None:
    found = read(
        ("ที่", "โครงการ", "งบประมาณ", "หน่วยงาน"),
        ("1", "ถนนสายเหนือ", "900,000", "กองช่าง"),
        ("2", "ถนนสายใต้", "", ""),
        spans=((2, 1, 2), (3, 1, 2)),
    )
    assert [(money(one), one.warnings) for one in found] == [({}, ("shared-amount",))] * 2
    assert [one.responsible for one in found] == ["กองช่าง", "กองช่าง"]
    assert all("900,000" in one.notes for one in found)


def test_money_without_a_year_is_doubted_and_kept() -> None:
    (found,) = read(("โครงการ", "งบประมาณ"), ("ประปา", "90,000"), period=Period(2566, 2570))
    assert (money(found), found.notes, found.warnings) == ({}, ("90,000",), ("no-year",))


def test_a_header_that_stands_again_with_text_is_no_money() -> None:
    header = ("ที่", "โครงการ", "วัตถุประสงค์", "2567 (บาท)", "หน่วยงาน")
    found = read(
        header,
        ("1", "ซ่อมถนน", "เพื่อสัญจร", "500,000", "กองช่าง"),
        ("ที่", "โครงการ", "วัตถุประสงค์ และขนส่ง", "2567 (บาท)", "หน่วยงาน"),
        ("2", "ซ่อมฝาย", "เพื่อกักน้ำ", "300,000", "กองช่าง"),
    )
    assert [(one.title, money(one)) for one in found] == [
        ("ซ่อมถนน", {2567: Decimal(500_000)}),
        ("ซ่อมฝาย", {2567: Decimal(300_000)}),
    ]
    assert found[0].objective == "เพื่อสัญจร และขนส่ง"
