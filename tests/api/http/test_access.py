"""Servers that others can reach: their names, their token, reading only."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from starlette.routing import Match

from api.app import create_app
from api.cli.commands.serve import _names, _token
from api.http.access import COOKIE, Access
from ingest.errors import UsageError
from tests.api.conftest import PLAN, Run
from tests.api.http.test_http import problem, send
from tests.api.http.test_requests import BROWSER

TOKEN = "ab12" * 8
ALL = "0.0.0.0"  # noqa: S104 (every address of this machine)
READS = {
    "/v1/search",
    "/v1/alignment",
    "/v1/alignment/workbook",
    "/v1/duplicates",
    "/v1/duplicates/thresholds",
    "/v1/duplicates/within",
    "/v1/duplicates/statements",
    "/v1/comparisons",
}


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(tmp_path / "kb.db", access=Access(token=TOKEN))
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def readable(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        send(client, ("แผน.txt", PLAN))
    with TestClient(create_app(tmp_path / "kb.db", access=Access(read_only=True))) as client:
        yield client


# --- starting -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", ALL], "--allow-host"),
        (["--host", ALL, "--read-only"], "--allow-host"),
        (["--host", "192.0.2.7", "--allow-host", "192.0.2.7"], "--read-only"),
        (["--allow-host", "plan.example.go.th"], "--read-only"),
        (["--host", ALL, "--read-only", "--allow-host", "*"], "cannot be used"),
        (["--host", ALL, "--read-only", "--allow-host", "http://a:80"], "cannot be used"),
        (["--token-file", "no-such-file"], "no-such-file"),
    ],
)
def test_a_server_that_others_reach_is_not_open_to_all(
    run: Run, arguments: list[str], said: str
) -> None:
    result = run("serve", *arguments, "--lang", "en")
    assert result.code == 2
    assert said in result.err
    assert not Path("phaen.db").exists()


def test_a_token_is_long_and_plain(run: Run, tmp_path: Path) -> None:
    short = run("serve", "--lang", "en", PHAEN_TOKEN="secret")
    assert (short.code, "too short" in short.err) == (2, True)
    assert "secret" not in short.err
    (tmp_path / "token").write_text("รหัสลับของเครื่องนี้ยาวพอแล้ว")
    assert run("serve", "--token-file", tmp_path / "token").code == 2
    blank = run("serve", "--lang", "en", PHAEN_TOKEN="one two three four five")
    assert (blank.code, "without blanks" in blank.err) == (2, True)


def test_no_option_takes_the_token_itself(run: Run) -> None:
    assert "--token " not in run("serve", "--help").out
    assert run("serve", "--token", TOKEN).code == 2


def test_the_token_leaves_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHAEN_TOKEN", TOKEN)
    assert _token(None) == TOKEN
    assert "PHAEN_TOKEN" not in os.environ


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
def test_this_machine_alone_needs_nothing(host: str) -> None:
    assert host in _names(host, (), Access())
    with pytest.raises(UsageError, match="serve-hosts-missing"):
        _names(ALL, (), Access(read_only=True))
    names = _names(ALL, ("Plan.Example.go.th", "แผน.ไทย", "[2001:db8::1]"), Access(read_only=True))
    assert {
        "plan.example.go.th",
        "แผน.ไทย".encode("idna").decode(),
        "2001:db8::1",
        "localhost",
    } <= names
    assert ALL not in names


@pytest.mark.slow
def test_a_server_with_a_token_is_served_under_its_name(tmp_path: Path, port: int) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from api.cli.main import main; main()",
            "serve",
            "--port",
            str(port),
            "--host",
            ALL,
            "--allow-host",
            "plan.example",
            "--token-file",
            "token",
        ],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PHAEN_KB": str(tmp_path / "kb.db"), "PHAEN_MODEL": "none-here"},
    )
    at = f"http://127.0.0.1:{port}/v1/health"
    try:
        for _ in range(480):
            try:
                unknown = httpx2.get(at)
                break
            except httpx2.ConnectError:
                assert process.poll() is None
                time.sleep(0.25)
        bearer = {"authorization": f"Bearer {TOKEN}"}
        assert unknown.json()["code"] == "token-missing"
        assert httpx2.get(at, headers=bearer).status_code == 200
        named = httpx2.get(at, headers={**bearer, "host": "plan.example"})
        assert named.status_code == 200
        other = httpx2.get(at, headers={**bearer, "host": "rebound.example"})
        assert other.json()["code"] == "host-refused"
    finally:
        process.terminate()
        _, said = process.communicate()
    assert TOKEN not in said


# --- the token ----------------------------------------------------------------------------


def test_programs_send_the_token(guarded: TestClient) -> None:
    refused = guarded.get("/v1/health")
    problem(refused, 401, "token-missing")
    assert refused.headers["www-authenticate"].startswith("Bearer")
    for wrong in ("", "x", TOKEN[:-1], TOKEN + "x", "ก"):
        headers = {"authorization": f"Bearer {wrong}".encode()}
        problem(guarded.get("/v1/health", headers=headers), 401, "token-wrong")
    for scheme in ("Bearer", "bearer"):
        answer = guarded.get("/v1/health", headers={"authorization": f"{scheme} {TOKEN}"})
        assert answer.status_code == 200
    assert guarded.get("/v1/health", headers={"authorization": f"Basic {TOKEN}"}).status_code == 401


def test_nothing_answers_without_the_token_but_what_helps_to_log_in(guarded: TestClient) -> None:
    routes = guarded.get("/openapi.json", headers={"authorization": f"Bearer {TOKEN}"}).json()
    closed = [path for path in routes["paths"] if path != "/v1/ready"]
    for path in [*closed, "/openapi.json", "/", "/docs", "/add", "/metrics", "/nowhere", "/v1"]:
        for method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS"):
            assert guarded.request(method, path).status_code == 401, (method, path)
    assert routes["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert guarded.get("/assets/phaen.css").status_code == 200
    assert guarded.get("/v1/ready").json() == {"ready": True}
    assert guarded.get("/problems/token-missing").status_code == 200


def test_a_browser_logs_in_once_and_out_again(guarded: TestClient) -> None:
    led = guarded.get("/?q=น้ำ&lang=en", headers=BROWSER)
    assert led.status_code == 303
    form = guarded.get(led.headers["location"])
    assert "<h1>Log in</h1>" in form.text
    wrong = guarded.post("/login", data={"token": "x"})
    assert (wrong.status_code, COOKIE in wrong.cookies) == (401, False)
    right = guarded.post("/login", data={"token": f" {TOKEN} ", "back": "/docs"})
    assert (right.status_code, right.headers["location"]) == (303, "/docs")
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie
    assert guarded.get("/docs").status_code == 200
    assert guarded.post("/logout").status_code == 303
    assert guarded.get("/docs").status_code == 401


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil", "", "x", "/\r\nx: y"]
)
def test_logging_in_leads_nowhere_else(guarded: TestClient, back: str) -> None:
    answer = guarded.post("/login", data={"token": TOKEN, "back": back})
    assert answer.headers["location"] == "/"


def test_sessions_of_others_are_not_sessions(guarded: TestClient) -> None:
    for made_up in ("", "x", TOKEN):
        guarded.cookies.set(COOKIE, made_up)
        assert guarded.get("/docs").status_code == 401


def test_a_server_without_a_token_has_no_log_in(readable: TestClient) -> None:
    assert readable.get("/login", follow_redirects=False).headers["location"] == "/"


# --- reading only -------------------------------------------------------------------------


def test_reading_only_refuses_every_route_that_is_no_question(readable: TestClient) -> None:
    app = readable.app
    refused = []
    paths = ["/add", "/records/0", "/documents/0/statements", "/duplicates/refuse"]
    for path in [*readable.get("/openapi.json").json()["paths"], *paths]:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            scope = {"type": "http", "method": method, "path": path, "headers": []}
            if not any(r.matches(scope)[0] is Match.FULL for r in app.router.routes):  # type: ignore[attr-defined]
                continue
            answer = readable.request(method, path)
            if path in READS:
                assert answer.status_code == 422, path
            else:
                problem(answer, 403, "read-only")
                refused.append(path)
    assert {*paths, "/v1/documents", "/v1/reviews", "/v1/documents/{document}"} <= set(refused)


def test_reading_only_still_answers_questions(readable: TestClient) -> None:
    found = readable.post("/v1/search", json={"query": "ผู้สูงอายุ", "mode": "words"})
    assert found.json()["found"] == 1
    page = readable.post("/add", headers=BROWSER)
    assert page.status_code == 403
    assert 'role="alert"' in page.text
    assert readable.get("/add").status_code == 403
    assert "/add" not in readable.get("/").text
