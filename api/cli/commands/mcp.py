"""`phaen mcp`: the knowledge base as tools for an assistant on this machine."""

from __future__ import annotations

from api.cli.command import Call, subcommand
from ingest.errors import UsageError


@subcommand("mcp")
def command(call: Call) -> None:
    """Answer an assistant over standard input and output until it closes them."""
    try:
        from api.assistants.server import assistant_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise UsageError("mcp-missing") from error
    with call.open() as kb:
        assistant_server(kb).run("stdio")
