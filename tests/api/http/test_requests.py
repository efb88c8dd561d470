"""Requests nobody should send: each is refused with a reason, none ends in a 500."""

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.http.uploads import file_name
from tests.api.conftest import PLAN
from tests.api.http.recording import SAMPLES
from tests.api.http.test_http import problem, send

HALF = "\ud800"
HUGE = 10**30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("requests") / "kb.db"
    with TestClient(create_app(path), raise_server_exceptions=False) as client:
        send(client, ("แผน พะเยา.txt", PLAN))
        yield client


BODIES: dict[str, dict[str, Any]] = {
    "/v1/search": {
        "query": "น้ำ",
        "mode": "words",
        "like": "ab",
        "kinds": ["vision"],
        "organisation": "ก",
        "organisation_kinds": ["pao"],
        "province": "แพร่",
        "district": "สอง",
        "plan_kinds": ["local_plan"],
        "period": [2566, 2570],
        "document": "ab",
        "limit": 3,
        "min_confidence": 0.5,
        "sort": "newest",
        "cursor": "YWZ0ZXI6MQ",
        "reviewed": True,
    },
    "/v1/alignment": {
        "proposals": [
            {
                "title": "สร้างฝาย",
                "objective": "น้ำ",
                "target": "1",
                "indicator": "1",
                "expected_result": "น้ำ",
                "budget": {"2567": 5},
                "declared_strategy": "น้ำ",
            }
        ],
        "against": ["sdgs"],
        "limit": 1,
    },
    "/v1/duplicates": {
        "proposals": [
            {
                "title": "สร้างฝาย",
                "objective": "น้ำ",
                "place": "บ้าน",
                "year": 2567,
                "budget": 5,
                "organisation": "แพร่",
                "parts": {"work": "สร้างฝาย", "places": {"village": ["ก"]}},
            }
        ],
        "organisation": "แพร่",
        "province": "แพร่",
        "period": [2566, 2570],
        "limit": 1,
        "threshold": 0.5,
        "meaning": False,
    },
    "/v1/duplicates/within": {
        "organisation": "แพร่",
        "province": "แพร่",
        "period": [2566, 2570],
        "threshold": 0.5,
        "limit": 5,
    },
    "/v1/duplicates/statements": {
        "kinds": ["vision"],
        "share": 0.5,
        "limit": 5,
        "period": [2566, 2570],
        "province": "แพร่",
    },
    "/v1/duplicates/thresholds": {
        "results": [{"matches": [], "note": "x", "score": 1}],
        "thresholds": {"duplicate": 0.5},
    },
    "/v1/comparisons": {
        "organisations": ["จังหวัดพะเยา"],
        "kinds": ["vision"],
        "over_time": False,
        "organisation_kinds": ["province"],
        "province": "พะเยา",
        "areas": ["ภาคเหนือ"],
    },
    "/v1/reviews": {
        "verdict": "added",
        "record": "ab",
        "document": "ab",
        "match": ["ab", "cd"],
        "kind": "vision",
        "text": "ข้อความ",
        "page": 1,
        "note": "ก",
        "reviewer": "ข",
    },
}


def spoilt(value: Any) -> Iterator[tuple[Any, bool]]:
    """Give a body once for every place in it, with something there that nothing can hold.

    What comes with it tells whether it may never be accepted.
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (({**value, key: each}, never) for each, never in spoilt(inner))
        yield {**value, HALF: 1}, True
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            for each, never in spoilt(inner):
                yield [*value[:index], each, *value[index + 1 :]], never
    elif isinstance(value, str):
        yield from (
            (f"ก{HALF}", True),
            ("\x00", False),
            ("", False),
            ("ก" * 6000, False),
            ("../..", False),
        )
    elif isinstance(value, bool):
        yield from (("yes", True), (HUGE, True))
    else:
        yield from ((HUGE, True), (-HUGE, True), (float("nan"), True), (float("inf"), True))
        yield from ((-1, False), (0, False), (str(value), False))


@pytest.mark.slow
@pytest.mark.parametrize("path", BODIES)
def test_no_field_of_any_body_ends_in_an_error_inside(server: TestClient, path: str) -> None:
    for body, never in spoilt(BODIES[path]):
        answer = server.post(
            path, content=json.dumps(body).encode(), headers={"content-type": "application/json"}
        )
        assert answer.status_code < 500, (body, answer.text)
        assert answer.status_code >= 400 or not never, body


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/v1/search", '{"query": "\\ud800"}', "request-invalid"),
        ("/v1/duplicates/within", '{"period": [0, 0]}', "period-invalid"),
        (
            "/v1/duplicates/thresholds",
            '{"results": [{"a": NaN}], "thresholds": {}}',
            "request-invalid",
        ),
        (
            "/v1/duplicates/thresholds",
            '{"results": [{"a": ' + "[" * 60 + "]" * 60 + '}], "thresholds": {}}',
            "request-invalid",
        ),
    ],
)
def test_what_has_broken_before_is_told(
    server: TestClient, path: str, body: str, code: str
) -> None:
    answer = server.post(path, content=body, headers={"content-type": "application/json"})
    problem(answer, 422, code)


@pytest.mark.parametrize("cursor", ["99999999999999999999", "9223372036854775807", "-1", "๑"])
def test_cursors_beyond_what_a_store_counts_are_refused(server: TestClient, cursor: str) -> None:
    written = urlsafe_b64encode(f"after:{cursor}".encode()).decode()
    for path in ("statements", "documents", "projects", "organisations", "reviews"):
        problem(server.get(f"/v1/{path}", params={"cursor": written}), 422, "cursor-invalid")


NAMES = [
    "ก" * 86 + ".xlsx",
    "..",
    ".",
    "",
    "a\x00b.xlsx",
    "C:\\แผน\\..",
    "/etc/passwd",
    "con",
    "ก" * 400,
    "a/../../b.csv",
    "\u202egnp.exe",
    "x" * 300 + ".csv",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_file_may_be_called_anything(server: TestClient, name: str) -> None:
    sheet = "ลำดับ,โครงการ,งบประมาณ\n1,สร้างฝายชะลอน้ำ บ้านปลายแหลม,500000\n".encode()
    for path in ("/v1/documents", "/v1/alignment/workbook"):
        for body in (sheet, b"\x00\x01"):
            answer = server.post(path, files={"file": (name, body)})
            assert answer.status_code < 500, (path, answer.text)
            assert "phaen-upload" not in answer.text
            assert "Traceback" not in answer.text


@given(st.text(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_name_can_be_a_file(tmp_path_factory: pytest.TempPathFactory, sent: str) -> None:
    name = file_name(sent, 0)
    folder = tmp_path_factory.getbasetemp()
    path = folder / name
    assert path.parent == folder
    assert name not in ("", ".", "..")
    path.write_bytes(b"x")
    path.unlink()


def test_a_long_name_keeps_its_ending() -> None:
    assert file_name("ก" * 86 + ".xlsx", 0).endswith("ก.xlsx")
    assert len(os.fsencode(file_name("ก" * 86 + ".xlsx", 0))) <= 200


@pytest.mark.slow
def test_answers_never_say_where_files_lie(server: TestClient, tmp_path: Path) -> None:
    bodies = [
        b"",
        b"PK\x03\x04broken",
        b"%PDF-1.7\nbroken",
        b"\x89PNG\r\n\x1a\nbroken",
        (SAMPLES / "14-rattanasamut-budget-2567.csv").read_bytes(),
    ]
    for body in bodies:
        for path in ("/v1/documents", "/v1/alignment/workbook"):
            for accept in ("application/json", XLSX, "text/html"):
                answer = server.post(
                    path, files={"file": ("แผน.xlsx", body)}, headers={"accept": accept}
                )
                assert "/tmp" not in answer.text  # noqa: S108
                assert str(tmp_path.parents[1]) not in answer.text


def test_head_answers_like_get_without_a_body(server: TestClient) -> None:
    paths = ["/", "/add", "/docs", "/duplicates", "/assets/phaen.css", "/problems/empty-file"]
    paths += [
        "/v1/health",
        "/v1/documents",
        "/v1/statements",
        "/v1/frameworks",
        "/v1/areas",
        "/v1/export",
        "/openapi.json",
        "/nowhere",
    ]
    for path in paths:
        whole, head = server.get(path), server.head(path)
        assert head.status_code == whole.status_code, path
        assert head.content == b""
        assert head.headers["content-type"] == whole.headers["content-type"]
        if path != "/v1/health":
            assert head.headers["content-length"] == whole.headers["content-length"], path


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/v1/documents", "GET, HEAD, POST, OPTIONS"),
        ("/v1/documents/abc", "GET, HEAD, DELETE, OPTIONS"),
        ("/v1/search", "POST, OPTIONS"),
        ("/v1/reviews", "GET, HEAD, POST, OPTIONS"),
        ("/", "GET, HEAD, OPTIONS"),
    ],
)
def test_the_methods_of_an_address_are_told(server: TestClient, path: str, methods: str) -> None:
    refused = server.put(path)
    problem(refused, 405, "method-not-allowed")
    assert refused.headers["allow"] == methods
    asked = server.options(path)
    assert (asked.status_code, asked.headers["allow"], asked.content) == (204, methods, b"")
    problem(server.options("/nowhere"), 404, "not-found")


BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/v1/nothing", 404), ("/v1/alignment/coverage", 422)]
)
def test_a_browser_gets_a_page_where_something_is_wrong(
    server: TestClient, path: str, status: int
) -> None:
    answer = server.get(path, headers=BROWSER)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert 'role="alert"' in answer.text
    assert server.get(path).headers["content-type"] == "application/problem+json"
    english = server.get(path, headers=BROWSER, params={"lang": "en"})
    assert '<html lang="en">' in english.text


def test_a_program_that_wants_a_report_still_gets_its_problem_as_json(server: TestClient) -> None:
    answer = server.post("/v1/comparisons", json={"kinds": []}, headers={"accept": "text/html"})
    problem(answer, 422, "request-invalid")
