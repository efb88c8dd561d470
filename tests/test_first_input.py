"""The first real input, end to end: five documents added, listed, searched, served."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app

pytestmark = pytest.mark.slow
_TABLE = {
    "000": ("จังหวัดพิษณุโลก", "2018-10-01", {}),
    "001": ("จังหวัดพิษณุโลก", None, {"vision": 1, "mission": 3, "value": 4}),
    "002": ("จังหวัดแพร่", "2018-08-09", {}),
    "003": ("องค์การบริหารส่วนจังหวัดพิษณุโลก", None, {"vision": 1, "mission": 7, "goal": 10}),
    "004": ("จังหวัดจันทบุรี", "2022-05-19", {}),
}


def phaen(store: Path, *arguments: str) -> list[dict[str, Any]]:
    """Run a command with `--json` on a knowledge base; give its records."""
    command = Path(sys.executable).with_name("phaen")
    ran = subprocess.run(
        [command, *arguments, "--json"],
        env={**os.environ, "PHAEN_KB": str(store)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.fixture(scope="module")
def store(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the five founding documents."""
    path = tmp_path_factory.mktemp("first") / "phaen.db"
    added = phaen(path, "add", str(shared / "seeds"))
    assert [each["status"] for each in added] == ["added"] * 5
    return path


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(create_app(store)) as client:
        yield client


def said(document: dict[str, Any]) -> tuple[str, str | None, dict[str, int]]:
    """Return whose a document is, when it was published, and what kinds it states."""
    kinds = Counter(each["kind"] for each in document["statements"])
    return document["organisation"]["name"], document["published"], dict(kinds)


def test_the_documents_come_out_as_read_by_hand_on_the_command_line(store: Path) -> None:
    listed = phaen(store, "list")
    shown = {Path(each["file"]).name[:3]: phaen(store, "show", each["id"])[0] for each in listed}
    assert {name: said(document) for name, document in shown.items()} == _TABLE


def test_and_over_http(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()["items"]
    shown = {
        Path(each["file"]).name[:3]: client.get(f"/v1/documents/{each['id']}").json()
        for each in listed
    }
    assert {name: said(document) for name, document in shown.items()} == _TABLE
    (vision,) = [each for each in shown["001"]["statements"] if each["kind"] == "vision"]
    assert len(vision["mentions"]) == 1


@pytest.mark.parametrize(
    ("query", "body", "kind"),
    [
        ("สี่แยกอินโดจีน", "จังหวัดพิษณุโลก", "vision"),
        ("ยกระดับการเรียนการสอนและงานวิจัย", "องค์การบริหารส่วนจังหวัดพิษณุโลก", "goal"),
    ],
)
def test_planners_find_what_they_mean(
    store: Path, client: TestClient, query: str, body: str, kind: str
) -> None:
    for first in (
        phaen(store, "search", query)[0]["hits"][0],
        client.post("/v1/search", json={"query": query}).json()["hits"][0],
    ):
        assert (first["organisation"]["name"], first["kind"]) == (body, kind)


@pytest.mark.parametrize("query", ["สูตรแกงเขียวหวานไก่", "asdfgh qwerty"])
def test_nonsense_is_answered_with_nothing(store: Path, client: TestClient, query: str) -> None:
    assert phaen(store, "search", query)[0]["hits"] == []
    assert client.post("/v1/search", json={"query": query}).json()["hits"] == []
