"""Access without accounts: one token for everyone, or reading only.

The token is sent as `Authorization: Bearer`, or typed once on the page `/login`, which
gives the browser a session. Only digests are compared, in constant time.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import problem, wants_page

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
_OPEN = ("/login", "/assets/", "/problems/")


@dataclass(frozen=True)
class Access:
    """Access rules of a server: `read_only` refuses writes, `token` is required if set."""

    read_only: bool = False
    token: str | None = field(default=None, repr=False)

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
    return ""


class AccessLayer:
    """ASGI middleware that requires the token and refuses writes to a read-only server."""

    def __init__(self, app: ASGIApp, access: Access, sessions: Sessions) -> None:
        self.app, self.access, self.sessions = app, access, sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        refusal = self._refusal(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        path = request.scope["path"]
        if self.access.token is not None and not path.startswith(_OPEN):
            token = _bearer(request)
            if token is not None and not self.access.knows(token):
                return _refuse_unknown(request, "token-wrong")
            if token is None and not self.sessions.lasts(request.cookies.get(COOKIE, "")):
                return _refuse_unknown(request, "token-missing")
        if self.access.read_only and writes(request.method, path):
            return problem(request, "read-only", 403, {})
        return None


def writes(method: str, path: str) -> bool:
    """Return whether a request may change something."""
    return method not in _SAFE_METHODS and path not in _QUESTIONS


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _refuse_unknown(request: Request, code: str) -> Response:
    """Refuse an unauthenticated request; a browser is redirected to the login page."""
    if wants_page(request) and request.method in ("GET", "HEAD"):
        root, query = request.scope.get("root_path", ""), request.scope["query_string"].decode()
        back = quote(request.scope["path"] + (f"?{query}" if query else ""), safe="")
        language = "&lang=en" if request.query_params.get("lang") == "en" else ""
        return RedirectResponse(f"{root}/login?back={back}{language}", 303)
    answer = problem(request, code, 401, {})
    answer.headers["www-authenticate"] = 'Bearer realm="phaen"'
    return answer


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
