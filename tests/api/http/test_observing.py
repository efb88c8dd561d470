"""A server is watched by figures and lines that say nothing private."""

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.http.access import Access
from api.http.observing import LogFormat
from tests.api.conftest import PLAN
from tests.api.http.test_http import send

TOKEN = "a-token-of-this-test-0123456789"


def values(client: TestClient, name: str) -> dict[tuple[str, ...], float]:
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        tuple(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.name == name
    }


def test_requests_are_counted_by_route_and_what_is_held_is_said(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        send(client, ("แผน.txt", PLAN))
        document = client.get("/v1/documents").json()["items"][0]["id"]
        for _ in range(2):
            client.get(f"/v1/documents/{document}")
        client.get("/v1/documents/nothing")
        client.get("/nowhere/ลับ")
        client.request("BREW", "/")
        counted = values(client, "phaen_requests_total")
        assert counted["GET", "/v1/documents/{document}", "200"] == 2
        assert counted["GET", "/v1/documents/{document}", "404"] == 1
        assert counted["GET", "unknown", "404"] == 1
        assert not any("ลับ" in part or "BREW" in part for key in counted for part in key)
        assert values(client, "phaen_held")["documents",] == 1
        assert values(client, "phaen_jobs")["done",] == 1
        assert values(client, "phaen_request_seconds_count")["POST", "/v1/documents"] == 1


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_line_says_what_was_called_and_not_what_was_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: LogFormat
) -> None:
    access = Access(token=TOKEN)
    with TestClient(create_app(tmp_path / "kb.db", access=access, log=form)) as client:
        headers = {"authorization": f"Bearer {TOKEN}"}
        client.get("/search", params={"q": "โรคของนายคนหนึ่ง", "mode": "words"}, headers=headers)
        client.get('/x%22%0A{"forged": 1}', headers=headers)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert TOKEN not in "".join(lines)
    assert "นายคนหนึ่ง" not in "".join(lines)
    if form == "json":
        first, second = map(json.loads, lines)
        assert (first["method"], first["path"], first["status"]) == ("GET", "/search", 200)
        assert (first["route"], second["route"]) == ("/search", "unknown")
        assert first["ms"] > 0
        assert "forged" in second["path"]
    else:
        assert re.fullmatch(r'\S+ \S+ - GET "/search" 200 [\d.]+ ms', lines[0])


def test_nothing_is_written_where_no_log_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        client.get("/v1/health")
    assert capsys.readouterr().err == ""


def test_figures_ask_for_a_right_and_readiness_does_not(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db", access=Access(token=TOKEN))) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/v1/ready").json() == {"ready": True}


def test_a_server_is_not_ready_without_its_knowledge_base(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        (tmp_path / "kb.db").rename(tmp_path / "moved.db")
        assert client.get("/v1/ready").status_code == 503
