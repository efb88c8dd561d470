"""Middleware before every request: limits of size, time and number, hosts, origins, headers.

Bodies are counted as they arrive, whatever `Content-Length` says: neither FastAPI nor
Starlette caps the parts of an upload that are files.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import SlowBodyError, TooLargeError, problem, status_of
from api.http.state import ServerLimits
from ingest.errors import PhaenError, UsageError

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
_API_PATH = "/v1/"
UPLOADS = frozenset(
    {"/v1/documents", "/v1/alignment/workbook", "/v1/review-sets", "/reviews", "/add"}
)


class Guard:
    """ASGI middleware that refuses bodies too large or too slow and requests of other sites.

    `limits` bounds bodies in size and time. `hosts` are the names this server answers to,
    None for any: a server on 127.0.0.1 that answers to any name can be reached by other
    sites through DNS rebinding. `origins` are sites whose pages may call the API; a browser
    sends them no cookie of ours (SameSite), so they bring a key.
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: ServerLimits,
        hosts: Collection[str] | None,
        origins: Collection[str] = (),
    ) -> None:
        self.app = app
        self.origins = frozenset(origins)
        self.limits = limits
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, count its body, add headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send_with_headers = _with_headers(send, scope["path"])
        limit = self._limit(scope)
        try:
            self._check(scope, limit)
        except PhaenError as error:
            answer = problem(Request(scope), error.code, status_of(error), error.details)
            answer.headers["connection"] = "close"
            await answer(scope, receive, send_with_headers)
            return
        await self.app(scope, _Body(receive, limit, self.limits).receive, send_with_headers)

    def _limit(self, scope: Scope) -> int:
        return self.limits.upload_bytes if is_upload(scope) else self.limits.body_bytes

    def _check(self, scope: Scope, limit: int) -> None:
        headers = Headers(scope=scope)
        host = _bare_host(headers.get("host", ""))
        if self.hosts is not None and host not in self.hosts:
            raise UsageError("host-refused", host=host)
        named = scope["path"].startswith(_API_PATH) and headers.get("origin") in self.origins
        if scope["method"] not in _SAFE_METHODS and not named and _is_foreign(headers):
            raise UsageError("origin-refused", origin=headers.get("origin", "?"))
        declared = headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > limit:
            raise UsageError("body-too-large", limit=limit)


def _bare_host(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower() if host else ""


def _is_foreign(headers: Headers) -> bool:
    """Return whether a browser says that another site's page sends this request.

    `Sec-Fetch-Site` is the browser's own word and cannot be set by a page. Where it says
    `same-origin`, `Origin` may still be `null`: so it is wherever a page's referrer policy
    hides the referrer. Without it (older browsers, addresses without https) `Origin` decides.
    """
    site = headers.get("sec-fetch-site", "none")
    if site == "same-origin":
        return False
    origin = headers.get("origin")
    same = origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
    return site != "none" or not same


class _Body:
    """A request's body as it arrives, limited in bytes and seconds.

    Only waiting counts: some seconds, and one more for every so many bytes that came.
    """

    def __init__(self, receive: Receive, limit: int, limits: ServerLimits) -> None:
        self._receive, self._limit = receive, limit
        self._seconds, self._rate = limits.body_seconds, limits.body_bytes_a_second
        self._seen, self._waited, self._whole = 0, 0.0, False

    async def receive(self) -> Message:
        """Return the next message; raise TooLargeError or SlowBodyError."""
        if self._whole:
            return await self._receive()
        message = await self._next()
        self._seen += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._seen > self._limit:
            raise TooLargeError(self._limit)
        return message

    async def _next(self) -> Message:
        clock = asyncio.get_running_loop().time
        began = clock()
        left = self._seconds + self._seen / self._rate - self._waited
        try:
            async with asyncio.timeout(max(left, 0)):
                return await self._receive()
        except TimeoutError:
            raise SlowBodyError from None
        finally:
            self._waited += clock() - began


def _with_headers(send: Send, path: str) -> Send:
    async def cautious(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if path.startswith(_API_PATH):
                headers.setdefault("cache-control", "no-store")
        await send(message)

    return cautious


class Capacity:
    """ASGI middleware that answers 503 at once while too many requests are under way.

    `requests` bounds all of them, `uploads` those that send files: a file may be large and
    its sender slow, and searches go on meanwhile.
    """

    def __init__(self, app: ASGIApp, requests: int, uploads: int) -> None:
        self.app = app
        self._limits = {"requests": requests, "uploads": uploads}
        self._counts = {"requests": 0, "uploads": 0}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 503 where too many are under way."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        kind = "uploads" if is_upload(scope) else "requests"
        if self._counts[kind] >= self._limits[kind]:
            answer = problem(Request(scope), "server-busy", 503, {})
            answer.headers["connection"] = "close"
            await answer(scope, receive, send)
            return
        self._counts[kind] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._counts[kind] -= 1


def is_upload(scope: Scope) -> bool:
    """Return whether a request sends files."""
    return scope["method"] == "POST" and scope["path"].rstrip("/") in UPLOADS
