"""Keys for programs: shown once, kept as digests, of a role, for a time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.errors import UsageError
from kb.people.people import People
from kb.people.person import Person, Role, checked_role, lesser
from kb.people.secrets import digest, fresh_secret
from kb.store.changes import write_change
from kb.store.insertion import now

PREFIX = "phn_"
"""Every key begins so: a key that lies about in a file is recognised."""
DAYS, MOST_DAYS = 90, 366
_SELECT = "select t.*, u.name as user_name from tokens t join users u on u.key = t.user"
_NOTED = 15
"""So many characters of a time are compared: use is noted once in ten minutes."""


@dataclass(frozen=True, slots=True)
class Token:
    """A key: its public id, its name, whose it is, what it may do, until when."""

    id: str
    name: str
    user: str
    role: Role
    created_at: str
    expires_at: str
    used_at: str | None
    revoked_at: str | None

    @property
    def valid(self) -> bool:
        """Whether the key can be used now."""
        return self.revoked_at is None and self.expires_at > now()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; it holds no secret."""
        return {
            "id": self.id,
            "name": self.name,
            "user": self.user,
            "role": self.role,
            "created_at": self.created_at,
            "expires_at": self.expires_at,
            "used_at": self.used_at,
            "revoked_at": self.revoked_at,
        }


class Tokens:
    """The keys of a store's people."""

    def __init__(self, people: People) -> None:
        self._people, self._store = people, people.store

    def create(
        self, user: str, name: str, *, role: str = "reader", days: int = DAYS
    ) -> tuple[Token, str]:
        """Make a key of a person; return it and its secret, which can't be shown again.

        It may do no more than `role` and no more than its person, at the person's bodies.
        Raises UsageError: `user-unknown`, `role-unknown`, `token-name-missing`,
        `token-days-invalid`.
        """
        person, words = self._people.person(user), " ".join(name.split())[:100]
        if not words:
            raise UsageError("token-name-missing")
        if not 1 <= days <= MOST_DAYS:
            raise UsageError("token-days-invalid", most=MOST_DAYS)
        secret, identity = fresh_secret(PREFIX), secrets.token_hex(6)
        ends = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")
        granted = lesser(checked_role(role), person.role)
        with self._store.writing() as connection:
            connection.execute(
                "insert into tokens (id, name, digest, user, role, created_at, expires_at) "
                "values (?, ?, ?, ?, ?, ?, ?)",
                (identity, words, digest(secret), person.key, granted, now(), ends),
            )
            after = {"name": words, "user": person.name, "role": granted, "expires_at": ends}
            write_change(connection, "token.created", identity, after=after)
        return self.token(identity), secret

    def all(self, user: str | None = None) -> Iterator[Token]:
        """Yield the keys of one person or of all, the newest first."""
        rows = self._store.connection.execute(f"{_SELECT} order by t.key desc")
        return (_token(row) for row in rows if user in (None, row["user_name"]))

    def token(self, identity: str) -> Token:
        """Return a key by its public id; raise UsageError `token-unknown`."""
        row = self._store.connection.execute(f"{_SELECT} where t.id = ?", (identity,)).fetchone()
        if row is None:
            raise UsageError("token-unknown", id=identity)
        return _token(row)

    def revoke(self, identity: str) -> Token:
        """Let a key end now; raise UsageError `token-unknown`."""
        token = self.token(identity)
        with self._store.writing() as connection:
            connection.execute(
                "update tokens set revoked_at = ? where id = ? and revoked_at is null",
                (now(), identity),
            )
            if token.revoked_at is None:
                before = {"name": token.name, "user": token.user}
                write_change(connection, "token.revoked", identity, before=before)
        return self.token(identity)

    def person(self, secret: str) -> tuple[Token, Person] | None:
        """Return the key of a secret and its person, with no more than the key's role.

        None where there is no such key, or it has ended, or the person is disabled.
        """
        row = self._store.connection.execute(
            f"{_SELECT} where t.digest = ?", (digest(secret),)
        ).fetchone()
        if row is None or not _token(row).valid:
            return None
        token, person = _token(row), self._people.with_key(row["user"])
        if person is None:
            return None
        if (token.used_at or "")[:_NOTED] != now()[:_NOTED] and self._store.writable:
            with self._store.writing() as connection:
                connection.execute("update tokens set used_at = ? where id = ?", (now(), token.id))
        return token, replace(person, role=lesser(token.role, person.role))


def _token(row: Any) -> Token:
    return Token(
        row["id"],
        row["name"],
        row["user_name"],
        row["role"],
        row["created_at"],
        row["expires_at"],
        row["used_at"],
        row["revoked_at"],
    )
