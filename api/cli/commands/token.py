"""`phaen token`: keys for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say, write, write_json
from api.text.columns import table
from api.text.messages import message, printable
from ingest.errors import UsageError

if TYPE_CHECKING:
    from kb.people.tokens import Token

_COLUMNS = ("id", "name", "user", "role", "expires", "used", "state")
_LIMITS = (16, 30, 20, 0, 0, 0, 0)
_DAYS = 90


@subcommand("token")
@click.argument("action", type=click.Choice(("create", "list", "revoke")), metavar="ACTION")
@click.argument("subject", required=False, metavar="[USER|ID]")
@option("--name", metavar="TEXT")
@option("--role", metavar="ROLE")
@option("--days", type=int, default=_DAYS, show_default=True)
def command(call: Call, action: str, subject: str | None, **options: Any) -> None:
    """Create a key of a user and show it once, list keys, or revoke one by its id."""
    from kb.people.people import People
    from kb.people.tokens import Tokens

    with call.open() as kb:
        tokens = Tokens(People(kb.store))
        if action == "list":
            _list(call, list(tokens.all(subject)))
            return
        if subject is None:
            raise UsageError("argument-missing", name="USER" if action == "create" else "ID")
        if action == "create":
            role = options["role"] or "reader"
            made = tokens.create(subject, options["name"] or "", role=role, days=options["days"])
            _made(call, *made)
        else:
            _ended(call, tokens.revoke(subject))


def _made(call: Call, token: Token, secret: str) -> None:
    if call.json:
        write_json({**token.to_dict(), "secret": secret})
        return
    say(message("token-made", name=token.name, id=token.id, until=token.expires_at[:10]))
    write(secret)


def _ended(call: Call, token: Token) -> None:
    if call.json:
        write_json(token.to_dict())
    else:
        write(message("token-ended", name=token.name, id=token.id))


def _list(call: Call, tokens: list[Token]) -> None:
    if call.json:
        for token in tokens:
            write_json(token.to_dict())
    elif not tokens:
        say(message("token-none"))
    else:
        rows = [_row(token) for token in tokens]
        write(table([message(f"column-{name}") for name in _COLUMNS], rows, _LIMITS))


def _row(token: Token) -> list[str]:
    from api.text.people import role_name, token_state

    return [
        token.id,
        printable(token.name),
        token.user,
        role_name(token.role),
        token.expires_at[:10],
        token.used_at or message("never"),
        message(token_state(token)),
    ]
