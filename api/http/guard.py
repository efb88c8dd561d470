"""What stands before every request: size limits, hosts and origins, headers of caution.

Bodies are counted as they arrive, whatever `Content-Length` says: neither FastAPI nor
Starlette caps the parts of an upload that are files.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import TooLargeError, problem, status_of
from ingest.errors import PhaenError, UsageError

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
_API_PATH = "/v1/"
_UPLOADS = frozenset({"/v1/documents", "/add"})


class Guard:
    """An ASGI layer that refuses what is too large or comes from another site's page.

    `body_bytes` bounds every body, `upload_bytes` those of uploads. `hosts`
    are the names this server answers to, None for any: a server on 127.0.0.1 that answers
    to any name can be reached by other sites through DNS rebinding.
    """

    def __init__(
        self, app: ASGIApp, body_bytes: int, upload_bytes: int, hosts: Collection[str] | None
    ) -> None:
        self.app = app
        self.body_bytes = body_bytes
        self.upload_bytes = upload_bytes
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, count its body, add headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cautious = _with_headers(send, scope["path"])
        limit = self._limit(scope)
        try:
            self._check(scope, limit)
        except PhaenError as error:
            answer = problem(Request(scope), error.code, status_of(error), error.details)
            answer.headers["connection"] = "close"
            await answer(scope, receive, cautious)
            return
        await self.app(scope, _counted(receive, limit), cautious)

    def _limit(self, scope: Scope) -> int:
        uploads = scope["method"] == "POST" and scope["path"].rstrip("/") in _UPLOADS
        return self.upload_bytes if uploads else self.body_bytes

    def _check(self, scope: Scope, limit: int) -> None:
        headers = Headers(scope=scope)
        host = _bare_host(headers.get("host", ""))
        if self.hosts is not None and host not in self.hosts:
            raise UsageError("host-refused", host=host)
        if scope["method"] not in _SAFE_METHODS and _is_foreign(headers):
            raise UsageError("origin-refused", origin=headers.get("origin", "?"))
        told = headers.get("content-length", "0")
        if told.isdigit() and int(told) > limit:
            raise UsageError("body-too-large", limit=limit)


def _bare_host(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower() if host else ""


def _is_foreign(headers: Headers) -> bool:
    """Tell whether a browser says that another site's page sends this request."""
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


def _counted(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLargeError(limit)
        return message

    return counted


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
