"""The address a connection really comes from, whatever a proxy's headers say of the client."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

_PEER = "phaen.peer"


class Peer:
    """ASGI middleware that keeps the peer's address before forwarded headers replace it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the peer and pass the request on."""
        client = scope.get("client")
        if client:
            scope = {**scope, _PEER: client[0]}
        await self.app(scope, receive, send)


def peer_of(request: Request) -> str:
    """Return the address of the machine at the other end; empty where it is not known."""
    peer = request.scope.get(_PEER)
    if peer is None and request.client is not None:
        peer = request.client.host
    return str(peer or "")
