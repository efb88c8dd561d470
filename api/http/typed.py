"""What was typed into a form whose session had ended: carried through the log-in page.

The fields travel in the page itself, are never kept here, and are sent again by the person,
not by themselves. No file, password or key is carried.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

MOST_BYTES = 64 * 1024
_SECRET = ("password", "token", "secret")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Typed:
    """A form's address on this server, and its fields in order."""

    address: str
    fields: tuple[tuple[str, str], ...]

    def to_text(self) -> str:
        """Return it as the text of a hidden field."""
        return json.dumps([self.address, self.fields], ensure_ascii=False)


async def typed_in(request: Request) -> Typed | None:
    """Return what a browser's form sends, None where it is no plain form or too large."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method != "POST" or kind != _FORM:
        return None
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                return None
    except (HTTPException, ClientDisconnect):
        return None
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    query = request.scope["query_string"].decode("ascii", "replace")
    address = request.scope["path"] + (f"?{query}" if query else "")
    return Typed(address, _plain(fields))


def typed_of(text: str) -> Typed | None:
    """Read what `to_text` wrote and a browser sent back; None where it is anything else."""
    try:
        address, fields = json.loads(text)
        pairs = [(str(name), str(value)) for name, value in fields]
    except (ValueError, TypeError, RecursionError):
        return None
    own = isinstance(address, str) and address.startswith("/")
    if not own or address.startswith(("//", "/\\")) or not address.isprintable():
        return None
    return Typed(address, _plain(pairs)) if len(text) <= MOST_BYTES * 2 else None


def _plain(fields: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value) for name, value in fields if not any(word in name for word in _SECRET)
    )
