"""What was spent and what is in doubt stands wherever a project is shown."""

import csv
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.text.money import spending, warnings
from api.text.wording.shown import SHOWN
from ingest import read
from kb import KnowledgeBase
from kb.export.dataset import export
from tests.api.conftest import Run

TABLE = """ที่,ชื่อโครงการ,งบดำเนินงาน,งบลงทุน,รวม,เบิกจ่ายแล้ว,ปีงบประมาณ
1,ขยายประปาหมู่ที่ 2,0,400000,500000,29950,2568
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "งบ.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_extract_says_it_in_words_and_in_json(run: Run, table: Path) -> None:
    out = run("extract", table).out
    assert "เบิกจ่ายแล้ว 29,950" in out
    assert "ไม่เท่ากับยอดรวม" in out
    assert "do not add up" in run("--lang", "en", "extract", table).out
    (record,) = run("extract", "--json", table).records
    (project,) = record["projects"]
    assert project["budget"] == {"2568": 500_000}
    assert project["spending"] == {"paid": 29_950}
    assert project["warnings"] == ["sum-differs"]
    assert project["lines"] == []


def test_it_is_kept_and_exported(tmp_path: Path, table: Path) -> None:
    document = read(table)
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        kb.add(document)
        (kept,) = kb.projects()
        assert kept.record == document.projects[0]
        export(kb, tmp_path / "out", ["csv"])
    with (tmp_path / "out" / "projects.csv").open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["spending"], row["warnings"], row["lines"]) == ("paid=29950", "sum-differs", "0")


def test_lines_of_cost_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text(
        "PROJECT,ITEM_DESCRIPTION,FISCAL_YEAR,AMOUNT\nก่อสร้างทาง,ค่าก่อสร้าง,2022,5000\n"
        "ก่อสร้างทาง,ค่าควบคุมงาน,2022,700.25\n",
        "utf-8",
    )
    document = read(path)
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        kb.add(document)
        (kept,) = kb.projects()
    assert kept.record == document.projects[0]
    assert kept.to_dict()["lines"] == [
        {"title": "ค่าก่อสร้าง", "budget": {"2565": 5000}, "row": 2},
        {"title": "ค่าควบคุมงาน", "budget": {"2565": "700.25"}, "row": 3},
    ]


def test_over_http_and_on_the_page(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        sent = client.post("/v1/documents", files={"file": ("งบ.csv", TABLE.encode(), "text/csv")})
        assert sent.status_code == 201
        (project,) = client.get("/v1/projects").json()["items"]
        assert (project["spending"], project["warnings"]) == ({"paid": 29_950}, ["sum-differs"])
        page = client.get(f"/documents/{project['document']}").text
    assert "เบิกจ่ายแล้ว 29,950" in page
    assert "ไม่เท่ากับยอดรวม" in page


def test_a_column_is_told_and_a_wrong_one_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("ชื่อโครงการ,ยอด X,ปีงบประมาณ\nซ่อมถนน,500000,2567\n", "utf-8")
    first = run("add", path)
    assert "ยอด X" in first.out
    (added,) = run("add", "--json", "--map", "ยอด X=budget", path).records
    assert (added["status"], added["projects"]) == ("replaced", 1)
    refused = run("add", "--map", "ยอด X=nonsense", path)
    assert refused.code == 2
    assert "nonsense" in refused.err


def test_every_doubt_and_name_has_its_words() -> None:
    codes = [
        "unclear-number",
        "sum-differs",
        "total-differs",
        "no-year",
        "amounts-differ",
        "shared-amount",
        "unit-doubtful",
    ]
    assert all(f"warning-{code}" in SHOWN for code in codes)
    assert all(
        code not in text for code, text in zip(codes, warnings({"warnings": codes}), strict=True)
    )
    assert "ก่อหนี้ผูกพัน 2567 5,000.5" in spending({"spending": {"contracted_2567": "5000.5"}})
