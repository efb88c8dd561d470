"""`phaen duplicates` and its workbook, as people meet them."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest import read
from kb import KnowledgeBase
from tests.api.conftest import Ran, Run

HEADS = ["ชื่อโครงการ", "สถานที่", "ปีงบประมาณ", "งบประมาณ (บาท)"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, corpora: Path) -> Path:
    """A knowledge base of two samples, without vectors."""
    path = tmp_path_factory.mktemp("kb") / "phaen.db"
    with KnowledgeBase(path) as kb:
        for name in ("14-rattanasamut-budget-2567.csv", "17-pao-rattanasamut-plan-2566.pdf"):
            kb.add(read(corpora / "samples" / name))
    return path


@pytest.fixture
def added(run: Run, kept: Path) -> Run:
    def call(*arguments: object) -> Ran:
        return run(*arguments, PHAEN_KB=str(kept))

    return call


def test_a_name_is_answered_in_the_shape_of_the_contract(added: Run) -> None:
    ran = added(
        "duplicates",
        "สร้างท่าเทียบเรือบ้านปลายแหลม ต.แหลมสนงาม",
        "--in-year",
        "2567",
        "--words-only",
        "--json",
    )
    (answer,) = ran.records
    assert answer["proposal"]["years"] == [2567]
    assert answer["parts"]["places"]["subdistrict"] == ["แหลมสนงาม"]
    match = answer["matches"][0]
    assert match["relation"] == "duplicate"
    assert 0.5 <= match["score"] <= 1
    assert match["agrees"]
    assert match["project"]["page"] >= 1


def test_people_read_thai_and_english(added: Run) -> None:
    asked = ("duplicates", "สร้างท่าเทียบเรือบ้านปลายแหลม", "--words-only")
    assert "ตรงกัน" in added(*asked).out
    assert "agrees" in added(*asked, "--lang", "en").out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("ขุดลอก", "--within"),
        (" ",),
        ("ขุดลอก", "--in-year", "๒๔๔๔"),
        ("ขุดลอก", "--in-year", "ปีหน้า"),
        ("ขุดลอก", "--budget", "มาก"),
        ("--not-duplicate", "a", "a"),
        ("--file", "missing.xlsx"),
    ],
)
def test_bad_input_is_one_clear_line(added: Run, arguments: tuple[str, ...]) -> None:
    ran = added("duplicates", *arguments)
    assert ran.code in (1, 2)
    assert ran.out == ""
    assert ran.err.strip()
    assert "Traceback" not in ran.err


def test_what_is_no_duplicate_is_remembered_and_never_asked_again(
    run: Run, kept: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.db"
    shutil.copyfile(kept, own)

    def ask() -> tuple[str, list[str]]:
        ran = run(
            "duplicates",
            "สร้างท่าเทียบเรือบ้านปลายแหลม ต.แหลมสนงาม",
            "--in-year",
            "2567",
            "--words-only",
            "--json",
            PHAEN_KB=str(own),
        )
        (answer,) = ran.records
        return answer["proposal"]["id"], [match["project"]["id"] for match in answer["matches"]]

    proposal, (first, *others) = ask()
    assert run("duplicates", "--not-duplicate", proposal, first, PHAEN_KB=str(own)).code == 0
    assert ask() == (proposal, others)
    for _ in range(2):
        assert run("duplicates", "--not-duplicate", first, proposal, PHAEN_KB=str(own)).code == 0
    assert ask() == (proposal, others)


def test_a_workbook_comes_back_whole_with_answers_beside(added: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "คำขอ"
    for row in (
        HEADS,
        ["ก่อสร้างท่าเทียบเรือบ้านปลายแหลม", "ต.แหลมสนงาม", 2567, 14500000],
        ["จัดหาโดรนสำรวจป่า", "ต.ไกลโพ้น", 2567, 50000],
    ):
        sheet.append(row)
    sheet["G9"] = "=1+1"
    book.create_sheet("ซ่อน").sheet_state = "hidden"
    book.save(tmp_path / "in.xlsx")
    ran = added("duplicates", "--file", "in.xlsx", "--words-only", "--report", "out.xlsx")
    assert ran.code == 0, ran.err
    out = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert out.sheetnames[:2] == ["คำขอ", "ซ่อน"]
    assert [cell.value for cell in out["คำขอ"][2][:4]] == [
        "ก่อสร้างท่าเทียบเรือบ้านปลายแหลม",
        "ต.แหลมสนงาม",
        2567,
        14500000,
    ]
    assert out["คำขอ"]["G9"].value == "=1+1"
    answers = [cell.value for cell in out["คำขอ"][2][7:]]
    assert answers[0] == "ซ้ำ"
    assert out["คำขอ"]["H2"].font.name == "TH Sarabun New"
    assert out.worksheets[-1].auto_filter.ref
    assert out.sheetnames[-2:] == ["ผลทั้งหมด", "ต้นแบบ"]


def test_formulas_of_others_are_never_run(added: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        'ชื่อโครงการ,ปีงบประมาณ\n=HYPERLINK("http://x";"ขุดลอกคลอง"),2567\n', "utf-8"
    )
    assert added("duplicates", "--file", "in.csv", "--words-only", "--report", "o.xlsx").code == 0
    out = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert all(cell.data_type != "f" for sheet in out for row in sheet for cell in row)


def test_over_http_alike(kept: Path) -> None:
    with TestClient(create_app(kept)) as client:
        asked = {
            "proposals": [
                {"title": "สร้างท่าเทียบเรือบ้านปลายแหลม", "place": "ต.แหลมสนงาม", "year": 2567}
            ],
            "meaning": False,
        }
        (result,) = client.post("/v1/duplicates", json=asked).json()["results"]
        assert result["matches"][0]["relation"] == "duplicate"
        bad = client.post("/v1/duplicates", json={"proposals": [{"title": "ก", "year": 1}]})
        assert bad.status_code == 422
        assert bad.json()["code"] == "year-implausible"
