"""`phaen log`: who changed what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say, write, write_json
from api.text.columns import table
from api.text.messages import message, printable

if TYPE_CHECKING:
    from kb.store.changes import Change

_COLUMNS = ("at", "actor", "action", "subject", "before", "after")
_LIMITS = (0, 30, 0, 20, 50, 50)
_LAST = 50


@subcommand("log")
@option("--of", metavar="ID")
@option("--by", metavar="TEXT")
@option("--last", type=click.IntRange(min=1), default=_LAST, show_default=True)
def command(call: Call, of: str | None, by: str | None, last: int) -> None:
    """Show changes, the newest first."""
    with call.open() as kb:
        if of is not None:
            changes = [row for row in kb.log.history(of) if by in (None, row.actor)][:last]
        else:
            changes = list(kb.log.rows(actor=by, limit=last))
    if call.json:
        for change in changes:
            write_json(change.to_dict())
    elif changes:
        rows = [_row(change) for change in changes]
        write(table([message(f"column-{name}") for name in _COLUMNS], rows, _LIMITS))
    else:
        say(message("log-none"))


def _row(change: Change) -> list[str]:
    from api.text.people import action_name, actor_name, state_words

    return [
        change.at,
        printable(actor_name(change.actor)),
        action_name(change),
        printable(change.subject),
        printable(state_words(change.before)),
        printable(state_words(change.after)),
    ]
