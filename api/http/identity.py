"""Who sends a request: a person's browser, a program with a key, or whoever has the machine."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from api.http.access import COOKIE, Access, Sessions, bearer_of
from api.http.peer import peer_of
from ingest.errors import PhaenError
from kb.people.people import People
from kb.people.person import Person, Role
from kb.people.sessions import Sessions as PeopleSessions
from kb.people.tokens import Tokens
from kb.store.actor import Actor
from kb.store.store import Store


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks: the role, the actor that the log names, and the person, if it is one."""

    role: Role
    actor: Actor
    person: Person | None = None

    @property
    def display(self) -> str:
        """The person's name as others read it; empty without a person."""
        return self.person.display if self.person else ""


LOCAL = Identity("admin", Actor("local"))
"""One person's tool: no users, no token, this machine alone."""
TOKEN = Identity("admin", Actor("token"))
"""Whoever has the server's own token."""


class Identities:
    """Finds out who asks.

    With a user in the store a log-in is needed, for good: the server remembers that there
    was one, so that a store that can't be read opens nothing.
    """

    def __init__(self, access: Access, sessions: Sessions, store: Store) -> None:
        self._access, self._sessions = access, sessions
        self.people = People(store)
        self.person_sessions = PeopleSessions(self.people)
        self.tokens = Tokens(self.people)
        self._with_people = False

    def with_people(self) -> bool:
        """Return whether there are users."""
        if not self._with_people:
            self._with_people = self.people.any()
        return self._with_people

    def needed(self) -> bool:
        """Return whether a log-in is needed."""
        if self._access.token is not None:
            return True
        try:
            return self.with_people()
        except PhaenError:
            return False

    def identity(self, request: Request) -> Identity | None:
        """Return who sends a request, None where nobody has logged in.

        Raises PhaenError `token-wrong` where a key is sent that is none, or no more.
        """
        bearer = bearer_of(request)
        if bearer is not None:
            return self._of_bearer(bearer)
        cookie = request.cookies.get(COOKIE, "")
        if cookie and self._sessions.lasts(cookie):
            return TOKEN
        if not self.with_people():
            return None
        person = self.person_sessions.person(cookie) if cookie else None
        person = person or self._of_proxy(request)
        return Identity(person.role, person.actor(), person) if person else None

    def _of_bearer(self, bearer: str) -> Identity:
        if self._access.knows(bearer):
            return TOKEN
        known = self.tokens.person(bearer) if self.with_people() else None
        if known is None:
            raise PhaenError("token-wrong")
        token, person = known
        actor = Actor(f"{person.display} ({token.name})", person.actor().scope, signs=True)
        return Identity(person.role, actor, person)

    def _of_proxy(self, request: Request) -> Person | None:
        """Return whom a trusted reverse proxy names; anybody else's header counts for nothing."""
        header = self._access.proxy_header
        if header is None or peer_of(request) not in self._access.proxies:
            return None
        name = request.headers.get(header, "")
        try:
            person = self.people.person(name)
        except PhaenError:
            return None
        if person.disabled:
            return None
        self.people.see(person)
        return person
