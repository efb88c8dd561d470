"""`phaen restore`: a knowledge base from its backup."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say, write_json
from api.text.messages import message


@subcommand("restore")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@option("--force", is_flag=True)
def command(call: Call, file: Path, force: bool) -> None:
    """Restore the knowledge base; an existing one needs `--force`."""
    from kb.store.backup import restore

    restore(file, call.kb, replace=force)
    with call.open() as kb:
        documents = kb.counts()["documents"]
    if call.json:
        write_json({"kb": str(call.kb), "documents": documents})
    else:
        say(message("restore-done", file=call.kb, documents=documents))
