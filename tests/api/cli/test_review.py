"""A person's word on what was read, from the command line and over HTTP."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.paging import ListPage
from api.http.reviews import MatchReviewShape, ReviewShape
from api.http.schemas import StatementShape
from tests.api.conftest import Run

VISION = "เมืองแห่งกว๊านน้ำใส คนสุขภาพดี เศรษฐกิจเติบโตอย่างพอเพียง"


def said(run: Run) -> dict[str, str]:
    """Tell the ids of the statements by their kind, and the document's."""
    (document,) = run("list", "--json").records
    shown = run("show", document["id"], "--json").records[0]
    return {"document": document["id"]} | {s["kind"]: s["id"] for s in shown["statements"]}


def test_a_correction_lasts_when_the_plan_is_added_again(run: Run, plan: Path) -> None:
    run("add", plan)
    ids = said(run)
    done = run("review", ids["vision"], "--text", "เมืองกว๊านใส คนแข็งแรง", "--note", "พิมพ์ผิด")
    assert (done.code, done.out) == (0, "แก้ไขแล้ว · วิสัยทัศน์ · เมืองกว๊านใส คนแข็งแรง\n")
    run("remove", ids["document"])
    run("add", plan)
    assert "เมืองกว๊านใส คนแข็งแรง" in run("show", ids["document"]).out
    (review,) = run("review", "--json").records
    assert (review["verdict"], review["note"]) == ("corrected", "พิมพ์ผิด")
    assert "พิมพ์ผิด" in run("review").out


def test_what_is_rejected_leaves_the_plan_and_what_is_added_joins_it(run: Run, plan: Path) -> None:
    run("add", plan)
    ids = said(run)
    assert run("review", ids["vision"], "--reject").code == 0
    added = run("review", ids["document"], "--add", "--kind", "goal", "--text", "กว๊านสะอาด")
    assert added.out == "เพิ่มโดยคน · เป้าประสงค์ · กว๊านสะอาด\n"
    shown = run("show", ids["document"]).out
    assert VISION not in shown
    assert "กว๊านสะอาด" in shown


def test_a_document_reviewed_whole_becomes_gold(run: Run, plan: Path, tmp_path: Path) -> None:
    run("add", plan)
    ids = said(run)
    run("review", ids["value"], "--reject")
    assert run("review", "--gold", "gold", "--json").records == [{"folder": "gold", "documents": 0}]
    (done,) = run("review", ids["document"], "--accept", "--json").records
    assert done["accepted"] > 0
    assert run("review", "--gold", "gold", "--json").records == [{"folder": "gold", "documents": 1}]
    (row,) = map(json.loads, (tmp_path / "gold/gold.jsonl").read_text("utf-8").splitlines())
    assert {"vision", "mission"} <= {each["type"] for each in row["statements"]}
    (report,) = run("evaluate", "extract", "--gold", "gold", "--json").records
    assert report["strict"]["all"]["recall"] == 1


@pytest.mark.parametrize(
    ("arguments", "stated"),
    [
        (["0000", "--accept"], "ไม่มี"),
        (["{vision}"], "--accept --reject --correct"),
        (["{vision}", "--correct"], "การแก้ไขต้องระบุ"),
        (["{vision}", "--text", "  "], "ข้อความว่างเปล่า"),
        (["{document}", "--add", "--kind", "goal"], "การเพิ่มข้อความต้องระบุ"),
        (["{document}", "--add", "--kind", "goal", "--text", "ก", "--page", "9"], "ไม่มีหน้า 9"),
        (["{document}", "--reject"], "ไม่มี"),
    ],
)
def test_words_that_make_no_sense_change_nothing(
    run: Run, plan: Path, arguments: list[str], stated: str
) -> None:
    run("add", plan)
    ids = said(run)
    result = run("review", *[each.format(**ids) for each in arguments])
    assert result.code == 2
    assert stated in result.err
    assert run("review", "--json").records == []


def test_reviews_over_http(tmp_path: Path, plan: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        client.post("/v1/documents", files={"file": (plan.name, plan.read_bytes())})
        (vision,) = client.get("/v1/statements?kind=vision").json()["items"]
        word = {"record": vision["id"], "verdict": "corrected", "text": "เมืองกว๊านใส"}
        answer = client.post("/v1/reviews", json=word)
        assert answer.status_code == 201
        stands = StatementShape.model_validate(answer.json())
        assert (stands.text, stands.review) == ("เมืองกว๊านใส", "corrected")
        added = {"document": vision["document"], "verdict": "added", "kind": "goal", "text": "คนดี"}
        assert client.post("/v1/reviews", json=added).json()["review"] == "added"
        match = {"match": ["aaaa", "bbbb"], "verdict": "not_duplicate"}
        assert MatchReviewShape.model_validate(client.post("/v1/reviews", json=match).json())
        listed = client.get("/v1/reviews").json()
        kept = ListPage[ReviewShape].model_validate(listed)
        assert [each.verdict for each in kept.items] == ["corrected", "added"]
        for wrong, code in (
            ({"verdict": "accepted"}, "record-missing"),
            ({"verdict": "added", "document": vision["document"]}, "addition-incomplete"),
            ({"verdict": "not_duplicate"}, "pair-invalid"),
        ):
            refused = client.post("/v1/reviews", json=wrong)
            assert (refused.status_code, refused.json()["code"]) == (422, code)
        assert (
            client.post("/v1/reviews", json={"record": "zz", "verdict": "accepted"}).status_code
            == 404
        )


def test_reviewing_in_a_browser(tmp_path: Path, plan: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        client.post("/v1/documents", files={"file": (plan.name, plan.read_bytes())})
        (vision,) = client.get("/v1/statements?kind=vision").json()["items"]
        shown = client.get(f"/records/{vision['id']}")
        assert f"<mark>{VISION}</mark>" in shown.text
        word = {"verdict": "corrected", "kind": "vision", "text": "<b>เมืองกว๊าน</b>"}
        back = client.post(f"/records/{vision['id']}", data=word)
        assert "แก้ไขแล้ว" in back.text
        assert "&lt;b&gt;เมืองกว๊าน&lt;/b&gt;" in back.text
        same = client.post(f"/records/{vision['id']}", data={"verdict": "corrected", "text": ""})
        assert (same.status_code, "การแก้ไขต้องระบุ" in same.text) == (422, True)
        missed = {"kind": "goal", "text": "กว๊านสะอาด", "page": 1}
        added = client.post(f"/documents/{vision['document']}/statements", data=missed)
        assert "กว๊านสะอาด" in added.text
        assert client.get("/records/0000").status_code == 404
        refused = client.post(
            f"/records/{vision['id']}",
            data={"verdict": "rejected"},
            headers={"origin": "https://elsewhere.example"},
        )
        assert refused.status_code == 403
