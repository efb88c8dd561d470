"""Sessions of people's browsers: random, kept as digests, ending by themselves."""

from __future__ import annotations

import time

from kb.people.people import People
from kb.people.person import Person
from kb.people.secrets import digest, fresh_secret
from kb.store.changes import write_change

IDLE_SECONDS = 2 * 60 * 60
"""A session that nobody used for so long has ended."""
ABSOLUTE_SECONDS = 12 * 60 * 60
"""No session lasts longer: a working day."""
_NOTE_SECONDS = 60
"""Use is written down this seldom, so that reading pages writes nothing."""


class Sessions:
    """The sessions of a store's people."""

    def __init__(self, people: People) -> None:
        self._people, self._store = people, people.store

    def begin(self, person: Person) -> str:
        """Begin a session and return its secret, which is shown to the browser alone."""
        secret, at = fresh_secret(), int(time.time())
        with self._store.writing() as connection:
            connection.execute("delete from sessions where begun < ?", (at - ABSOLUTE_SECONDS,))
            connection.execute(
                "insert into sessions values (?, ?, ?, ?)", (digest(secret), person.key, at, at)
            )
            write_change(connection, "session.begun", person.name, actor=person.display)
        self._people.see(person)
        return secret

    def person(self, secret: str) -> Person | None:
        """Return whose session this is, None where it has ended or there was none."""
        row = self._store.connection.execute(
            "select user, begun, seen from sessions where digest = ?", (digest(secret),)
        ).fetchone()
        at = int(time.time())
        if not row or at - row["begun"] > ABSOLUTE_SECONDS or at - row["seen"] > IDLE_SECONDS:
            return None
        person = self._people.with_key(row["user"])
        if person and at - row["seen"] > _NOTE_SECONDS and self._store.writable:
            with self._store.writing() as connection:
                connection.execute(
                    "update sessions set seen = ? where digest = ?", (at, digest(secret))
                )
            self._people.see(person)
        return person

    def end(self, secret: str) -> None:
        """End a session."""
        person = self.person(secret)
        with self._store.writing() as connection:
            connection.execute("delete from sessions where digest = ?", (digest(secret),))
            if person:
                write_change(connection, "session.ended", person.name, actor=person.display)
