"""`phaen show`: one plan as a tree."""

from __future__ import annotations

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import write, write_json
from api.text.plan import outline, pages, with_text


@subcommand("show")
@click.argument("document", metavar="ID")
@option("--text", is_flag=True)
def command(call: Call, document: str, text: bool) -> None:
    """Print the plan as a tree, or its clean text page by page."""
    with call.open() as kb:
        stored = kb.document(document)
        whole = kb.whole(stored.id)
    record = whole.to_dict() | {"added_at": stored.added_at}
    if call.json:
        write_json(with_text(record, whole) if text else record)
    else:
        write("\n".join(pages(whole) if text else outline(record)))
