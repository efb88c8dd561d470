"""Limits of a connection before its request is understood: seconds and bytes.

uvicorn bounds neither the time nor the size of a request's head, and it counts connections
that have asked nothing yet: some hundred half-open ones shut everybody out. Here a
connection costs nothing until its head is complete, a slow one is closed, and where there
are too many the one that has been idle longest goes.
"""

from __future__ import annotations

import asyncio
import json
import re
from asyncio.events import TimerHandle
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.text.messages import message

_ASCII_LINE = "".join(map(chr, range(0x80)))
_HIGH = re.compile(rb"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_CODES = {
    400: "request-malformed",
    408: "request-slow",
    414: "address-too-long",
    431: "headers-too-large",
}


class LimitedConnection(HttpToolsProtocol):
    """One client's connection, with limits on what comes before a request is understood."""

    header_bytes = 32 * 1024
    """Longest head: request line and headers together."""
    address_bytes = 16 * 1024
    """Longest address, with its query."""
    header_seconds = 15.0
    """From a connection's start, or a head's first byte, to the head's end."""
    write_seconds = 60.0
    """How long a client may leave an answer unread."""
    most = 1000
    """Connections held at once."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._slow_head: TimerHandle | None = None
        self._slow_read: TimerHandle | None = None
        self._head = 0
        self._in_head = False
        self._boundary, self._in_line = True, True
        self._refused = 400
        self._since = self.loop.time()

    # --- the connection -------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection; if there are too many, close the one idle longest."""
        super().connection_made(transport)
        self._wait_for_head()
        if len(self.connections) > self.most:
            idle = [
                other
                for other in self.connections
                if isinstance(other, LimitedConnection) and other is not self and other.idle
            ]
            if idle:
                min(idle, key=lambda other: other._since).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timers of a closed connection."""
        self._head_came()
        if self._slow_read is not None:
            self._slow_read.cancel()
            self._slow_read = None
        super().connection_lost(exc)

    @property
    def idle(self) -> bool:
        """Whether no request of this connection is under way."""
        return self.cycle is None or self.cycle.response_complete

    def data_received(self, data: bytes) -> None:
        """Parse received bytes; refuse a head that grows too large or stalls."""
        counts = self._boundary or self._in_head
        super().data_received(self._ascii_line(data))
        if self.transport.is_closing() or not (self.idle or self._in_head):
            return
        if counts and self._in_head:
            self._head += len(data)
        if self._in_head and self._head > self.header_bytes:
            self._refuse(431)
        elif self._slow_head is None and self.timeout_keep_alive_task is None:
            self._wait_for_head()

    # --- a request's head -----------------------------------------------------------------

    def on_message_begin(self) -> None:
        """Start counting a request's head."""
        super().on_message_begin()
        self._in_head, self._boundary, self._head = True, False, 0

    def on_url(self, url: bytes) -> None:
        """Append a piece of the address; refuse one too long."""
        super().on_url(url)
        if len(self.url) > self.address_bytes:
            self._refused = 414
            raise ValueError("address too long")

    def on_headers_complete(self) -> None:
        """Check the size of the head and decode an address in Thai letters."""
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > self.header_bytes:
            self._refused = 431
            raise ValueError("headers too large")
        self.url = in_utf8(self.url)
        self._in_head = self._in_line = False
        self._since = self.loop.time()
        self._head_came()
        super().on_headers_complete()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Append a header."""
        self._in_line = False
        super().on_header(name, value)

    def on_message_complete(self) -> None:
        """Note that the next bytes begin another request."""
        self._boundary = self._in_line = True
        super().on_message_complete()

    def _ascii_line(self, data: bytes) -> bytes:
        """Percent-encode what is no ASCII in a request's first line; the rest stays as it is."""
        if not self._in_line:
            return data
        begin = len(data) - len(data.lstrip(b"\r\n")) if self._boundary else 0
        end = data.find(b"\n", begin)
        self._in_line = end < 0
        line = data[:end] if end >= 0 else data
        if line.isascii():
            return data
        return quote(line, safe=_ASCII_LINE).encode() + data[len(line) :]

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._since = self.loop.time()
        super().on_response_complete()

    # --- time -----------------------------------------------------------------------------

    def pause_writing(self) -> None:
        """Start the timer of a client that does not read its answer."""
        super().pause_writing()
        self._slow_read = self.loop.call_later(self.write_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Cancel that timer."""
        if self._slow_read is not None:
            self._slow_read.cancel()
            self._slow_read = None
        super().resume_writing()

    def _wait_for_head(self) -> None:
        self._slow_head = self.loop.call_later(self.header_seconds, self._too_slow)

    def _too_slow(self) -> None:
        self._slow_head = None
        if self._in_head:
            self._refuse(408)
        elif self.idle:
            self.transport.close()

    def _head_came(self) -> None:
        if self._slow_head is not None:
            self._slow_head.cancel()
            self._slow_head = None

    # --- refusals -------------------------------------------------------------------------

    def send_400_response(self, msg: str) -> None:
        """Refuse a request that could not be parsed."""
        self._refuse(self._refused)

    def _refuse(self, status: int) -> None:
        """Answer by hand, as a problem, and close: there is no request to answer to."""
        if self.transport.is_closing():
            return
        if not self.idle:  # an answer to an earlier request is under way
            self.transport.close()
            return
        code, phrase = _CODES[status], HTTPStatus(status).phrase
        body = json.dumps(
            {
                "type": f"/problems/{code}",
                "title": phrase,
                "status": status,
                "detail": message(code),
                "instance": "",
                "code": code,
            },
            ensure_ascii=False,
        ).encode()
        head = (
            f"HTTP/1.1 {status} {phrase}\r\ncontent-type: application/problem+json\r\n"
            f"content-length: {len(body)}\r\nx-content-type-options: nosniff\r\n"
            "connection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()


def in_utf8(address: bytes) -> bytes:
    """Return a percent-encoded address in UTF-8.

    Browsers write it so by themselves. What is no UTF-8 is read as TIS-620 (code page 874),
    which old Thai systems write.
    """
    if b"%" not in address:
        return address
    decoded = unquote_to_bytes(address)
    try:
        decoded.decode()
    except UnicodeDecodeError:
        return _HIGH.sub(_from_thai, address)
    return address


def _from_thai(match: re.Match[bytes]) -> bytes:
    return quote(unquote_to_bytes(match[0]).decode("cp874", "replace"), safe="").encode()
