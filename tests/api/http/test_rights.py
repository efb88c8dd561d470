"""Every route, every role, own and other body: as the table says, in the code and in the docs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.access import Access
from api.http.rights import RIGHTS, Right, right_of
from api.text.messages import message
from ingest import read
from ingest.errors import PhaenError
from kb.duplicates.pair_reviews import PairReviews
from kb.people.people import People
from kb.people.person import ROLES
from kb.people.tokens import Tokens
from kb.store.actor import Actor, acting_as
from kb.store.filters import Filters
from kb.store.store import Store

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "corpora" / "samples"
OWN, OTHER = "08-pao-sriphanalai-vision.html", "14-rattanasamut-budget-2567.csv"
PASSWORD = "ข้าวเหนียวมะม่วงหวาน"


def routes(routers: list[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield method and path of every route, those of included routers too."""
    for route in routers:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes(inner.routes, prefix + getattr(route.include_context, "prefix", ""))
            continue
        for method in route.methods - {"HEAD"}:
            yield method, prefix + route.path


@dataclass
class Office:
    """A server with two documents, a person of every role, and each one's key."""

    client: TestClient
    keys: dict[str, str]
    documents: dict[str, str]
    records: dict[str, str]
    body: str

    def call(self, role: str, method: str, path: str, **sent: Any) -> Any:
        headers = {"authorization": f"Bearer {self.keys[role]}"}
        return self.client.request(method, path, headers=headers, **sent)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    path = tmp_path_factory.mktemp("office") / "kb.db"
    with Store(path) as store:
        documents, records = {}, {}
        for which, name in (("own", OWN), ("other", OTHER)):
            document = read(SAMPLES / name)
            store.add(document, str(SAMPLES / name))
            documents[which] = document.id
            own = Filters(document=document.id)
            records[which] = [*store.statements(own), *store.projects(own)][0].id
        kept = store.document(documents["own"]).organisation
        assert kept is not None
        people, keys = People(store), {}
        for role in reversed(ROLES):
            people.add(f"{role}1", role=role, scope=None if role == "admin" else [kept.name])
            keys[role] = Tokens(people).create(f"{role}1", "ทดสอบ", role=role)[1]
        scoped = people.add("admin2", role="admin", scope=[kept.name])
        keys["scoped-admin"] = Tokens(people).create(scoped.name, "ทดสอบ", role="admin")[1]
    app = create_app(path)
    with TestClient(app, follow_redirects=False) as client:
        yield Office(client, keys, documents, records, kept.name)


def test_every_route_has_its_right_and_every_right_its_route(office: Office) -> None:
    app: Any = office.client.app
    known = {(right.method, right.path) for right in RIGHTS}
    served = set(routes(app.router.routes))
    assert served - known == set()
    assert known - served == set()
    assert len(known) == len(RIGHTS)


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: f"{right.method} {right.path}")
def test_a_route_refuses_whom_the_table_refuses(office: Office, right: Right) -> None:
    path = re.sub(r"\{[^}]*\}", "0", right.path)
    assert right_of(right.method, path) == right
    anonymous = office.client.request(right.method, path)
    if right.least == "public":
        assert anonymous.status_code not in (401, 403) or path == "/login"
        return
    assert anonymous.status_code == 401
    assert anonymous.json()["code"] == "login-missing"
    assert "bearer" in anonymous.headers["www-authenticate"].lower()
    if "events" in path:
        return
    for role in ROLES:
        answer = office.call(role, right.method, path)
        refused = answer.status_code == 403 and answer.json()["code"] == "role-refused"
        assert refused == (right.cell(role) == "no"), role
        assert answer.status_code != 401


def changes(office: Office, which: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return a real request for every route that changes what belongs to a body."""
    record, document = office.records[which], office.documents[which]
    name = OWN if which == "own" else OTHER
    file = {"file": (name, (SAMPLES / name).read_bytes() + b"\n\n ")}
    return {
        ("POST", "/v1/documents"): {"files": file},
        ("POST", "/add"): {"files": file},
        ("POST", "/v1/reviews"): {"json": {"record": record, "verdict": "accepted"}},
        ("POST", "/records/{record}"): {"path": record, "data": {"verdict": "accepted"}},
        ("POST", "/documents/{document}/statements"): {
            "path": document,
            "data": {"kind": "goal", "text": "ข้อความใหม่"},
        },
        ("POST", "/duplicates/refuse"): {},
        ("POST", "/checks/within/{job}"): {},
        ("DELETE", "/v1/documents/{document}"): {"path": document},
        ("POST", "/bin/{document}/restore"): {"path": document},
        ("POST", "/documents/{document}/delete"): {"path": document},
    }


def stands(office: Office, which: str, *, binned: bool) -> None:
    """Let a document be in the bin, or not."""
    app: Any = office.client.app
    document = office.documents[which]
    if binned and app.state.kb.has(document):
        app.state.kb.remove(document)
    elif not binned and not app.state.kb.has(document):
        app.state.kb.bin.restore(document)


def test_own_and_other_body(office: Office) -> None:
    """A scoped person changes its own body's data by every route, and no other body's by any."""
    scoped = {(right.method, right.path) for right in RIGHTS if right.own}
    assert scoped == set(changes(office, "own"))
    pages = ("/add", "/duplicates/refuse", "/checks/within/{job}")  # the store's own tests hold
    skipped = {("POST", path) for path in pages}
    for which, refused in (("other", True), ("own", False)):
        for (method, path), sent in changes(office, which).items():
            if (method, path) in skipped:
                continue
            address = re.sub(r"\{[^}]*\}", sent.pop("path", ""), path)
            stands(office, which, binned=path.startswith("/bin"))
            role = "scoped-admin" if path.startswith("/bin") else "reviewer"
            answer = office.call(role, method, address, **sent)
            if refused:
                assert answer.status_code in (403, 422), (path, answer.text)
                assert office.body not in answer.text
                assert "body-not-yours" in answer.text or "ขอบเขตของท่าน" in answer.text, path
            else:
                assert answer.status_code in (200, 201, 202, 204, 303), (path, answer.text)


def test_a_pair_is_judged_where_one_project_is_the_persons(office: Office) -> None:
    app: Any = office.client.app
    pairs = PairReviews(app.state.kb.store)
    for which in ("own", "other"):
        stands(office, which, binned=False)
    with acting_as(Actor("เจ้าหน้าที่", frozenset({office.body}))):
        pairs.record(office.records["own"], office.records["other"])
        with pytest.raises(PhaenError, match="body-not-yours"):
            pairs.record(office.records["other"], "0" * 16)


def test_a_route_without_a_right_is_refused(tmp_path: Path) -> None:
    app = create_app(tmp_path / "kb.db")
    app.add_api_route("/v1/forgotten", lambda: {"secret": 1}, methods=["GET"])
    with TestClient(app) as client:
        assert client.get("/v1/forgotten").status_code == 200  # one person's tool
        people = app.state.identities.people
        people.add("admin1", role="admin")
        key = Tokens(people).create("admin1", "ทดสอบ", role="admin")[1]
        answer = client.get("/v1/forgotten", headers={"authorization": f"Bearer {key}"})
        assert (answer.status_code, answer.json()["code"]) == (403, "route-refused")
        assert client.get("/v1/forgotten").status_code == 401
        nowhere = client.get("/v1/nowhere", headers={"authorization": f"Bearer {key}"})
        assert nowhere.status_code == 404


def test_the_docs_show_the_same_table() -> None:
    text = (ROOT / "docs/security.md").read_text("utf-8")
    shown = re.findall(r"^\| `(\w+) ([^`]+)` \| (\w+) \|([^|]*)\|$", text, re.MULTILINE)
    rows = [(method, path, least, own.strip()) for method, path, least, own in shown]
    assert rows == [
        (right.method, right.path, right.least, "own bodies" if right.own else "")
        for right in RIGHTS
    ]


def test_reading_only_and_a_role_are_said_apart(tmp_path: Path) -> None:
    app = create_app(tmp_path / "kb.db", access=Access(read_only=True))
    with TestClient(app) as client:
        answer = client.delete("/v1/documents/0")
        assert answer.json()["code"] == "read-only"
    assert message("role-refused", "th", role="x", least="y")
