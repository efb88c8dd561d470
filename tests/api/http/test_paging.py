"""Lists in pages: every record once, also where some come or go between two pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.records import Organisation
from kb import KnowledgeBase
from tests.kb.samples import document

PROVINCES = ("แพร่", "น่าน", "พะเยา", "เชียงราย", "ลำปาง")


def plan_of(province: str) -> Any:
    body = Organisation(f"จังหวัด{province}", "province", province)
    return document(f"{province}.txt", ("vision", f"{province}เมืองน่าอยู่"), body=body)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A server that holds a plan of each province."""
    path = tmp_path / "kb.db"
    with KnowledgeBase(path) as kb:
        for province in PROVINCES:
            kb.add(plan_of(province))
    with TestClient(create_app(path)) as client:
        yield client


def page(client: TestClient, path: str, **query: object) -> tuple[list[dict[str, Any]], str | None]:
    answer = client.get(path, params={"limit": 2} | query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"], answer.json()["next"]


def rest(client: TestClient, path: str, cursor: str | None) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    while cursor is not None:
        items, cursor = page(client, path, cursor=cursor)
        assert 1 <= len(items) <= 2
        records += items
    return records


@pytest.mark.parametrize("path", ["/v1/organisations", "/v1/statements", "/v1/documents"])
def test_pages_together_are_the_list(client: TestClient, path: str) -> None:
    first, cursor = page(client, path)
    assert [*first, *rest(client, path, cursor)] == client.get(path).json()["items"]


def test_an_organisation_that_comes_between_two_pages_repeats_and_hides_none(
    client: TestClient,
) -> None:
    before = [body["name"] for body in client.get("/v1/organisations").json()["items"]]
    first, cursor = page(client, "/v1/organisations")
    client.app.state.kb.add(plan_of("กระบี่"))  # type: ignore[attr-defined] (it sorts first)
    names = [body["name"] for body in [*first, *rest(client, "/v1/organisations", cursor)]]
    assert names == before
    assert client.get("/v1/organisations").json()["items"][0]["name"] == "จังหวัดกระบี่"


def test_an_organisation_that_goes_between_two_pages_hides_no_other(client: TestClient) -> None:
    before = [body["name"] for body in client.get("/v1/organisations").json()["items"]]
    first, cursor = page(client, "/v1/organisations")
    (gone,) = client.get("/v1/documents", params={"organisation": first[1]["name"]}).json()["items"]
    assert client.delete(f"/v1/documents/{gone['id']}").status_code == 204
    names = [body["name"] for body in [*first, *rest(client, "/v1/organisations", cursor)]]
    assert names == before


def test_reviews_come_in_pages_of_one_document_or_all(client: TestClient) -> None:
    statements = client.get("/v1/statements").json()["items"]
    for statement in statements:
        word = {"record": statement["id"], "verdict": "accepted"}
        assert client.post("/v1/reviews", json=word).status_code == 201
    first, cursor = page(client, "/v1/reviews")
    client.post("/v1/reviews", json={"record": statements[0]["id"], "verdict": "rejected"})
    targets = [review["target"] for review in [*first, *rest(client, "/v1/reviews", cursor)]]
    assert targets == [*(statement["id"] for statement in statements), statements[0]["id"]]
    own, cursor = page(client, "/v1/reviews", document=statements[0]["document"])
    assert [review["verdict"] for review in own] == ["accepted", "rejected"]
    assert cursor is None


@pytest.mark.parametrize(
    "cursor", ["x", "YWZ0ZXI6LTE", "YWZ0ZXItbmFtZTp7fQ", "YWZ0ZXItbmFtZTpb", "____"]
)
@pytest.mark.parametrize("path", ["/v1/organisations", "/v1/reviews", "/v1/documents"])
def test_a_cursor_that_no_page_gave_is_refused(client: TestClient, path: str, cursor: str) -> None:
    answer = client.get(path, params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor-invalid")


def test_the_cursor_of_one_list_is_none_of_another(client: TestClient) -> None:
    _, by_name = page(client, "/v1/organisations")
    _, by_key = page(client, "/v1/documents")
    for path, cursor in (("/v1/documents", by_name), ("/v1/organisations", by_key)):
        answer = client.get(path, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor-invalid")
