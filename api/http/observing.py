"""Middleware around every request: it is counted, and where that is asked for written to a log.

A line says when, what was called, what came of it and how long it took; a JSON object, or the
same as words. Queries, bodies, cookies and keys are in none: a question may be private.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.metrics import Metrics
from api.http.rights import right_of

LogFormat = Literal["off", "text", "json"]
LOG_FORMATS: tuple[LogFormat, ...] = get_args(LogFormat)
_UNKNOWN = "unknown"


class Observing:
    """ASGI middleware that counts requests and writes a line for each."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, form: LogFormat, write: Callable[[str], None]
    ) -> None:
        self.app = app
        self._metrics, self._form, self._write = metrics, form, write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; count and log it when its answer has ended."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            seconds = time.perf_counter() - began
            self._metrics.count(_method(scope), route_of(scope), status, seconds)
            if self._form != "off":
                self._write(line_of(scope, status, seconds, self._form))


def route_of(scope: Scope) -> str:
    """Return the pattern of a request's path, which names no document; `unknown` without one."""
    right = right_of(scope["method"], scope["path"])
    return right.path if right else _UNKNOWN


def _method(scope: Scope) -> str:
    known = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
    return scope["method"] if scope["method"] in known else _UNKNOWN


def line_of(scope: Scope, status: int, seconds: float, form: LogFormat) -> str:
    """Return the log's line of a request; `path` is what was asked for, without its query."""
    identity = scope.get("state", {}).get("identity")
    record: dict[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": (scope.get("client") or ("",))[0],
        "who": getattr(identity, "person", None) and identity.person.name,
        "method": _method(scope),
        "path": scope["path"],
        "route": route_of(scope),
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    if form == "json":
        return json.dumps(record, ensure_ascii=False)
    path = json.dumps(record["path"], ensure_ascii=False)
    who = record["who"] or "-"
    start = f"{record['time']} {record['client'] or '-'} {who}"
    return f"{start} {record['method']} {path} {status} {record['ms']} ms"
