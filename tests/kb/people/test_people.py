"""People and their secrets: what is kept, what ends, what is never said twice."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UsageError
from kb.people import sessions as sessions_module
from kb.people.passwords import fits, hashed
from kb.people.people import People
from kb.people.sessions import Sessions
from kb.people.tokens import Tokens
from kb.store.log import Log
from kb.store.store import Store

PASSWORD = "ข้าวเหนียวมะม่วงหวาน"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with Store(tmp_path / "kb.db") as store:
        people = People(store)
        people.add("admin1", display="ผู้ดูแล 1", role="admin", password=PASSWORD)
        yield people


def test_the_first_person_is_an_admin_and_the_last_admin_stays(tmp_path: Path) -> None:
    with Store(tmp_path / "kb.db") as store:
        people = People(store)
        assert not people.any()
        with pytest.raises(UsageError, match="user-first-admin"):
            people.add("officer1", role="reader")
        people.add("admin1", role="admin")
        for changes in ({"role": "reader"}, {"disabled": True}):
            with pytest.raises(UsageError, match="user-last-admin"):
                people.change("admin1", **changes)
        assert people.person("admin1").role == "admin"
        assert not people.person("ADMIN1").disabled


def test_no_password_lies_in_the_file(people: People, tmp_path: Path) -> None:
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert PASSWORD.encode() not in content
    assert b"$argon2id$" in content
    assert people.with_password("Admin1 ", PASSWORD) is not None
    assert people.with_password("admin1", PASSWORD + "x") is None
    assert people.with_password("nobody", PASSWORD) is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password-short"),
        ("1" * 12, "password-simple"),
        ("my-officer1-password", "password-simple"),
        ("ก" * 100 + "abcdef" * 20, "password-long"),
    ],
)
def test_passwords_that_are_refused(password: str, code: str) -> None:
    with pytest.raises(UsageError, match=code):
        hashed(password, "officer1")


def test_a_password_is_the_same_however_the_keyboard_writes_it() -> None:
    kept = hashed("น\u0e4d\u0e32ใสไหลเย็นเห็นตัวปลา")  # nikhahit and sara aa
    assert fits("น\u0e33ใสไหลเย็นเห็นตัวปลา", kept)  # sara am
    assert not fits("น\u0e33ใสไหลเย็นเห็นตัวปู", kept)
    assert not fits("", None)


@settings(max_examples=10)  # a hash takes its time, that is its point
@given(st.text(max_size=300))
def test_any_text_can_be_tried_and_fits_nobody_without_a_password(text: str) -> None:
    assert not fits(text, None)


def test_names_are_plain_and_known_once(people: People) -> None:
    for name in ("", "a b", "ผู้ดูแล", "-x", "a" * 65, "a\n"):
        if name.strip() != "a":
            with pytest.raises(UsageError, match="user-name-invalid"):
                people.add(name)
    with pytest.raises(UsageError, match="user-known"):
        people.add("ADMIN1")
    with pytest.raises(UsageError, match="role-unknown"):
        people.add("officer1", role="king")


def test_a_session_ends_by_log_out_password_and_disabling(people: People) -> None:
    sessions = Sessions(people)
    officer = people.add("officer1", role="reviewer", password=PASSWORD)
    first, second = sessions.begin(officer), sessions.begin(officer)
    assert first != second
    assert sessions.person(first) is not None
    sessions.end(first)
    assert (sessions.person(first), sessions.person(second) is None) == (None, False)
    people.set_password("officer1", PASSWORD + " ใหม่")
    assert sessions.person(second) is None
    third = sessions.begin(officer)
    people.change("officer1", disabled=True)
    assert sessions.person(third) is None
    people.change("officer1", disabled=False)
    assert sessions.person(third) is None


def test_a_session_ends_when_idle_and_after_a_day(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions, clock = Sessions(people), [1_000_000.0]
    monkeypatch.setattr(sessions_module.time, "time", lambda: clock[0])
    idle = sessions.begin(people.person("admin1"))
    clock[0] += sessions_module.IDLE_SECONDS + 1
    assert sessions.person(idle) is None
    used, begun = sessions.begin(people.person("admin1")), clock[0]
    while clock[0] - begun <= sessions_module.ABSOLUTE_SECONDS - 3600:
        clock[0] += 3600
        assert sessions.person(used) is not None
    clock[0] += 3601
    assert sessions.person(used) is None


def test_a_key_is_shown_once_and_no_secret_is_kept(people: People, tmp_path: Path) -> None:
    tokens = Tokens(people)
    token, secret = tokens.create("admin1", "หน้าเว็บ อบจ.", role="reader", days=14)
    session = Sessions(people).begin(people.person("admin1"))
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert secret.encode() not in content
    assert session.encode() not in content
    known = tokens.person(secret)
    assert known is not None
    assert (known[0].name, known[1].role) == ("หน้าเว็บ อบจ.", "reader")
    assert tokens.token(token.id).used_at is not None
    tokens.revoke(token.id)
    assert tokens.person(secret) is None
    assert tokens.person(secret + "x") is None


def test_a_key_may_do_no_more_than_its_person(people: People) -> None:
    tokens = Tokens(people)
    people.add("officer1", role="planner")
    token, secret = tokens.create("officer1", "ทดลอง", role="admin")
    assert token.role == "planner"
    people.change("officer1", role="reader")
    known = tokens.person(secret)
    assert known is not None
    assert known[1].role == "reader"
    people.change("officer1", disabled=True)
    assert tokens.person(secret) is None
    for days in (0, 367):
        with pytest.raises(UsageError, match="token-days-invalid"):
            tokens.create("officer1", "ทดลอง", days=days)


def test_every_change_of_people_is_in_the_log_and_stays(people: People) -> None:
    tokens = Tokens(people)
    people.add("officer1", role="reader")
    people.change("officer1", role="planner", scope=["เทศบาลเมืองเวียงพนา"])
    people.set_password("officer1", PASSWORD)
    token, _ = tokens.create("officer1", "ทดลอง")
    tokens.revoke(token.id)
    rows = list(Log(people.store).rows())
    assert [row.action for row in reversed(rows)] == [
        "user.added",
        "user.added",
        "user.changed",
        "user.password",
        "token.created",
        "token.revoked",
    ]
    changed = rows[3]
    assert changed.before is not None
    assert changed.after is not None
    assert (changed.before["role"], changed.after["role"]) == ("reader", "planner")
    assert PASSWORD not in str(rows)
    for sql in ("delete from log", "update log set actor = 'x'"):
        other = sqlite3.connect(people.store.path)
        with pytest.raises(sqlite3.IntegrityError, match="the log is never"):
            other.execute(sql)
        other.close()
    assert len(list(Log(people.store).rows())) == len(rows)
