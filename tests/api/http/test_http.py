"""The API over real SQLite: records, pages, errors, uploads, limits, caution."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from api.app import create_app
from api.http.documents import Uploaded
from api.http.health import Health
from api.http.jobs import JobShape
from api.http.paging import ListPage
from api.http.problems import MEDIA_TYPE, ProblemShape
from api.http.schemas import DocumentShape, OrganisationCount, StatementShape, WholeDocument
from api.http.search import SearchAnswer
from api.http.state import ServerLimits
from tests.api.conftest import PLAN

LIMITS = ServerLimits(body_bytes=20_000, upload_bytes=400_000, files=5)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server with one plan in its knowledge base."""
    path = tmp_path_factory.mktemp("server") / "kb.db"
    with TestClient(create_app(path, limits=LIMITS)) as client:
        send(client, ("แผน พะเยา.txt", PLAN))
        yield client


def send(client: TestClient, *files: tuple[str, str | bytes], **fields: Any) -> Any:
    """Upload files."""
    parts = [
        ("file", (name, body.encode() if isinstance(body, str) else body)) for name, body in files
    ]
    return client.post("/v1/documents", files=parts, **fields)


def problem(answer: Any, status: int, code: str) -> ProblemShape:
    """Check that an answer is a problem of this code."""
    assert answer.headers["content-type"] == MEDIA_TYPE
    stated = ProblemShape.model_validate(answer.json())
    assert (answer.status_code, stated.status, stated.code) == (status, status, code)
    assert stated.type == f"/problems/{code}"
    return stated


def test_an_upload_is_read_kept_and_told(server: TestClient) -> None:
    answer = send(server, ("นโยบาย.txt", "วิสัยทัศน์\nเมืองสะอาด คนมีสุข\n\nพันธกิจ\n1. กำจัดขยะให้ถูกวิธี\n"))
    assert answer.status_code == 201
    (stated,) = Uploaded.model_validate(answer.json()).documents
    assert (stated.file, stated.status) == ("นโยบาย.txt", "added")
    whole = server.get(answer.headers["location"])
    shape = WholeDocument.model_validate(whole.json())
    assert [node.kind for node in shape.tree] == ["vision", "mission"]
    again = send(server, ("นโยบาย.txt", "วิสัยทัศน์\nเมืองสะอาด คนมีสุข\n\nพันธกิจ\n1. กำจัดขยะให้ถูกวิธี\n"))
    assert again.status_code == 200
    assert again.json()["documents"][0]["status"] == "unchanged"
    assert server.delete(answer.headers["location"]).status_code == 204
    problem(server.get(answer.headers["location"]), 404, "document-unknown")


def test_one_bad_file_leaves_the_others(server: TestClient) -> None:
    answer = send(server, ("ว่าง.txt", ""), ("../../บ้าน/ข.txt", "วิสัยทัศน์\nบ้านสวย เมืองงาม\n"))
    assert answer.status_code == 201
    failed, kept = Uploaded.model_validate(answer.json()).documents
    assert failed.error is not None
    assert failed.error.code == "empty-file"
    assert kept.file == "ข.txt"
    server.delete(f"/v1/documents/{kept.document_id}")


def test_only_bad_files_are_a_problem_in_the_askers_language(server: TestClient) -> None:
    answer = send(server, ("blank.txt", ""), headers={"accept-language": "en"})
    stated = problem(answer, 422, "upload-failed")
    assert stated.errors[0]["reason"] == "blank.txt is empty"


def test_an_archive_is_read_like_a_folder(server: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("แผน/หนึ่ง.txt", "วิสัยทัศน์\nนครแห่งดอกไม้และสายน้ำ\n")
        archive.writestr("แผน/สอง.txt", "พันธกิจ\n1. ปลูกป่าชุมชนทุกหมู่บ้าน\n")
    documents = send(server, ("รวม.zip", packed.getvalue())).json()["documents"]
    assert [each["file"] for each in documents] == ["รวม.zip/แผน/หนึ่ง.txt", "รวม.zip/แผน/สอง.txt"]
    for each in documents:
        server.delete(f"/v1/documents/{each['document_id']}")


def test_the_sender_says_whose_plan_it_is(server: TestClient) -> None:
    answer = send(
        server,
        ("ก.txt", "วิสัยทัศน์\nท้องถิ่นเข้มแข็ง คนพอเพียง\n"),
        data={"organisation": "อบจ.แพร่", "period": "2566-2570"},
    )
    document = answer.json()["documents"][0]
    assert document["organisation"]["name"] == "องค์การบริหารส่วนจังหวัดแพร่"
    assert document["period"] == [2566, 2570]
    bodies = ListPage[OrganisationCount].model_validate(server.get("/v1/organisations").json())
    assert "องค์การบริหารส่วนจังหวัดแพร่" in [body.name for body in bodies.items]
    server.delete(f"/v1/documents/{document['document_id']}")
    bad = send(server, ("ก.txt", "x"), data={"period": "เมื่อวาน"})
    problem(bad, 422, "period-invalid")


def test_long_work_is_a_job_that_can_be_followed(server: TestClient) -> None:
    answer = send(
        server, ("งาน.txt", "วิสัยทัศน์\nแหล่งเรียนรู้ตลอดชีวิต\n"), headers={"prefer": "respond-async"}
    )
    assert answer.status_code == 202
    job = JobShape.model_validate(answer.json())
    assert answer.headers["location"] == f"/v1/jobs/{job.id}"
    with server.stream("GET", f"/v1/jobs/{job.id}/events") as stream:
        events = stream.read().decode().strip().split("\n\n")
    name, data = events[-1].split("\n", 1)
    assert name == "event: done"
    last = JobShape.model_validate(json.loads(data.removeprefix("data: ")))
    assert last.done == last.total == 1
    assert server.get(f"/v1/jobs/{job.id}").json()["state"] == "done"
    server.delete(f"/v1/documents/{last.result[0]['document_id']}")
    problem(server.get("/v1/jobs/none"), 404, "job-unknown")


def test_lists_come_in_pages(server: TestClient) -> None:
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(20):
        query = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        page = ListPage[StatementShape].model_validate(
            server.get("/v1/statements", params=query).json()
        )
        seen += [item.id for item in page.items]
        cursor = page.next
        if cursor is None:
            break
    everything = server.get("/v1/statements").json()["items"]
    assert seen == [item["id"] for item in everything]
    ListPage[DocumentShape].model_validate(server.get("/v1/documents").json())


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/statements?kind=visoin", "kind-unknown"),
        ("/v1/statements?knd=vision", "request-invalid"),
        ("/v1/statements?limit=0", "request-invalid"),
        ("/v1/statements?limit=100000", "request-invalid"),
        ("/v1/statements?cursor=..", "cursor-invalid"),
        ("/v1/statements?cursor=%00", "cursor-invalid"),
        ("/v1/statements?period=2570-2566", "period-invalid"),
        ("/v1/statements?min_confidence=7", "confidence-invalid"),
        ("/v1/projects?plan_kind=novel", "plan-kind-unknown"),
        ("/v1/documents?organisation_kind=club", "organisation-kind-unknown"),
    ],
)
def test_filters_fail_closed(server: TestClient, path: str, code: str) -> None:
    problem(server.get(path), 422, code)


def test_search_says_why(server: TestClient) -> None:
    answer = server.post("/v1/search", json={"query": "ผู้สูงอายุ", "mode": "words"})
    found = TypeAdapter(SearchAnswer).validate_python(answer.json())
    hit = found.hits[0]
    assert hit.why.words == ["ผู้สูงอายุ"]
    first, last = hit.highlight[0]
    assert hit.text[first:last] == "ผู้สูงอายุ"  # type: ignore[union-attr]
    assert 0 < hit.relevance <= 1
    nothing = server.post("/v1/search", json={"query": "asdfgh qwerty", "mode": "words"}).json()
    assert nothing["hits"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"query": "น้ำ", "mode": "magic"},
        {"query": "น้ำ", "limit": 0},
        {"query": "น้ำ", "limit": 9999},
        {"mode": "words"},
        {"query": "น้ำ", "kindz": []},
        {"query": 5},
        [],
        "น้ำ",
    ],
)
def test_a_search_that_is_no_search_is_told_field_by_field(server: TestClient, body: Any) -> None:
    stated = problem(server.post("/v1/search", json=body), 422, "request-invalid")
    assert stated.errors


@pytest.mark.parametrize(
    "query", ['NEAR("น้ำ" AND', "*", '"', "น้ำ\x00ท่วม", "' OR 1=1 --", "\u0e48\u0e49", "{}[]()^~:"]
)
def test_odd_queries_never_break_the_server(server: TestClient, query: str) -> None:
    answer = server.post("/v1/search", json={"query": query, "mode": "words"})
    assert (answer.status_code, answer.json()["query"]) == (200, query)


def test_blanks_are_no_query(server: TestClient) -> None:
    problem(server.post("/v1/search", json={"query": "  ", "mode": "words"}), 422, "query-empty")


def test_a_query_has_a_longest_length(server: TestClient) -> None:
    long = server.post("/v1/search", json={"query": "น้ำ" * 2000, "mode": "words"})
    assert problem(long, 422, "query-too-long")


def test_an_empty_query_is_told(server: TestClient) -> None:
    problem(server.post("/v1/search", json={"query": " \n ", "mode": "words"}), 422, "query-empty")


def test_broken_json_is_told(server: TestClient) -> None:
    answer = server.post(
        "/v1/search", content=b'{"query": ', headers={"content-type": "application/json"}
    )
    assert problem(answer, 422, "request-invalid").errors[0]["reason"] == "ไม่ใช่ JSON ที่ใช้ได้"


def test_what_is_not_there_is_a_problem_too(server: TestClient) -> None:
    problem(server.get("/v1/nothing"), 404, "not-found")
    problem(server.put("/v1/search"), 405, "method-not-allowed")
    problem(server.get("/v1/documents/zzz"), 404, "document-unknown")


def test_the_health_tells_what_there_is(server: TestClient) -> None:
    stated = Health.model_validate(server.get("/v1/health").json())
    assert stated.counts["documents"] >= 1


def test_bodies_are_refused_by_what_they_say_of_themselves(server: TestClient) -> None:
    answer = server.post("/v1/search", json={"query": "x" * 30_000})
    problem(answer, 413, "body-too-large")


def test_bodies_without_a_length_are_counted_as_they_arrive(server: TestClient) -> None:

    def endless() -> Iterator[bytes]:
        yield b'--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(10_000):
            yield b"x" * 10_000

    answer = server.post(
        "/v1/documents",
        content=endless(),
        headers={"content-type": "multipart/form-data; boundary=b"},
    )
    problem(answer, 413, "body-too-large")


def test_too_many_files_are_refused(server: TestClient) -> None:
    answer = send(server, *[(f"{number}.txt", "วิสัยทัศน์\nก\n") for number in range(6)])
    problem(answer, 413, "too-many-files")


def test_an_upload_without_a_file_is_told(server: TestClient) -> None:
    stated = problem(server.post("/v1/documents", data={"period": "2566"}), 422, "request-invalid")
    assert stated.errors[0]["field"] == "body.file"


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}],
)
def test_other_sites_pages_cannot_write(server: TestClient, headers: dict[str, str]) -> None:
    problem(send(server, ("ก.txt", "x"), headers=headers), 403, "origin-refused")
    assert (
        server.get("/v1/health", headers=headers).headers.get("access-control-allow-origin") is None
    )


def test_a_local_server_answers_to_its_own_names_alone(tmp_path: Path) -> None:
    app = create_app(tmp_path / "kb.db", hosts={"127.0.0.1", "localhost"})
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        assert client.get("/v1/health").status_code == 200
        problem(client.get("/v1/health", headers={"host": "rebound.example"}), 421, "host-refused")


@pytest.mark.parametrize("path", ["/", "/docs", "/v1/health", "/v1/nothing", "/assets/phaen.css"])
def test_every_answer_is_cautious(server: TestClient, path: str) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


def test_the_description_needs_no_other_host(server: TestClient) -> None:
    described = server.get("/openapi.json").json()
    assert described["paths"].keys() >= {"/v1/documents", "/v1/search", "/v1/health"}
    assert "http://" not in server.get("/docs").text
    assert "https://" not in server.get("/docs").text
