"""Everybody who may use a knowledge base, kept in its store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.errors import UsageError
from kb.people.passwords import fits, hashed
from kb.people.person import Person, checked_display, checked_name, checked_role, person_of
from kb.store.changes import write_change
from kb.store.insertion import now
from kb.store.store import Store

_SEEN_SECONDS = 17
"""So many characters of a time are compared: the last log-in is noted once in ten seconds."""


class People:
    """The people of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def any(self) -> bool:
        """Return whether there is anybody: from then on a log-in is needed."""
        return self.store.connection.execute("select 1 from users limit 1").fetchone() is not None

    def all(self) -> Iterator[Person]:
        """Yield everybody, by name."""
        cursor = self.store.connection.execute("select * from users order by name")
        return (person_of(row) for row in cursor)

    def person(self, name: str) -> Person:
        """Return a person by the log-in name; raise UsageError `user-unknown`."""
        return person_of(self._row(name))

    def add(
        self,
        name: str,
        *,
        display: str | None = None,
        role: str = "reader",
        scope: Sequence[str] | None = None,
        password: str | None = None,
    ) -> Person:
        """Add a person. The first has to be an admin: nobody else could add more.

        Raises UsageError: `user-name-invalid`, `user-known`, `role-unknown`,
        `user-first-admin`, and what `passwords.hashed` raises.
        """
        bare, secret = checked_name(name), None
        if password is not None:
            secret = hashed(password, bare)
        with self.store.writing() as connection:
            if not self.any() and checked_role(role) != "admin":
                raise UsageError("user-first-admin")
            if connection.execute("select 1 from users where name = ?", (bare,)).fetchone():
                raise UsageError("user-known", name=bare)
            connection.execute(
                "insert into users (name, display, role, scope, password, created_at) "
                "values (?, ?, ?, ?, ?, ?)",
                (
                    bare,
                    checked_display(display, bare),
                    checked_role(role),
                    _scope(scope),
                    secret,
                    now(),
                ),
            )
            person = self.person(bare)
            write_change(connection, "user.added", bare, after=_shown(person))
        return person

    def change(self, name: str, **changes: Any) -> Person:
        """Change `display`, `role`, `scope` or `disabled` of a person; disabling ends sessions.

        Raises UsageError: `user-unknown`, `role-unknown`, `user-last-admin` where nobody
        would be left who may manage people.
        """
        columns: dict[str, object] = {}
        if "display" in changes:
            columns["display"] = checked_display(changes["display"], name)
        if "role" in changes:
            columns["role"] = checked_role(changes["role"])
        if "scope" in changes:
            columns["scope"] = _scope(changes["scope"])
        if "disabled" in changes:
            columns["disabled"] = int(changes["disabled"])
        with self.store.writing() as connection:
            before = self.person(name)
            for column, value in columns.items():
                connection.execute(
                    f"update users set {column} = ? where key = ?", (value, before.key)
                )
            after = self.person(name)
            self._check_admin(connection)
            if after != before:
                write_change(
                    connection,
                    "user.changed",
                    after.name,
                    before=_shown(before),
                    after=_shown(after),
                )
            if after.disabled or after.role != before.role:
                connection.execute("delete from sessions where user = ?", (after.key,))
        return after

    def set_password(self, name: str, password: str) -> None:
        """Set a person's password and end all of the person's sessions.

        Raises UsageError: `user-unknown`, and what `passwords.hashed` raises.
        """
        person = self.person(name)
        secret = hashed(password, person.name)
        with self.store.writing() as connection:
            connection.execute("update users set password = ? where key = ?", (secret, person.key))
            connection.execute("delete from sessions where user = ?", (person.key,))
            write_change(connection, "user.password", person.name)

    def with_password(self, name: str, password: str) -> Person | None:
        """Return the person whose name and password these are, None where they are nobody's.

        It takes as long for a name that nobody has.
        """
        row = self.store.connection.execute(
            "select * from users where name = ?", (name.strip().lower(),)
        ).fetchone()
        right = fits(password, row["password"] if row else None)
        return person_of(row) if row and right and not row["disabled"] else None

    def with_key(self, key: int) -> Person | None:
        """Return the person of a key, None where there is none or it is disabled."""
        row = self.store.connection.execute(
            "select * from users where key = ? and disabled = 0", (key,)
        ).fetchone()
        return person_of(row) if row else None

    def see(self, person: Person) -> None:
        """Note that a person has been here, once in ten seconds at most."""
        at = now()
        if (person.seen_at or "")[:_SEEN_SECONDS] != at[:_SEEN_SECONDS] and self.store.writable:
            with self.store.writing() as connection:
                connection.execute("update users set seen_at = ? where key = ?", (at, person.key))

    def _row(self, name: str) -> sqlite3.Row:
        row: sqlite3.Row | None = self.store.connection.execute(
            "select * from users where name = ?", (name.strip().lower(),)
        ).fetchone()
        if row is None:
            raise UsageError("user-unknown", name=name)
        return row

    def _check_admin(self, connection: sqlite3.Connection) -> None:
        sql = "select 1 from users where role = 'admin' and disabled = 0 limit 1"
        if connection.execute(sql).fetchone() is None:
            raise UsageError("user-last-admin")


def _scope(bodies: Sequence[str] | None) -> str | None:
    if bodies is None:
        return None
    names = dict.fromkeys(" ".join(name.split()) for name in bodies)
    return json.dumps([name for name in names if name], ensure_ascii=False)


def _shown(person: Person) -> dict[str, Any]:
    record = person.to_dict()
    return {name: record[name] for name in ("display", "role", "scope", "disabled")}
