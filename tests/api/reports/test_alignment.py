"""Reports of alignment by their endings, and workbooks as offices really make them."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from api.reports.alignment import render_answers, render_coverage, render_table, report
from api.reports.alignment_tables import coverage_table, mismatch_table
from ingest.errors import ReadError
from kb.alignment.coverage import CoverageRow
from kb.alignment.subject_terms import subject_terms
from kb.alignment.verdicts import Alignment, ChainLink, Sentence, Target, TargetMatch
from kb.loading.proposals import Proposal, read_proposals
from kb.store.records import StoredStatement
from tests.api.conftest import Run
from tests.kb.samples import RIVERSIDE, THIS_PLAN, document


def judged(asked: Proposal) -> Alignment:
    target = Target("S1", "รักษาป่าต้นน้ำ", subject_terms("รักษาป่าต้นน้ำ"))
    match = TargetMatch(
        target, 0.9, Sentence("ป่าไม้", "Forests"), Sentence("ป่าไม้", "Forests"), ("ป่า",), ("ป่าต้นน้ำ",)
    )
    chain = (
        ChainLink("province", "p", "น่านเขียว", 1.0, "declared", "proposal"),
        ChainLink("master_plans", "MP18", "การเติบโตอย่างยั่งยืน", 0.91, "inferred", "model"),
    )
    return Alignment(
        asked, "aligned", 0.9, Sentence("ตอบ <b>ป่า</b>", "Serves <b>ป่า</b>"), (match,), chain
    )


@pytest.mark.parametrize("form", [True, False])
def test_answers_as_csv_json_and_a_page(form: bool, tmp_path: Path) -> None:
    found = [judged(Proposal("ปลูกป่า", row=4)), judged(Proposal("=HYPERLINK(1)"))]
    stated = [each.to_dict() for each in found]
    table = render_answers(tmp_path / "a.csv", found, stated, form=form)
    assert isinstance(table, bytes)
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert rows[0]["ผลการพิจารณา"] == "สอดคล้อง"
    assert rows[1]["ข้อเสนอ"] == "'=HYPERLINK(1)"
    assert ("1. ความชัดเจนของชื่อโครงการ" in rows[0]) is form
    assert json.loads(render_answers(tmp_path / "a.json", found, stated)) == stated
    page = render_answers(tmp_path / "a.html", found, stated, form=form)
    assert isinstance(page, str)
    assert "รักษาป่าต้นน้ำ" in page
    assert "<b>ป่า</b>" not in page
    assert not re.search(r'(?:src|href)="?(?!data:|#)', page)
    assert ("ต้องให้คนตัดสิน" in page) is form


def test_the_chain_keeps_told_links_apart_from_inferred_ones(tmp_path: Path) -> None:
    found = [judged(Proposal("ปลูกป่า"))]
    page = str(render_answers(tmp_path / "a.html", found, [found[0].to_dict()]))
    assert "น่านเขียว</td><td>ระบุไว้<" in page
    assert "การเติบโตอย่างยั่งยืน</td><td>อนุมาน 91%<" in page


def strategy(text: str) -> StoredStatement:
    record = document("แผน.txt", ("strategic_issue", text)).statements[0]
    return StoredStatement(1, record, "d", "แผน.txt", RIVERSIDE, THIS_PLAN)


def test_coverage_as_a_page_with_charts_a_workbook_and_csv(tmp_path: Path) -> None:
    found = [
        CoverageRow(strategy("ถนนดี"), 2, 3, {2566: Decimal(1500000), 2567: Decimal(250000)}),
        CoverageRow(strategy("น้ำสะอาด"), 0, 0, {}),
        CoverageRow(None, 1, 0, {2567: Decimal(90000)}),
    ]
    stated = [each.to_dict() for each in found]
    assert [each["unserved"] for each in stated] == [False, True, False]
    page = str(render_coverage(tmp_path / "c.html", found, stated, "จังหวัดริมธาร"))
    assert page.count("<svg") == 2
    assert "1.84 ล้านบาท" in page
    table = bytes(render_coverage(tmp_path / "c.csv", found, stated, "จังหวัดริมธาร"))  # type: ignore[arg-type]
    assert "ถนนดี,2,3" in table.decode("utf-8-sig")
    (tmp_path / "c.xlsx").write_bytes(
        render_table(tmp_path / "c.xlsx", coverage_table(found), stated)
    )  # type: ignore[arg-type]
    sheet = load_workbook(tmp_path / "c.xlsx").active
    assert sheet is not None
    assert sheet["B2"].value == "ถนนดี"
    assert sheet["B3"].fill.fgColor.rgb != sheet["B2"].fill.fgColor.rgb


def test_an_empty_audit_is_a_report_too(tmp_path: Path) -> None:
    for ending in ("html", "csv", "json", "xlsx"):
        assert render_table(tmp_path / f"a.{ending}", mismatch_table([]), [])


def test_the_form_is_a_sheet_of_its_own(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    out.write_bytes(report([judged(Proposal("ปลูกป่า"))], None, form=True))
    sheet = load_workbook(out)["แบบประเมิน 12 ข้อ"]
    assert sheet.max_row == 13
    assert all(sheet.cell(row, 6).value in (None, "") for row in range(2, 14))


def test_an_ending_that_is_not_known_is_told_before_any_work(run: Run) -> None:
    ran = run("align", "ปลูกป่า", "--report", "a.doc")
    assert ran.code == 2
    assert ".xlsx" in ran.err


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A two-row merged header, formulas, English, an empty row, a place only, a comment."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ที่", "โครงการ", "งบประมาณ", None, "หน่วยงาน"])
    sheet.append([None, None, 2566, 2567, None])
    for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
        sheet.merge_cells(area)
    sheet.append([1, "ขุดลอกหนองน้ำสาธารณะ", 250000, "=C3*2", "กองช่าง"])
    sheet.append([2, "Community waste bank training", 10000, 0, "กองช่าง"])
    sheet.append([])
    sheet.append([3, "ตำบลเชียงดาว อำเภอเชียงดาว", 5, 5, None])
    sheet.append([4, None, 7, 7, "กองคลัง"])
    sheet["D3"].number_format = "#,##0"
    path = tmp_path / "บัญชี.xlsx"
    book.save(path)
    return path


def test_a_workbook_of_an_office_keeps_every_cell(office: Path, tmp_path: Path) -> None:
    found = read_proposals(office)
    titles = [each.title for each in found]
    assert titles[:2] == ["ขุดลอกหนองน้ำสาธารณะ", "Community waste bank training"]
    out = tmp_path / "out.xlsx"
    out.write_bytes(report([judged(each) for each in found], office))
    before = load_workbook(office).active
    assert before is not None
    after = load_workbook(out)[before.title]
    assert after.merged_cells == before.merged_cells
    for row in before.iter_rows():
        for cell in row:
            kept = after[cell.coordinate]
            assert (kept.value, kept.number_format) == (cell.value, cell.number_format)
    assert after["F3"].value == "สอดคล้อง"
    assert after["F5"].value is None


def test_a_workbook_that_names_no_projects_is_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["สี", "ขนาด"])
    sheet.append(["แดง", 3])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(ReadError, match="no-proposals"):
        read_proposals(tmp_path / "a.xlsx")


def test_too_many_proposals_are_refused_before_the_model_is_loaded(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.cli.commands.align.MOST_PROPOSALS", 20)
    lines = ["ชื่อโครงการ,งบประมาณ 2567", *(f"ปลูกป่าแปลงที่ {at},1000" for at in range(31))]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    ran = run("align", "--file", tmp_path / "a.csv", PHAEN_LANG="en")
    assert ran.code == 2
    assert "at most 20" in ran.err


def test_twins_stand_in_their_own_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ชื่อโครงการ,ปี\nปลูกป่า,2566\nปลูกป่า,2567\n", "utf-8")
    assert [each.row for each in read_proposals(tmp_path / "a.csv")] == [2, 3]
