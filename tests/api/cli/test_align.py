"""`phaen align` and `POST /v1/alignment`: what people ask, and what they get wrong."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook

from api.app import create_app
from api.reports.alignment import report
from ingest.formats.sniff import Format
from kb.alignment.verdicts import Alignment, Sentence
from kb.loading.proposals import Proposal, read_proposals
from tests.api.conftest import Run
from tests.kb.samples import document, project


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook as offices make them: a merged title, a formula, an empty row, two twins."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["บัญชีโครงการ"])
    sheet.merge_cells("A1:D1")
    sheet.append(["ที่", "ชื่อโครงการ", "วัตถุประสงค์", "งบประมาณ 2567"])
    sheet.append([1, "ซื้อรถเก็บขยะอัดท้าย", "เพื่อให้เมืองสะอาด", 2400000])
    sheet.append([2, "โรงเรียนผู้สูงอายุ", "เพื่อให้คนแก่ได้พบปะ", 90000])
    sheet.append([])
    sheet.append([3, "โรงเรียนผู้สูงอายุ", "รุ่นที่สอง", 90000])
    sheet.append([None, "รวม", None, "=SUM(D3:D6)"])
    book.create_sheet("หมายเหตุ")["B2"] = "ร่าง"
    path = tmp_path / "ข้อเสนอ.xlsx"
    book.save(path)
    return path


def judged(proposal: Proposal) -> Alignment:
    return Alignment(proposal, "cannot_tell", 0.0, Sentence("เหตุผล", "reason"))


def test_the_report_keeps_every_cell_of_the_workbook(workbook: Path, tmp_path: Path) -> None:
    found = [judged(each) for each in read_proposals(workbook)]
    out = tmp_path / "out.xlsx"
    out.write_bytes(report(found, workbook))
    before, after = load_workbook(workbook), load_workbook(out)
    assert after.sheetnames == ["สรุปผลตรวจ", "รายการที่ต้องพิจารณา", *before.sheetnames]
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert after[sheet.title][cell.coordinate].value == cell.value
    sheet = after.worksheets[2]
    assert [sheet.cell(row, 8).value for row in (3, 4, 6)] == ["เหตุผล"] * 3
    assert sheet.cell(5, 8).value is None
    assert sheet.auto_filter.ref


def test_a_table_that_is_no_workbook_becomes_one(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("ชื่อโครงการ,หมายเหตุ,ผลต่าง\nปลูกป่าชายเลน,=1+1,-5\n", "utf-8")
    out = tmp_path / "out.xlsx"
    out.write_bytes(report([judged(each) for each in read_proposals(table)], table))
    sheet = load_workbook(out).worksheets[2]
    assert sheet["A2"].value == "ปลูกป่าชายเลน"
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["C2"].value == "-5"


def test_one_thing_is_asked_at_a_time(run: Run) -> None:
    assert run("align").code == 2
    assert run("align", "ปลูกป่า", "--audit", "อบจ.แพร่").code == 2
    assert run("align", "--audit", "อบจ.แพร่").code == 2


def test_a_workbook_without_proposals_is_an_error(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("สี,ขนาด\nแดง,3\n", "utf-8")
    ran = run("align", "--file", table)
    assert ran.code == 1
    assert "Traceback" not in ran.err


@pytest.mark.slow
def test_proposals_are_judged_over_http(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        asked = {"proposals": [{"title": "ปลูกป่าชายเลน"}, {"title": "ก่อสร้าง"}]}
        stated = client.post("/v1/alignment", json=asked | {"against": ["national_strategy"]})
        first, second = stated.json()["results"]
        assert first["best"][0]["statement"]["id"] == "NS5"
        assert second["verdict"] == "cannot_tell"
        wrong = client.post("/v1/alignment", json=asked | {"against": ["ไม่มี"]})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "against-unknown")
        assert wrong.headers["content-type"] == "application/problem+json"


@pytest.mark.slow
def test_the_audit_and_coverage_over_http(tmp_path: Path) -> None:
    projects = (
        project("ซื้อรถเก็บขยะ", declared_strategy="ดูแลสุขภาพผู้สูงอายุ"),
        project("ตรวจสุขภาพคนชราถึงบ้าน", declared_strategy="ดูแลสุขภาพผู้สูงอายุ"),
        project("ธนาคารขยะชุมชน", declared_strategy="เมืองสะอาด จัดการขยะ"),
    )
    said = (("strategic_issue", "ดูแลสุขภาพผู้สูงอายุ"), ("strategic_issue", "เมืองสะอาด จัดการขยะ"))
    app = create_app(tmp_path / "kb.db")
    with TestClient(app) as client:
        app.state.kb.add(document("แผน.txt", *said, projects=projects))
        asked = {"organisation": "จังหวัดริมธาร"}
        stated = client.get("/v1/alignment/audit", params=asked).json()
        assert stated["checked"] == 3
        assert [each["project"]["title"] for each in stated["mismatches"]] == ["ซื้อรถเก็บขยะ"]
        rows = client.get("/v1/alignment/coverage", params=asked).json()["rows"]
        assert [row["declared"] for row in rows] == [2, 1]
        page = client.get(
            "/v1/alignment/coverage", params=asked, headers={"accept": "text/html"}
        ).text
        assert "<table>" in page
        nobody = client.get("/v1/alignment/audit", params={"organisation": "อบต.ไม่มี"})
        assert (nobody.status_code, nobody.json()["code"]) == (422, "audit-nothing")
        assert nobody.headers["content-type"] == "application/problem+json"


@pytest.mark.slow
def test_long_work_over_http_is_a_job_with_progress(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        asked = {"proposals": [{"title": "ปลูกป่าชายเลน"}] * 3, "form": True}
        job = client.post("/v1/alignment", json=asked, headers={"prefer": "respond-async"})
        assert job.status_code == 202
        client.get(f"{job.headers['location']}/events")
        done = client.get(job.headers["location"]).json()
    assert (done["state"], done["done"], done["total"]) == ("done", 3, 3)
    assert len(done["result"]) == 3
    assert len(done["result"][0]["form"]) == 12


@pytest.mark.slow
def test_a_workbook_over_http_comes_back_with_every_cell(workbook: Path, tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:

        def call(name: str, content: bytes, accept: str = "*/*") -> Any:
            sent = {"file": (name, content)}
            wanted = {"accept": accept}
            return client.post(
                "/v1/alignment/workbook", files=sent, data={"form": "true"}, headers=wanted
            )

        stated = call("ก.xlsx", workbook.read_bytes()).json()["results"]
        assert [each["proposal"]["row"] for each in stated] == [3, 4, 6]
        back = call("ก.xlsx", workbook.read_bytes(), Format.XLSX)
        before = load_workbook(workbook).worksheets[0]
        after = load_workbook(io.BytesIO(back.content)).worksheets[2]
        for row in before.iter_rows():
            for cell in row:
                assert after[cell.coordinate].value == cell.value
        assert after["E3"].value in ("สอดคล้อง", "สอดคล้องบางส่วน")
        page = call("ก.xlsx", workbook.read_bytes(), "text/html")
        assert "ต้องให้คนตัดสิน" in page.text
        for bad in (b"%PDF-1.4 nothing", b"", b"a,b\n1,2\n"):
            wrong = call("ข.xlsx", bad)
            assert wrong.status_code == 422
            assert wrong.headers["content-type"] == "application/problem+json"


@pytest.mark.slow
def test_the_page_shows_the_form_and_where_to_go_on(tmp_path: Path) -> None:
    app = create_app(tmp_path / "kb.db")
    with TestClient(app) as client:
        app.state.kb.add(document("แผน.txt", ("strategic_issue", "ดูแลสุขภาพผู้สูงอายุ")))
        asked = {"title": "เยี่ยมคนชราถึงบ้าน", "against": "จังหวัดริมธาร"}
        page = client.get("/align", params=asked).text
        assert "ต้องให้คนตัดสิน" in page
        assert "/v1/alignment/coverage?organisation=" in page
        assert "ไม่ใช่ภาษาไทย" in client.get("/align", params={"title": "Waste bank"}).text
