"""`phaen show`: one plan as a tree."""

from __future__ import annotations

import click

from api.command import Call, option, subcommand
from api.heading import heading
from api.messages import message, printable
from api.output import write, write_json
from api.tree import draw, tree


@subcommand("show")
@click.argument("document", metavar="ID")
@option("--text", is_flag=True)
def command(call: Call, document: str, text: bool) -> None:
    """Print the plan as a tree, or its clean text page by page."""
    with call.open() as kb:
        kept = kb.store.document(document)
        found = kb.store.whole(kept.id)
    plan = found.to_dict() | {"added_at": kept.added_at}
    if call.json:
        pages = [{**page.to_dict(), "text": page.text} for page in found.pages]
        write_json(plan | {"text": pages} if text else plan)
        return
    lines = list(heading(plan))
    if text:
        for page in found.pages:
            lines.append(f"\n═══ {message('page-heading', page=page.number)} ═══")
            lines.append(
                page.text
                if not page.unread
                else message("page-unread", reason=printable(page.unread))
            )
    else:
        roots = tree(plan["statements"], plan["projects"])
        lines += draw(roots) if roots else [message("nothing-stated")]
    write("\n".join(lines))
