"""Access rules of a server: one token for everyone, reading only, a proxy that logs people in.

The token is sent as `Authorization: Bearer`, or typed once on the page `/login`, which
gives the browser a session. Only digests are compared, in constant time.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.requests import Request

COOKIE = "phaen_session"
SESSION_SECONDS = 12 * 60 * 60
_SESSIONS = 1000
"""So many are remembered; beyond, the oldest has to log in anew."""
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_QUESTIONS = frozenset(
    {
        "/v1/search",
        "/v1/alignment",
        "/v1/alignment/workbook",
        "/v1/duplicates",
        "/v1/duplicates/thresholds",
        "/v1/duplicates/within",
        "/v1/duplicates/statements",
        "/v1/comparisons",
        "/login",
        "/logout",
    }
)
"""What is asked by POST and changes nothing; any other POST counts as writing."""


@dataclass(frozen=True)
class Access:
    """Access rules of a server: `read_only` refuses writes, `token` is required if set.

    `proxy_header` is where a reverse proxy at one of the addresses `proxies` names the person
    that it has logged in. `origins` are the sites whose pages may call `/v1`.
    """

    read_only: bool = False
    token: str | None = field(default=None, repr=False)
    proxy_header: str | None = None
    proxies: frozenset[str] = frozenset()
    origins: tuple[str, ...] = ()

    def knows(self, token: str) -> bool:
        """Return whether this is the token."""
        if self.token is None:
            return False
        return secrets.compare_digest(_digest(token), _digest(self.token))


class Sessions:
    """Sessions of browsers that have sent the token: digests of their names, in memory."""

    def __init__(self) -> None:
        self._ends: OrderedDict[bytes, float] = OrderedDict()

    def begin(self) -> str:
        """Start a session and return its random name."""
        name = secrets.token_urlsafe(32)
        self._ends[_digest(name)] = time.monotonic() + SESSION_SECONDS
        while len(self._ends) > _SESSIONS:
            self._ends.popitem(last=False)
        return name

    def end(self, name: str) -> None:
        """End a session."""
        self._ends.pop(_digest(name), None)

    def lasts(self, name: str) -> bool:
        """Return whether a session exists and has not expired."""
        return self._ends.get(_digest(name), 0.0) > time.monotonic()


def person_name(request: Request) -> str:
    """Return the name of the person who asks; empty where one person has the tool alone."""
    identity = getattr(request.state, "identity", None)
    return str(identity.display) if identity is not None else ""


def writes(method: str, path: str) -> bool:
    """Return whether a request may change something."""
    return method not in _SAFE_METHODS and path not in _QUESTIONS


def bearer_of(request: Request) -> str | None:
    """Return the token or key that a program sends, None without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
