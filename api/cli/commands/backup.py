"""`phaen backup`: the whole knowledge base as one file."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say, write_json
from api.text.messages import message


@subcommand("backup")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@option("--force", is_flag=True)
def command(call: Call, file: Path, force: bool) -> None:
    """Copy the knowledge base, also while it is in use; an existing file needs `--force`."""
    from kb.store.backup import back_up

    with call.open() as kb:
        size, documents = back_up(kb.store, file, replace=force), kb.counts()["documents"]
    if call.json:
        write_json({"file": str(file), "bytes": size, "documents": documents})
    else:
        say(message("backup-done", file=file, documents=documents))
