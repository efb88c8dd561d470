"""Searching processes: the same answers, also when one of them dies; none is left behind."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.search_processes import SearchProcesses
from kb import KnowledgeBase
from tests.kb.samples import HILLTOWN, RIVERSIDE, document, project

WAIT = 60.0


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search_processes") / "kb.db"
    with KnowledgeBase(path) as kb:
        kb.add(
            document(
                "a", ("goal", "คลองสะอาด น้ำใส"), ("strategy", "ขุดลอกคลองทุกสาย"), body=RIVERSIDE
            )
        )
        kb.add(
            document(
                "c", ("mission", "ดูแลคลองและฝาย"), body=HILLTOWN, projects=(project("ขุดคลองหมู่ที่ 3"),)
            )
        )
    return path


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[TestClient]:
    before = os.environ.get("PHAEN_MODEL")
    os.environ["PHAEN_MODEL"] = "none-here"  # words need no model
    try:
        with TestClient(create_app(path, search_processes=1)) as client:
            wait_for(pool(client))
            yield client
            (left,) = pool(client).processes
        assert not alive(left)
    finally:
        os.environ.pop("PHAEN_MODEL")
        if before is not None:
            os.environ["PHAEN_MODEL"] = before


def pool(client: TestClient) -> SearchProcesses:
    app: Any = client.app
    found = app.state.search_processes
    assert isinstance(found, SearchProcesses)
    return found


def wait_for(search_processes: SearchProcesses) -> None:
    end = time.monotonic() + WAIT
    while not search_processes.ready:
        assert time.monotonic() < end, "no process became ready"
        time.sleep(0.05)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def ask(client: TestClient, **stated: Any) -> dict[str, Any]:
    answer = client.post("/v1/search", json={"query": "คลอง", "mode": "words"} | stated)
    found: dict[str, Any] = answer.json()
    found.pop("took_ms", None)
    return found


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"query": "ขุดคลอง หมู่ 3", "facets": True},
        {"mode": "exact", "query": "น้ำใส"},
        {"limit": 1},
        {"kinds": ["goal"]},
        {"by_document": True},
        {"query": "\x00 ' \" \n\u2028"},
        {"query": ""},
        {"kinds": ["dream"]},
        {"cursor": "???"},
        {"document": "ffff"},
        {"like": "ffffffff"},
        {"query": "ก" * 2001},
        {"mode": "smart"},
        {"mode": "colour"},
    ],
)
def test_answers_and_errors_are_those_of_one_process(
    server: TestClient, path: Path, stated: dict[str, Any]
) -> None:
    with TestClient(create_app(path)) as alone:
        assert pool(server).ready == 1
        assert ask(server, **stated) == ask(alone, **stated)


def test_what_is_added_is_found_by_the_next_search(server: TestClient) -> None:
    app: Any = server.app
    assert ask(server, query="หอดูดาว")["found"] == 0
    app.state.kb.add(document("d", ("goal", "สร้างหอดูดาวประจำอำเภอ"), body=HILLTOWN))
    assert ask(server, query="หอดูดาว")["hits"][0]["text"] == "สร้างหอดูดาวประจำอำเภอ"


def test_a_process_that_is_killed_is_replaced_and_nobody_notices(server: TestClient) -> None:
    expected = ask(server)
    for _ in range(4):
        (killed,) = pool(server).processes
        os.kill(killed, signal.SIGKILL)
        assert [ask(server) for _ in range(5)] == [expected] * 5
        end = time.monotonic() + WAIT
        while killed in pool(server).processes or not pool(server).ready:
            assert time.monotonic() < end, "the process was not replaced"
            time.sleep(0.05)
    assert ask(server) == expected
