"""`phaen bin`: what was deleted, and how it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say, write, write_json
from api.text.columns import table
from api.text.heading import title
from api.text.messages import message, printable
from ingest.errors import UsageError

if TYPE_CHECKING:
    from kb import KnowledgeBase

_COLUMNS = ("id", "title", "organisation", "records", "deleted", "deleted-by")
_LIMITS = (16, 50, 40, 0, 0, 30)


@subcommand("bin")
@click.argument("action", type=click.Choice(("list", "restore", "empty")), metavar="ACTION")
@click.argument("documents", nargs=-1, metavar="[ID…]")
@option("--yes", is_flag=True)
def command(call: Call, action: str, documents: tuple[str, ...], yes: bool) -> None:
    """List what was deleted, restore documents, or delete all of it for good."""
    with call.open() as kb:
        if action == "list":
            _list(call, kb)
        elif action == "restore":
            _restore(call, kb, documents)
        else:
            _empty(call, kb, yes)


def _list(call: Call, kb: KnowledgeBase) -> None:
    from api.text.people import actor_name

    items = list(kb.bin.documents())
    if call.json:
        for item in items:
            write_json(item.to_dict())
    elif not items:
        say(message("bin-none"))
    else:
        rows = [
            [
                item.document,
                printable(item.title),
                printable(item.organisation or ""),
                str(item.records),
                item.deleted_at,
                printable(actor_name(item.deleted_by)),
            ]
            for item in items
        ]
        write(table([message(f"column-{name}") for name in _COLUMNS], rows, _LIMITS))


def _restore(call: Call, kb: KnowledgeBase, documents: tuple[str, ...]) -> None:
    if not documents:
        raise UsageError("argument-missing", name="ID")
    for document in documents:
        restored = kb.bin.restore(document)
        if call.json:
            write_json({"id": restored.id, "file": restored.file, "status": "restored"})
        else:
            write(message("bin-restored", id=restored.id, title=title(restored.to_dict())))


def _empty(call: Call, kb: KnowledgeBase, yes: bool) -> None:
    count = len(list(kb.bin.documents()))
    if count and not yes:
        raise UsageError("bin-sure", count=count)
    count = kb.bin.empty()
    if call.json:
        write_json({"deleted": count})
    else:
        write(message("bin-emptied", count=count))
