"""Documents sent from a browser are read, kept and told of."""

import time
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from api.http.state import ServerLimits


def ended(client: TestClient, answer: Any) -> Any:
    """Follow the page as a browser does until it asks no more."""
    while "refresh" in answer.headers:
        time.sleep(0.1)
        answer = client.get(answer.url)
    return answer


def test_good_and_bad_files_are_told_one_by_one(tmp_path: Path, plan: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        files = [("file", (plan.name, plan.read_bytes())), ("file", ("<ว่าง>.txt", b""))]
        shown = ended(client, client.post("/add", files=files))
        assert shown.status_code == 200
        assert "เพิ่มแล้ว" in shown.text
        assert "&lt;ว่าง&gt;.txt" in shown.text
        (document,) = client.get("/v1/documents").json()["items"]
        assert f"/documents/{document['id']}" in shown.text


def test_what_cannot_be_is_told_on_the_form(tmp_path: Path, plan: Path) -> None:
    limits = ServerLimits(files=1)
    with TestClient(create_app(tmp_path / "kb.db", limits=limits)) as client:
        two = [("file", (plan.name, plan.read_bytes()))] * 2
        assert client.post("/add", files=two).status_code == 413
        wrong = client.post("/add", files=two[:1], data={"period": "เมื่อวาน"})
        assert (wrong.status_code, "เมื่อวาน" in wrong.text) == (422, True)
        assert client.get("/jobs/nix").status_code == 404
        assert client.get("/v1/documents").json()["items"] == []
        assert "multipart/form-data" in client.get("/add").text
