"""`phaen serve`: the web API and the search page."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say
from api.text.messages import explain, message
from ingest.errors import PhaenError, UsageError

if TYPE_CHECKING:
    from api.http.access import Access
    from api.http.observing import LogFormat

_GRACE_SECONDS = 5
_CORES = 2
_MOST_SEARCHERS = 8
_TOKEN = "PHAEN_TOKEN"  # noqa: S105 (the variable's name)
_SHORTEST_TOKEN = 20
"""Characters; a random token so long is never guessed."""
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


@subcommand("serve")
@option("--host", default="127.0.0.1", show_default=True, metavar="HOST")
@option("--port", default=8000, show_default=True, type=int, metavar="PORT")
@option("--allow-host", "allowed", multiple=True, metavar="NAME")
@option("--read-only", "read_only", is_flag=True)
@option("--token-file", "token_file", metavar="FILE")
@option("--proxy-header", "proxy_header", metavar="NAME")
@option("--proxy", "proxies", multiple=True, metavar="ADDRESS")
@option("--cors-origin", "origins", multiple=True, metavar="ORIGIN")
@option(
    "--log", "log", type=click.Choice(["off", "text", "json"]), default="off", show_default=True
)
def command(
    call: Call,
    host: str,
    port: int,
    allowed: tuple[str, ...],
    read_only: bool,
    token_file: str | None,
    proxy_header: str | None,
    proxies: tuple[str, ...],
    origins: tuple[str, ...],
    log: LogFormat,
) -> None:
    """Serve until stopped, to this machine only unless another host is given."""
    from api.http.access import Access

    access = Access(
        read_only=read_only,
        token=_token(token_file),
        proxy_header=_proxy_header(proxy_header, proxies),
        proxies=frozenset(_checked_proxy(address) for address in proxies),
        origins=tuple(_checked_origin(origin) for origin in origins),
    )
    names = _names(host, allowed, access, with_people=_has_people(call.kb))
    _check_free(host, port)
    _serve(call, host, port, names, access, log)


def _serve(
    call: Call, host: str, port: int, names: frozenset[str], access: Access, log: LogFormat
) -> None:
    import uvicorn
    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

    from api.app import create_app
    from api.http.connections import LimitedConnection
    from api.http.peer import Peer
    from ingest.temporary import sweep

    sweep(call.kb.absolute().parent)
    app = create_app(
        call.kb,
        hosts=names,
        warm=True,
        search_processes=_search_process_count(call.kb),
        access=access,
        log=log,
    )
    if app.state.kb.store.newer:
        say(explain(app.state.kb.store.newer))
    say(message("serving", url=f"http://{_url_host(host)}:{port}", kb=call.kb))
    trusted = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
    uvicorn.run(
        Peer(ProxyHeadersMiddleware(app, trusted_hosts=trusted)),  # type: ignore[arg-type]
        proxy_headers=False,
        host=host,
        port=port,
        log_level="warning",
        http=LimitedConnection,
        ws="none",
        timeout_graceful_shutdown=_GRACE_SECONDS,
        server_header=False,
    )


def _names(
    host: str, allowed: Sequence[str], access: Access, *, with_people: bool = False
) -> frozenset[str]:
    """Return the names a server answers to.

    Beyond this machine, at another address or under another name, the names have to be
    given, and not everyone may write. Raises UsageError: `serve-hosts-missing`,
    `serve-open`, `allow-host-invalid`.
    """
    from api.app import LOOPBACK

    names = [_checked_name(name) for name in allowed]
    beyond = [name for name in (host, *names) if not _is_loopback(name)]
    if beyond and not names:
        raise UsageError("serve-hosts-missing", host=host)
    if beyond and not access.read_only and access.token is None and not with_people:
        raise UsageError("serve-open", host=beyond[0])
    return LOOPBACK | {*names} | (frozenset() if _is_any(host) else {host.lower()})


def _has_people(path: Path) -> bool:
    """Return whether a knowledge base has users; a missing one has none."""
    from kb.people.people import People
    from kb.store.store import Store

    if not path.is_file():
        return False
    with Store(path, create=False) as store:
        return People(store).any()


def _proxy_header(name: str | None, proxies: Sequence[str]) -> str | None:
    """Return the header in which a proxy names people; raise UsageError `proxy-half`."""
    if (name is None) != (not proxies):
        raise UsageError("proxy-half")
    if name is not None and not re.fullmatch(r"[A-Za-z0-9-]+", name):
        raise UsageError("proxy-header-invalid", name=name)
    return name


def _checked_proxy(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address.strip()))
    except ValueError:
        raise UsageError("proxy-address-invalid", address=address) from None


def _checked_origin(origin: str) -> str:
    if not re.fullmatch(r"https?://[a-z0-9.-]+(:[0-9]+)?", origin):
        raise UsageError("cors-origin-invalid", origin=origin)
    return origin


def _checked_name(name: str) -> str:
    bare = name.strip().lower().removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    try:
        ascii_name = bare.encode("idna").decode() if not bare.isascii() else bare
    except UnicodeError:
        ascii_name = ""
    if not _NAME.fullmatch(ascii_name):
        raise UsageError("allow-host-invalid", host=name)
    return ascii_name


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_any(host: str) -> bool:
    """Return whether an address stands for all of this machine's, as 0.0.0.0 does."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _token(file: str | None) -> str | None:
    """Read the token from a file or the environment, never from the command line.

    What stands in the environment is taken out of it: the processes that are started from
    here have no use for it. Raises UsageError: `token-unreadable`, `token-too-short`,
    `token-not-ascii`.
    """
    token = os.environ.pop(_TOKEN, None)
    if file is not None:
        try:
            token = Path(file).read_text("ascii")
        except (OSError, ValueError) as error:
            raise UsageError("token-unreadable", file=file, reason=_reason(error)) from error
    if token is None:
        return None
    token = token.strip()
    if len(token) < _SHORTEST_TOKEN:
        raise UsageError("token-too-short", least=_SHORTEST_TOKEN)
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("token-not-ascii")
    return token


def _reason(error: Exception) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else type(error).__name__


def _search_process_count(path: Path) -> int:
    """Return how many search processes to start: one a core for large knowledge bases, else 0."""
    from api.http.search_processes import LARGE
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
    """Raise `port-unavailable` if a port is taken, before anything is opened."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], address[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address[4][0], port, *address[4][2:]))  # found[4] may hold another port
    except (OSError, OverflowError) as error:
        raise PhaenError("port-unavailable", host=host, port=port, reason=str(error)) from error


def _url_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
