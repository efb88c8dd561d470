"""How much is done at once: beyond the limit a request is refused at once, politely.

A server that takes on everything answers nobody in time. What is refused is told when to
come again (`Retry-After`), and nothing of it was done.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import problem

UPLOADS = frozenset({"/v1/documents", "/v1/alignment/workbook", "/add"})


class Capacity:
    """An ASGI layer that counts requests under way.

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
