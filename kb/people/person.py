"""A person who uses the knowledge base: name, role, bodies."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ingest.errors import UsageError
from kb.store.actor import Actor

Role = Literal["reader", "planner", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most: each may do what those before it may."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_DISPLAY = 100


@dataclass(frozen=True, slots=True)
class Person:
    """A person: `name` to log in with, `display` as others read it.

    `scope` lists the bodies whose documents and records may be changed, None for all. One
    without a password (`has_password`) logs in by a key, a proxy or another service alone.
    """

    key: int
    name: str
    display: str
    role: Role
    scope: tuple[str, ...] | None
    disabled: bool
    has_password: bool
    created_at: str
    seen_at: str | None

    def actor(self) -> Actor:
        """Return the person as the one who acts."""
        scope = None if self.scope is None else frozenset(self.scope)
        return Actor(self.display, scope, signs=True)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; it holds no secret."""
        return {
            "name": self.name,
            "display": self.display,
            "role": self.role,
            "scope": None if self.scope is None else list(self.scope),
            "disabled": self.disabled,
            "has_password": self.has_password,
            "created_at": self.created_at,
            "seen_at": self.seen_at,
        }


def person_of(row: sqlite3.Row) -> Person:
    """Read a row of the table `users`."""
    return Person(
        row["key"],
        row["name"],
        row["display"],
        row["role"],
        None if row["scope"] is None else tuple(json.loads(row["scope"])),
        bool(row["disabled"]),
        row["password"] is not None,
        row["created_at"],
        row["seen_at"],
    )


def checked_name(name: str) -> str:
    """Return a name to log in with; raise UsageError `user-name-invalid`."""
    bare = name.strip().lower()
    if not _NAME.fullmatch(bare):
        raise UsageError("user-name-invalid", name=name)
    return bare


def checked_display(display: str | None, name: str) -> str:
    """Return the name that others read, on one line; the log-in name where none is given."""
    return " ".join((display or "").split())[:_DISPLAY] or name


def checked_role(role: str) -> Role:
    """Return a role; raise UsageError `role-unknown`."""
    for known in ROLES:
        if role == known:
            return known
    raise UsageError("role-unknown", value=role, choices=", ".join(ROLES))


def lesser(one: Role, other: Role) -> Role:
    """Return the role that may do less."""
    return min(one, other, key=ROLES.index)
