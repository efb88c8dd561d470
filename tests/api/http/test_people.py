"""Logging in over HTTP: sessions, attempts, keys, a proxy, other sites, and the log of it."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.app import create_app
from api.http.access import COOKIE, Access
from api.http.attempts import Attempts
from api.http.peer import Peer
from kb.people.people import People
from kb.store.store import Store
from tests.api.conftest import PLAN
from tests.api.http.test_http import problem, send
from tests.api.http.test_requests import BROWSER

PASSWORD = "ข้าวเหนียวมะม่วงหวาน"
NEW = "ข้าวเหนียวทุเรียนหมอนทอง"


def office(path: Path) -> Path:
    """Make a knowledge base with an administrator and a reviewer."""
    with Store(path) as store:
        people = People(store)
        people.add("admin1", display="ผู้ดูแล 1", role="admin", password=PASSWORD)
        people.add("officer1", display="เจ้าหน้าที่ 1", role="reviewer", password=PASSWORD)
        people.add("officer2", display="เจ้าหน้าที่ 2", role="reader", password=PASSWORD)
    return path


def enter(client: TestClient, name: str = "officer1", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/login", data={"name": name, "password": password, **more}, headers=BROWSER)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(office(tmp_path / "kb.db"))
    with TestClient(app, follow_redirects=False) as client:
        yield client


def test_a_browser_logs_in_and_out(client: TestClient) -> None:
    led = client.get("/add?lang=en", headers=BROWSER)
    assert led.headers["location"] == "/login?back=%2Fadd%3Flang%3Den&lang=en"
    assert enter(client, password="wrong").status_code == 401
    right = enter(client, back="/add")
    assert (right.status_code, right.headers["location"]) == (303, "/add")
    first = client.cookies[COOKIE]
    assert client.get("/add").status_code == 200
    assert enter(client).status_code == 303
    second = client.cookies[COOKIE]
    assert first != second
    client.cookies.clear()
    client.cookies.set(COOKIE, first)
    assert client.get("/v1/health").status_code == 401
    client.cookies.clear()
    client.cookies.set(COOKIE, second)
    assert client.get("/v1/health").status_code == 200
    assert client.post("/logout").status_code == 303
    client.cookies.clear()
    client.cookies.set(COOKIE, second)
    assert client.get("/v1/health").status_code == 401


def test_the_cookie_is_closed_to_scripts_and_other_sites(client: TestClient) -> None:
    cookie = enter(client).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "; secure" not in cookie
    data = {"name": "officer1", "password": PASSWORD}
    safe = client.post("https://testserver/login", data=data)
    assert "; secure" in safe.headers["set-cookie"].lower()


def test_too_many_attempts_have_to_wait(client: TestClient) -> None:
    for _ in range(10):
        assert enter(client, password="wrong").status_code == 401
    closed = enter(client)
    assert closed.status_code == 429
    assert 1 <= int(closed.headers["retry-after"]) <= 15 * 60
    assert enter(client, "officer2").status_code == 303


def test_an_address_that_tries_many_names_has_to_wait() -> None:
    attempts = Attempts()
    for number in range(50):
        assert attempts.wait(f"nobody{number}", "192.0.2.1") == 0
        attempts.failed(f"nobody{number}", "192.0.2.1")
    assert attempts.wait("officer1", "192.0.2.1") > 0
    assert attempts.wait("officer1", "192.0.2.2") == 0


def test_nobody_learns_which_names_there_are(client: TestClient) -> None:
    known, unknown = enter(client, password="wrong"), enter(client, "nobody", "wrong")
    assert known.text.replace("officer1", "?") == unknown.text.replace("nobody", "?")


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(
    client: TestClient,
) -> None:
    enter(client)
    elsewhere = client.cookies[COOKIE]
    client.cookies.clear()
    enter(client)
    sent = {"password": "wrong", "new_password": NEW, "again": NEW}
    assert client.post("/account/password", data=sent).status_code == 422
    sent["password"] = PASSWORD
    assert client.post("/account/password", data={**sent, "again": "x"}).status_code == 422
    assert client.post("/account/password", data=sent).status_code == 200
    assert client.get("/account").status_code == 200
    client.cookies.clear()
    client.cookies.set(COOKIE, elsewhere)
    assert client.get("/v1/health").status_code == 401
    client.cookies.clear()
    assert enter(client).status_code == 401
    assert enter(client, password=NEW).status_code == 303


def test_private_pages_are_not_cached(client: TestClient) -> None:
    enter(client, "admin1")
    for path in ("/account", "/people", "/people/officer1", "/keys", "/log", "/login"):
        assert client.get(path).headers["cache-control"] == "no-store", path


def test_a_key_is_made_used_and_revoked(client: TestClient) -> None:
    enter(client)
    made = client.post("/account/keys", data={"key_name": "ส่งออก", "role": "reader", "days": 5})
    secret = made.text.split('value="phn_')[1].split('"')[0]
    assert secret not in client.get("/account").text
    key = made.text.split("/account/keys/")[1].split("/revoke")[0]
    client.cookies.clear()
    headers = {"authorization": f"Bearer phn_{secret}"}
    assert client.get("/v1/documents", headers=headers).status_code == 200
    refused = client.post("/v1/reviews", headers=headers, json={"verdict": "accepted"})
    problem(refused, 403, "role-refused")
    enter(client, "officer2")
    assert client.post(f"/account/keys/{key}/revoke").status_code == 404
    enter(client)
    assert client.post(f"/account/keys/{key}/revoke").status_code == 303
    client.cookies.clear()
    problem(client.get("/v1/documents", headers=headers), 401, "token-wrong")


def test_what_was_typed_is_shown_again_after_the_log_in(client: TestClient) -> None:
    enter(client)
    answer = send(client, ("แผน.txt", PLAN))
    document = answer.json()["documents"][0]["id"]
    client.cookies.clear()
    note = 'เจ้าหน้าที่เห็นว่า "ไม่ตรง" <กับ> แผน\nบรรทัดสอง'
    typed = {"kind": "goal", "text": "กว๊านสะอาด", "note": note, "password": "secret-word"}
    ended = client.post(f"/documents/{document}/statements?lang=th", data=typed, headers=BROWSER)
    assert ended.status_code == 401
    assert "secret-word" not in ended.text
    held = unescape(ended.text.split('name="typed" value="')[1].split('">')[0])
    again = enter(client, typed=held)
    assert again.status_code == 200
    assert f'action="/documents/{document}/statements?lang=th"' in again.text
    assert note.replace("\n", "\n") in unescape(again.text)
    assert client.get(f"/v1/documents/{document}").json()["statements"] != []
    for evil in ('["//evil.example", []]', '["https://evil.example", []]', "[", '["/", [1]]'):
        assert "evil" not in enter(client, typed=evil).text


def test_too_much_and_files_are_not_carried(client: TestClient) -> None:
    large = client.post("/records/0", data={"note": "ก" * 70_000}, headers=BROWSER)
    assert (large.status_code, 'name="typed"' in large.text) == (401, False)
    files = client.post("/add", files={"file": ("a.txt", "x")}, headers=BROWSER)
    assert (files.status_code, 'name="typed"' in files.text) == (401, False)
    foreign = {**BROWSER, "origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    refused = client.post("/records/0", data={"note": "x"}, headers=foreign)
    assert (refused.status_code, 'name="typed"' in refused.text) == (403, False)


def test_log_ins_and_failures_are_in_the_log(client: TestClient) -> None:
    enter(client, "my-secret-word", "x")
    enter(client, password="wrong")
    enter(client)
    send(client, ("แผน.txt", PLAN))
    client.post("/logout")
    enter(client, "admin1")
    app: Any = client.app
    rows = [(row.action, row.actor, row.subject) for row in app.state.kb.log.rows()]
    assert rows[0] == ("session.begun", "ผู้ดูแล 1", "admin1")
    assert rows[1] == ("session.ended", "เจ้าหน้าที่ 1", "officer1")
    assert rows[2][:2] == ("document.added", "เจ้าหน้าที่ 1")
    assert rows[3] == ("session.begun", "เจ้าหน้าที่ 1", "officer1")
    assert rows[4] == ("session.refused", "-", "officer1")
    assert rows[5] == ("session.refused", "-", "?")
    assert "เข้าใช้ไม่สำเร็จ" in client.get("/log").text
    assert "my-secret-word" not in client.get("/log").text


def test_a_disabled_person_is_out_at_once(client: TestClient) -> None:
    enter(client)
    app: Any = client.app
    app.state.identities.people.change("officer1", disabled=True)
    assert client.get("/v1/health").status_code == 401
    assert enter(client).status_code == 401


def test_a_proxy_names_people_only_from_its_address_and_header(tmp_path: Path) -> None:
    access = Access(proxy_header="x-remote-user", proxies=frozenset({"192.0.2.9"}))
    app = create_app(office(tmp_path / "kb.db"), access=access)
    named = {"x-remote-user": "officer1"}
    with TestClient(app, client=("192.0.2.9", 1)) as proxy:
        assert proxy.get("/v1/health", headers=named).status_code == 200
        assert proxy.get("/v1/health", headers={"x-remote-user": "nobody"}).status_code == 401
        assert proxy.get("/v1/health").status_code == 401
        assert proxy.delete("/v1/documents/0", headers=named).status_code == 404
    with TestClient(
        create_app(tmp_path / "kb.db", access=access), client=("192.0.2.10", 1)
    ) as other:
        assert other.get("/v1/health", headers=named).status_code == 401


def test_the_proxy_is_known_by_its_connection_and_not_by_what_is_forwarded(tmp_path: Path) -> None:
    access = Access(proxy_header="x-remote-user", proxies=frozenset({"192.0.2.9"}))
    app = create_app(office(tmp_path / "kb.db"), access=access)
    served: Any = Peer(ProxyHeadersMiddleware(app, trusted_hosts="*"))  # type: ignore[arg-type]
    named = {"x-remote-user": "officer1", "x-forwarded-for": "198.51.100.7"}
    with TestClient(served, client=("192.0.2.9", 1)) as proxy:
        assert proxy.get("/v1/health", headers=named).status_code == 200
    served = Peer(
        ProxyHeadersMiddleware(create_app(tmp_path / "kb.db", access=access), "*")  # type: ignore[arg-type]
    )
    posing = {**named, "x-forwarded-for": "192.0.2.9"}
    with TestClient(served, client=("198.51.100.7", 1)) as other:
        assert other.get("/v1/health", headers=posing).status_code == 401


def test_a_proxy_header_counts_for_nothing_where_none_is_configured(client: TestClient) -> None:
    for header in ("x-remote-user", "remote-user", "x-forwarded-user"):
        assert client.get("/v1/health", headers={header: "admin1"}).status_code == 401


def test_other_sites_call_the_api_only_where_they_are_named(tmp_path: Path) -> None:
    app = create_app(office(tmp_path / "kb.db"), access=Access(origins=("https://pao.example",)))
    with TestClient(app, follow_redirects=False) as client:
        person = client.app.state.identities.tokens  # type: ignore[attr-defined]
        key = {"authorization": f"Bearer {person.create('officer1', 'เว็บ')[1]}"}
        for origin, named in (("https://pao.example", True), ("https://evil.example", False)):
            headers = {"origin": origin, "sec-fetch-site": "cross-site"}
            asked = {"access-control-request-method": "POST", **headers}
            before = client.options("/v1/search", headers=asked)
            assert (before.headers.get("access-control-allow-origin") == origin) == named
            sent = {"query": "น้ำ", "mode": "words"}
            answer = client.post("/v1/search", json=sent, headers={**headers, **key})
            assert answer.status_code == (200 if named else 403)
            assert client.post("/login", data={}, headers=headers).status_code == 403
        assert "access-control-allow-credentials" not in answer.headers


def test_the_description_says_how_to_log_in(client: TestClient) -> None:
    enter(client, "officer2")
    schema = client.get("/openapi.json").json()
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert schema["components"]["securitySchemes"]["session"]["in"] == "cookie"


def test_one_persons_tool_becomes_an_office(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db"), follow_redirects=False) as client:
        assert client.get("/people", headers=BROWSER).status_code == 200
        first = {"name": "admin1", "role": "reader", "password": PASSWORD}
        assert client.post("/people", data=first).status_code == 422
        assert client.post("/people", data={**first, "role": "admin"}).status_code == 303
        assert client.get("/people", headers=BROWSER).status_code == 303
        assert enter(client, "admin1").status_code == 303
        assert "admin1" in client.get("/people").text
        more = {"name": "officer1", "role": "reviewer", "scope": "เทศบาลเมืองเวียงพนา\n"}
        assert client.post("/people", data=more).status_code == 303
        assert "เทศบาลเมืองเวียงพนา" in client.get("/people").text
        changed = {"display": "คนใหม่", "role": "planner", "scope": ""}
        assert client.post("/people/officer1", data=changed).status_code == 303
        last = {"display": "x", "role": "reader"}
        assert client.post("/people/admin1", data=last).status_code == 422
        assert client.get("/people/nobody").status_code == 404


def test_a_deleted_document_is_restored_from_its_page(client: TestClient) -> None:
    enter(client, "admin1")
    document = send(client, ("แผน.txt", PLAN)).json()["documents"][0]["id"]
    assert client.post(f"/documents/{document}/delete").status_code == 303
    assert document in client.get("/bin").text
    back = client.post(f"/bin/{document}/restore")
    assert back.headers["location"].startswith(f"/documents/{document}")
    client.post(f"/documents/{document}/delete")
    client.post("/bin/empty")
    assert document in client.get("/bin").text
    client.post("/bin/empty", data={"sure": "yes"})
    assert document not in client.get("/bin").text
    assert client.post(f"/bin/{document}/restore").status_code == 404
