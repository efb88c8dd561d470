"""`phaen serve`: the web API and the search page."""

from __future__ import annotations

import socket

from api.command import Call, option, subcommand
from api.messages import message
from api.output import say
from ingest.errors import PhaenError

_CONNECTIONS = 200
_GRACE_SECONDS = 5


@subcommand("serve")
@option("--host", default="127.0.0.1", show_default=True, metavar="HOST")
@option("--port", default=8000, show_default=True, type=int, metavar="PORT")
def command(call: Call, host: str, port: int) -> None:
    """Serve until stopped; on this machine alone unless another host is named."""
    import uvicorn

    from api.http.app import LOOPBACK, create_app

    _check_free(host, port)
    app = create_app(call.kb, hosts=LOOPBACK if host in LOOPBACK else None, warm=True)
    say(message("serving", url=f"http://{_shown(host)}:{port}", kb=call.kb))
    uvicorn.run(
        app, host=host, port=port, log_level="warning", limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE_SECONDS, server_header=False,
    )  # fmt: skip


def _check_free(host: str, port: int) -> None:
    """Say plainly that a port is taken, before anything is opened."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], found[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except (OSError, OverflowError) as error:
        raise PhaenError("port-unavailable", host=host, port=port, reason=str(error)) from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
