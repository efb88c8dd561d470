"""Search over HTTP: filters compose and fail closed, pages follow, hits are counted and grouped."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from api.app import create_app
from api.http.search import SearchAnswer
from kb import KnowledgeBase
from tests.kb.samples import HILLTOWN, RIVERSIDE, RIVERSIDE_PAO, Period, document, project


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("searching") / "kb.db"
    with KnowledgeBase(path) as kb:
        kb.add(
            document(
                "a", ("goal", "คลองสะอาด น้ำใส"), ("strategy", "ขุดลอกคลองทุกสาย"), body=RIVERSIDE
            )
        )
        kb.add(
            document("b", ("goal", "คลองเล็กไม่ตื้นเขิน"), body=RIVERSIDE_PAO, period=Period(2561, 2565))
        )
        kb.add(
            document(
                "c",
                ("mission", "ดูแลคลองและฝาย"),
                body=HILLTOWN,
                period=Period(2571, 2575),
                projects=(project("ขุดคลองหมู่ที่ 3"),),
            )
        )
    with TestClient(create_app(path)) as client:
        yield client


def ask(server: TestClient, **stated: Any) -> dict[str, Any]:
    answer = server.post("/v1/search", json={"query": "คลอง", "mode": "words"} | stated)
    assert answer.status_code == 200, answer.text
    TypeAdapter(SearchAnswer).validate_python(answer.json())
    found: dict[str, Any] = answer.json()
    return found


def texts(found: dict[str, Any]) -> set[str]:
    return {hit["text"] for hit in found["hits"]}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"organisation_kinds": ["pao"]}, {"คลองเล็กไม่ตื้นเขิน"}),
        ({"kinds": ["goal"], "period": [2566, 2570]}, {"คลองสะอาด น้ำใส"}),
        ({"district": "เมืองริมธาร", "kinds": ["mission"]}, {"ดูแลคลองและฝาย"}),
        ({"province": "แพร่"}, set()),
        ({"reviewed": True}, set()),
        ({"plan_kinds": ["budget"]}, set()),
    ],
)
def test_filters_compose(server: TestClient, filters: dict[str, Any], expected: set[str]) -> None:
    assert texts(ask(server, **filters)) == expected


def test_pages_follow_each_other_to_the_last(server: TestClient) -> None:
    whole, seen, cursor = ask(server), [], None
    while True:
        page = ask(server, limit=2, cursor=cursor)
        seen += [hit["id"] for hit in page["hits"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [hit["id"] for hit in whole["hits"]]
    assert whole["next"] is None


def test_hits_are_counted_by_what_filters_ask_for(server: TestClient) -> None:
    counted = ask(server, facets=True, limit=1)
    assert counted["facets"]["kind"] == {"goal": 2, "mission": 1, "project": 1, "strategy": 1}
    assert counted["facets"]["year"]["2566"] == 2
    assert sum(counted["facets"]["organisation"].values()) == counted["found"] == 5
    assert ask(server)["facets"] is None


def test_hits_are_sorted_and_grouped(server: TestClient) -> None:
    newest = [hit["period"][1] for hit in ask(server, sort="newest")["hits"]]
    assert newest == sorted(newest, reverse=True)
    oldest = [hit["period"][0] for hit in ask(server, sort="oldest")["hits"]]
    assert oldest == sorted(oldest)
    bodies = [hit["organisation"]["name"] for hit in ask(server, sort="organisation")["hits"]]
    assert bodies == sorted(bodies)
    grouped = ask(server, by_document=True)
    assert len({hit["document"] for hit in grouped["hits"]}) == len(grouped["hits"]) == 3
    assert sum(hit["more_in_document"] for hit in grouped["hits"]) == 2


def test_more_like_a_record_leaves_the_record_out(server: TestClient) -> None:
    (first, *_) = ask(server)["hits"]
    found = ask(server, query="", like=first["id"])
    assert found["hits"]
    assert first["id"] not in {hit["id"] for hit in found["hits"]}


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"cursor": "???"}, "cursor-invalid"),
        ({"kinds": ["dream"]}, "kind-unknown"),
        ({"organisation_kinds": ["club"]}, "organisation-kind-unknown"),
        ({"like": "ffffffff", "query": ""}, "record-unknown"),
        ({"query": ""}, "query-empty"),
        ({"document": "ffff"}, "document-unknown"),
        ({"min_confidence": 7}, "confidence-invalid"),
        ({"sort": "colour"}, "request-invalid"),
    ],
)
def test_what_cannot_be_asked_is_told(
    server: TestClient, stated: dict[str, Any], code: str
) -> None:
    answer = server.post("/v1/search", json={"query": "คลอง", "mode": "words"} | stated)
    unknown = code in ("record-unknown", "document-unknown")
    assert (answer.status_code, answer.json()["code"]) == (404 if unknown else 422, code)
