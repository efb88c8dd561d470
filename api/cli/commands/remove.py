"""`phaen remove`: remove documents."""

from __future__ import annotations

import click

from api.cli.command import DONE, FAILURES, Call, subcommand
from api.cli.output import say, write, write_json
from api.text.heading import title
from api.text.messages import error_json, explain, message
from ingest.errors import PhaenError


@subcommand("remove")
@click.argument("documents", nargs=-1, required=True, metavar="ID…")
def command(call: Call, documents: tuple[str, ...]) -> int:
    """Remove documents with their statements and projects; unknown ids are reported."""
    failed = 0
    with call.open() as kb:
        for document in documents:
            try:
                removed = kb.remove(document)
            except PhaenError as error:
                failed += 1
                say(explain(error))
                if call.json:
                    write_json({"id": document, "status": "failed", "error": error_json(error)})
                continue
            if call.json:
                write_json({"id": removed.id, "file": removed.file, "status": "removed"})
            else:
                write(message("removed", id=removed.id, title=title(removed.to_dict())))
    return FAILURES if failed else DONE
