"""Who is acting: the name that the log keeps, and the bodies this person may change.

The actor travels with the work (a context variable): a request or a command sets it, the
store reads it inside the transaction of every change.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from ingest.errors import PhaenError
from ingest.records import Organisation

NOBODY = "-"
"""The name in the log of work that nobody asked for, such as a library's own call."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or program at work.

    `scope` names the bodies whose documents and records it may change, None for all. A name
    may be followed by its province in brackets, which tells bodies of one name apart. One that
    `signs` has logged in: its reviews carry its own name, whatever name is given.
    """

    name: str = NOBODY
    scope: frozenset[str] | None = None
    signs: bool = False

    def signature(self, given: str | None) -> str | None:
        """Return the name that a review carries: the person's own, else the one that was given."""
        return self.name if self.signs else given

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form, for work that is kept and goes on later."""
        scope = None if self.scope is None else sorted(self.scope)
        return {"name": self.name, "scope": scope, "signs": self.signs}

    @classmethod
    def of_json(cls, record: Mapping[str, Any] | None) -> Actor:
        """Read what `to_json` returned."""
        if record is None:
            return cls()
        scope = record["scope"]
        return cls(record["name"], None if scope is None else frozenset(scope), record["signs"])

    def may_change(self, body: Organisation | None) -> bool:
        """Return whether what belongs to this body may be changed; an unknown body is no one's."""
        if self.scope is None:
            return True
        return body is not None and bool(self.scope & {body.name, f"{body.name} ({body.province})"})

    def check(self, *bodies: Organisation | None) -> None:
        """Raise PhaenError `body-not-yours` where none of the bodies may be changed."""
        if not any(self.may_change(body) for body in bodies):
            name = next((body.name for body in bodies if body), "?")
            raise PhaenError("body-not-yours", organisation=name)


_SOMEBODY = Actor()
_ACTING: ContextVar[Actor] = ContextVar("phaen-actor", default=_SOMEBODY)


def acting() -> Actor:
    """Return who is acting now."""
    return _ACTING.get()


def act_as(actor: Actor) -> None:
    """Let an actor be the one for the rest of this context (a command, a request)."""
    _ACTING.set(actor)


@contextlib.contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Let an actor be the one inside a `with`."""
    before = _ACTING.set(actor)
    try:
        yield
    finally:
        _ACTING.reset(before)
