import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.records import Period
from kb import KnowledgeBase
from tests.api.conftest import Run
from tests.kb.samples import RIVERSIDE, RIVERSIDE_PAO, document


@pytest.fixture
def kb_file(tmp_path: Path) -> Path:
    path = tmp_path / "two.db"
    with KnowledgeBase(path) as kb:
        for body, period, text in [
            (RIVERSIDE, Period(2561, 2565), "เมืองน่าอยู่ เกษตรปลอดภัย"),
            (RIVERSIDE, Period(2566, 2570), "เมืองน่าอยู่ เกษตรปลอดภัยมูลค่าสูง ผู้สูงวัยเป็นสุข"),
            (RIVERSIDE_PAO, Period(2566, 2570), "เกษตรปลอดภัย จัดการน้ำทั่วถึง"),
        ]:
            kb.add(document(f"{body.name}{period}", ("vision", text), body=body, period=period))
    return path


def test_people_see_pairs_themes_and_changes(run: Run, kb_file: Path) -> None:
    ran = run("compare", "จังหวัดริมธาร", "อบจ.ริมธาร", "--over-time", "--words-only", "--kb", kb_file)
    assert ran.code == 0
    assert "= เมืองน่าอยู่" in ran.out
    assert "+ ผู้สูงวัยเป็นสุข" in ran.out
    assert "ประเด็น: " in ran.out


def test_programs_get_one_object(run: Run, kb_file: Path) -> None:
    ran = run("compare", "--words-only", "--json", "--kb", kb_file)
    (stated,) = ran.records
    assert [body["organisation"]["name"] for body in stated["organisations"]] == sorted(
        [RIVERSIDE.name, RIVERSIDE_PAO.name]
    )
    assert stated["pairs"][0]["shared"]


def test_an_unknown_body_is_wrong_usage(run: Run, kb_file: Path) -> None:
    ran = run("compare", "จังหวัดไม่มีจริง", "--words-only", "--kb", kb_file)
    assert ran.code == 2
    assert "ไม่มีจริง" in ran.err
    assert run("compare", "--kind", "project", "--kb", kb_file).code == 2


def test_the_report_is_one_file_and_the_same_every_time(run: Run, kb_file: Path) -> None:
    for name in ("a.html", "b.html"):
        options = ("--over-time", "--words-only", "--kb", kb_file)
        assert run("compare", "--report", name, *options).code == 0
    first = Path("a.html").read_bytes()
    assert first == Path("b.html").read_bytes()
    text = first.decode()
    assert "เกษตรปลอดภัยมูลค่าสูง" in text
    assert "นับเฉพาะ 1 หน่วยงานที่มีทั้งแผนเดิมและแผนใหม่" in text
    assert 'src="http' not in text
    assert "url(http" not in text


def test_a_folder_holds_pictures_and_their_data(run: Run, kb_file: Path) -> None:
    pytest.importorskip("altair", reason="phaen[charts] is not installed")
    assert run("compare", "--charts", "out", "--words-only", "--kb", kb_file).code == 0
    assert Path("out/closeness.png").read_bytes().startswith(b"\x89PNG")
    assert Path("out/themes.csv").read_text("utf-8-sig").startswith("organisation,theme,score\n")
    assert json.loads(Path("out/comparison.json").read_text("utf-8"))["pairs"]
    assert Path("out/topics.csv").read_text("utf-8-sig").startswith("words,organisations,")


@pytest.mark.slow
def test_over_http_as_data_and_as_a_page(kb_file: Path) -> None:
    with TestClient(create_app(kb_file)) as client:
        asked = {"organisations": ["ริมธาร"], "over_time": True}
        stated = client.post("/v1/comparisons", json=asked).json()
        assert stated["changes"][0]["phrases"]
        page = client.post("/v1/comparisons", json=asked, headers={"Accept": "text/html"})
        assert page.headers["content-type"].startswith("text/html")
        assert "มีเฉพาะที่นี่" in page.text
        wrong = client.post("/v1/comparisons", json={"organisations": ["ไม่มีจริง"]})
        assert wrong.status_code == 404
        assert wrong.headers["content-type"] == "application/problem+json"


def test_topics_areas_and_other_plans_are_shown(run: Run, kb_file: Path) -> None:
    ran = run("compare", "--words-only", "--kb", kb_file)
    assert "หัวข้อที่พบจากถ้อยคำเอง" in ran.out
    assert "แผนช่วงอื่นกล่าวว่า (พ.ศ. 2561–2565): เมืองน่าอยู่ เกษตรปลอดภัย" in ran.out
    wrong = run("compare", "--words-only", "--area", "ล้านนา", "--kb", kb_file)
    assert wrong.code == 2
    assert "ภาคเหนือตอนบน 1" in wrong.err


def test_the_whole_knowledge_base_is_exported(run: Run, kb_file: Path) -> None:
    (stated,) = run("export", "out", "--format", "csv", "--json", "--kb", kb_file).records
    assert stated["statements"] == 3
    assert {one["name"] for one in stated["files"]} >= {"statements.csv", "README.md"}
    assert run("export", "out", "--kb", kb_file).code == 0
    Path("out/mine.txt").write_text("x")
    assert run("export", "out", "--kb", kb_file).code == 2
    assert run("export", "new", "--format", "xlsx", "--kb", kb_file).code == 2


def test_the_export_over_http_is_a_zip(kb_file: Path) -> None:
    with TestClient(create_app(kb_file)) as client:
        answer = client.get("/v1/export?format=csv")
        assert answer.content.startswith(b"PK")
        assert answer.headers["etag"].strip('"') in answer.headers["content-disposition"]
        assert client.get("/v1/export?format=csv").content == answer.content
        assert client.get("/v1/export?format=x").json()["code"] == "export-format-unknown"
        assert len(client.get("/v1/areas").json()) == 24
