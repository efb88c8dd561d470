"""A server over a knowledge base that can only be read, or was met damaged, says so."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from kb import KnowledgeBase
from tests.api.conftest import PLAN, Run
from tests.kb.samples import document
from tests.kb.store.test_schema import from_the_future


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kb.db"
    with KnowledgeBase(path) as kb:
        kb.add(document("a"))
    return path


@pytest.fixture
def newer(path: Path) -> Iterator[TestClient]:
    from_the_future(path, "99.1")
    with TestClient(create_app(path), headers={"accept-language": "en"}) as client:
        yield client


@pytest.mark.slow
def test_a_newer_knowledge_base_is_served_to_be_read(newer: TestClient) -> None:
    assert newer.get("/v1/health").status_code == 200
    (kept,) = newer.get("/v1/documents").json()["items"]
    found = newer.post("/v1/search", json={"query": "ท่องเที่ยว", "mode": "words"})
    assert found.json()["hits"]
    assert newer.get("/v1/export?format=csv").status_code == 200
    for refused in (
        newer.delete(f"/v1/documents/{kept['id']}"),
        newer.post("/v1/documents", files={"file": ("แผน.txt", PLAN.encode())}),
    ):
        assert refused.status_code == 403
        assert "99.1" in refused.json()["detail"]
    assert newer.get("/v1/documents").json()["items"] == [kept]


def test_commands_say_that_a_knowledge_base_is_newer(run: Run, path: Path, plan: Path) -> None:
    from_the_future(path, "99.1")
    listed = run("list", "--json", "--kb", path, "--lang", "en")
    assert (listed.code, len(listed.records)) == (0, 1)
    assert "is of phaen 99.1" in listed.err
    refused = run("add", plan, "--kb", path, "--lang", "en")
    assert refused.code == 1
    assert "install 99.1 or later" in refused.err


def test_health_says_that_the_file_is_damaged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        (root,) = other.execute(
            "select rootpage from sqlite_master where name = 'statements'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    with TestClient(create_app(path), raise_server_exceptions=False) as client:
        answer = client.get("/v1/statements")
        assert (answer.status_code, answer.json()["code"]) == (503, "kb-damaged")
        health = client.get("/v1/health")
        assert (health.status_code, health.json()["code"]) == (503, "kb-damaged")
