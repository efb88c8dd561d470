"""`phaen serve`: the web API and the search page."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from api.cli.command import Call, option, subcommand
from api.cli.output import say
from api.text.messages import explain, message
from ingest.errors import PhaenError

_CONNECTIONS = 200
_GRACE_SECONDS = 5
_CORES = 2
_MOST_SEARCHERS = 8


@subcommand("serve")
@option("--host", default="127.0.0.1", show_default=True, metavar="HOST")
@option("--port", default=8000, show_default=True, type=int, metavar="PORT")
def command(call: Call, host: str, port: int) -> None:
    """Serve until stopped; on this machine alone unless another host is named."""
    import uvicorn

    from api.http.app import LOOPBACK, create_app
    from ingest.temporary import sweep

    _check_free(host, port)
    sweep(call.kb.absolute().parent)
    app = create_app(
        call.kb,
        hosts=LOOPBACK if host in LOOPBACK else None,
        warm=True,
        searchers=_searchers(call.kb),
    )
    if app.state.kb.store.newer:
        say(explain(app.state.kb.store.newer))
    say(message("serving", url=f"http://{_shown(host)}:{port}", kb=call.kb))
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        server_header=False,
    )


def _searchers(path: Path) -> int:
    """Choose how many processes search: one a core where there is much to search, else none."""
    from api.http.searchers import LARGE
    from kb import KnowledgeBase

    cores = _cores()
    if cores < _CORES:
        return 0
    with KnowledgeBase(path) as kb:
        return min(cores, _MOST_SEARCHERS) if kb.store.count("passages") >= LARGE else 0


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _check_free(host: str, port: int) -> None:
    """Say plainly that a port is taken, before anything is opened."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], found[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((found[4][0], port, *found[4][2:]))  # found[4] may hold another port
    except (OSError, OverflowError) as error:
        raise PhaenError("port-unavailable", host=host, port=port, reason=str(error)) from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
