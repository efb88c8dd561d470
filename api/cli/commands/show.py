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
        kept = kb.store.document(document)
        found = kb.store.whole(kept.id)
    whole = found.to_dict() | {"added_at": kept.added_at}
    if call.json:
        write_json(with_text(whole, found) if text else whole)
    else:
        write("\n".join(pages(found) if text else outline(whole)))
