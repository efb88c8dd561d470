"""HTTP methods that every path answers: HEAD wherever GET does, and OPTIONS."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Methods:
    """ASGI middleware that answers HEAD as GET without its body, and OPTIONS."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; HEAD becomes GET, and the answer's body stays behind."""
        if scope["type"] != "http" or scope["method"] not in ("HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await _options(Request(scope))(scope, receive, send)
        else:
            head = _Head(receive, send)
            await self.app({**scope, "method": "GET"}, head.receive, head.send)


def _options(request: Request) -> Response:
    methods = allowed_methods(request.scope)
    if not methods:
        return problem(request, "not-found", 404, {"path": request.url.path})
    return Response(status_code=204, headers={"allow": ", ".join(methods)})


def allowed_methods(scope: Scope) -> list[str]:
    """Return the methods of a path, in a fixed order; empty for an unknown path."""
    routes: list[Any] = scope["app"].router.routes
    methods = [
        method
        for method in _METHODS
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    if "GET" in methods:
        methods.insert(1, "HEAD")
    return [*methods, "OPTIONS"] if methods else []


class _Head:
    """The receive and send of a HEAD request: headers out, no body."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._answered = False

    async def receive(self) -> Message:
        """Return the next message; once the headers are sent, a disconnect."""
        return {"type": "http.disconnect"} if self._answered else await self._receive()

    async def send(self, message: Message) -> None:
        """Send the headers with an empty body, and nothing more."""
        if self._answered:
            return
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("content-length", "0")
            self._answered = True
            await self._send(message)
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
