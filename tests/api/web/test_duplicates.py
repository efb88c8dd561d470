"""Planned before? Asked in a browser, over HTTP, and moved, corrected, refused afterwards."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import lxml.html
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest import read
from kb import KnowledgeBase
from tests.api.conftest import Run

PIER = {"title": "สร้างท่าเทียบเรือบ้านปลายแหลม", "place": "ต.แหลมสนงาม", "year": "2567"}
ASKED = {**PIER, "year": 2567}


@pytest.fixture
def kept(tmp_path: Path, corpora: Path) -> Path:
    path = tmp_path / "phaen.db"
    with KnowledgeBase(path) as kb:
        for name in ("14-rattanasamut-budget-2567.csv", "17-pao-rattanasamut-plan-2566.pdf"):
            kb.add(read(corpora / "samples" / name))
    return path


@pytest.fixture
def client(kept: Path) -> Iterator[TestClient]:
    with TestClient(create_app(kept)) as client:
        yield client


def see(client: TestClient, **query: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(client.get(f"/duplicates?{urlencode(query)}").text)


def duplicates(page: lxml.html.HtmlElement) -> list[str]:
    return page.xpath("//ol[@class='hits']/li[.//span[.='ซ้ำ']]/p[2]//text()")


def test_the_page_tells_duplicates_with_reasons_and_sources(client: TestClient) -> None:
    page = see(client, **PIER)
    assert any("ท่าเทียบเรือ" in title for title in duplicates(page))
    text = page.text_content()
    assert "ตรงกัน" in text
    assert "น. 1" in text
    assert page.xpath("//input[@name='part.subdistrict']/@value") == ["แหลมสนงาม"]


def test_what_is_refused_on_the_page_is_not_asked_again(client: TestClient) -> None:
    page = see(client, **PIER)
    first = len(duplicates(page))
    form = page.xpath("//form[@method='post']")[0]
    fields = {each.get("name"): each.get("value") for each in form.xpath(".//input")}
    after = client.post(form.get("action"), data=fields)
    assert after.url.path == "/duplicates"
    assert len(duplicates(lxml.html.fromstring(after.text))) == first - 1
    assert len(duplicates(see(client, **PIER))) == first - 1


def test_thresholds_and_corrected_parts_change_the_page(client: TestClient) -> None:
    assert duplicates(see(client, **PIER, threshold="100")) == []
    elsewhere = see(client, **PIER, **{"part.subdistrict": "ไกลโพ้น", "part.hamlet": "ดอนสูง"})
    assert duplicates(elsewhere) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": "๒๔๙๙"},
        {"year": "2601"},
        {"year": "ปีหน้า"},
        {"budget": "-5"},
        {"budget": "nan"},
        {"threshold": "900"},
        {"threshold": "มาก"},
        {"part.planet": "อังคาร"},
        {"title": "๑๒๓"},
    ],
)
def test_what_cannot_be_meant_is_told_on_the_page(
    client: TestClient, wrong: dict[str, str]
) -> None:
    answer = client.get(f"/duplicates?{urlencode({**PIER, **wrong})}")
    assert answer.status_code == 422
    (stated,) = lxml.html.fromstring(answer.text).xpath("//p[@role='alert']/text()")
    assert stated.strip()


def test_a_name_without_a_place_is_unsure_and_says_why(client: TestClient) -> None:
    asked = {"proposals": [{"title": "ก่อสร้างท่าเทียบเรือ", "year": 2567}], "meaning": False}
    (result,) = client.post("/v1/duplicates", json=asked).json()["results"]
    assert result["notes"] == ["place-unknown"]
    match = result["matches"][0]
    assert match["notes"] == ["place-unknown"]
    assert match["score"] < 0.75
    assert "เทียบสถานที่ไม่ได้" in see(client, title="ก่อสร้างท่าเทียบเรือ").text_content()


def test_corrected_parts_over_http(client: TestClient) -> None:
    asked = {
        "proposals": [{**ASKED, "parts": {"places": {"subdistrict": ["ไกลโพ้น"], "hamlet": []}}}],
        "meaning": False,
    }
    (result,) = client.post("/v1/duplicates", json=asked).json()["results"]
    assert result["parts"]["places"] == {"subdistrict": ["ไกลโพ้น"]}
    assert result["matches"][0]["relation"] != "duplicate"
    asked["proposals"][0]["parts"] = {"places": {"planet": ["อังคาร"]}}
    bad = client.post("/v1/duplicates", json=asked)
    assert (bad.status_code, bad.json()["code"]) == (422, "part-unknown")


def test_a_refused_match_over_http_is_not_asked_again(client: TestClient) -> None:
    def ask() -> tuple[str, list[str]]:
        stated = client.post("/v1/duplicates", json={"proposals": [ASKED], "meaning": False}).json()
        (result,) = stated["results"]
        return result["proposal"]["id"], [m["project"]["id"] for m in result["matches"]]

    one, matches = ask()
    pair = {"verdict": "not_duplicate", "match": [one, matches[0]]}
    assert client.post("/v1/reviews", json=pair).status_code == 201
    assert matches[0] not in ask()[1]


def test_thresholds_move_over_http_without_comparing(client: TestClient) -> None:
    stated = client.post("/v1/duplicates", json={"proposals": [ASKED], "meaning": False}).json()
    moved = client.post(
        "/v1/duplicates/thresholds",
        json={"results": stated["results"], "thresholds": {"duplicate": 1.0}},
    )
    relations = {match["relation"] for match in moved.json()["results"][0]["matches"]}
    assert "duplicate" not in relations
    bad = client.post("/v1/duplicates/thresholds", json={"results": [{}], "thresholds": {}})
    assert bad.json()["code"] == "answers-damaged"


def test_within_over_http_is_a_job_where_it_is_long(client: TestClient, kept: Path) -> None:
    direct = client.post("/v1/duplicates/within", json={})
    assert direct.status_code == 200
    groups = direct.json()["groups"]
    assert direct.json()["found"] == len(groups) >= 1
    later = client.post("/v1/duplicates/within", json={}, headers={"prefer": "respond-async"})
    assert later.status_code == 202
    client.get(f"{later.headers['location']}/events")
    assert client.get(later.headers["location"]).json()["result"] == groups


def test_copied_visions_over_http_are_marked(client: TestClient) -> None:
    vision = "เมืองท่าปลอดภัย ผู้คนมีสุข เศรษฐกิจทะเลก้าวหน้าอย่างยั่งยืน"
    for number, body in enumerate(("เทศบาลตำบลปากน้ำ", "เทศบาลตำบลหัวหาด")):
        text = f"{body}\nวิสัยทัศน์\n“{vision}”\n" + "\n" * number
        client.post(
            "/v1/documents",
            files={"file": (f"{number}.txt", text.encode())},
            data={"organisation": body},
        )
    (copy,) = client.post("/v1/duplicates/statements", json={"kinds": ["vision"]}).json()["copies"]
    assert copy["share"] == 1.0
    start, end = copy["spans"]["a"][0]
    assert copy["a"]["text"][start:end].startswith("เมืองท่าปลอดภัย")


def test_kept_answers_are_named_anew_by_command(run: Run, kept: Path, tmp_path: Path) -> None:
    asked = run(
        "duplicates",
        PIER["title"],
        "--place",
        PIER["place"],
        "--in-year",
        "2567",
        "--words-only",
        "--json",
        PHAEN_KB=str(kept),
    )
    (tmp_path / "kept.jsonl").write_text(asked.out, "utf-8")
    assert json.loads(asked.out)["matches"][0]["relation"] == "duplicate"
    moved = run("duplicates", "--answers", "kept.jsonl", "--threshold", "1", "--json")
    assert all(match["relation"] != "duplicate" for match in moved.records[0]["matches"])
    (tmp_path / "kept.jsonl").write_text("{}", "utf-8")
    assert run("duplicates", "--answers", "kept.jsonl").code == 2


def test_parts_are_corrected_by_command(run: Run, kept: Path) -> None:
    asked = ("duplicates", PIER["title"], "--place", PIER["place"], "--words-only", "--json")
    wrong = run(*asked, "--part", "subdistrict=ไกลโพ้น", "--part", "hamlet=", PHAEN_KB=str(kept))
    assert wrong.records[0]["parts"]["places"] == {"subdistrict": ["ไกลโพ้น"]}
    assert run(*asked, "--part", "planet=อังคาร", PHAEN_KB=str(kept)).code == 2
