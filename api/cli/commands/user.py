"""`phaen user`: the people of a knowledge base."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say, write, write_json
from api.text.columns import table
from api.text.messages import message, printable
from ingest.errors import UsageError

if TYPE_CHECKING:
    from kb.people.people import People
    from kb.people.person import Person

_ACTIONS = ("add", "list", "role", "scope", "password", "disable")
_COLUMNS = ("name", "display", "role", "scope", "seen", "state")
_LIMITS = (20, 30, 0, 50, 0, 0)


@subcommand("user")
@click.argument("action", type=click.Choice(_ACTIONS), metavar="ACTION")
@click.argument("name", required=False, metavar="[NAME]")
@option("--role", metavar="ROLE")
@option("--display", metavar="TEXT")
@option("--scope", "scope", multiple=True, metavar="ORGANISATION")
@option("--no-password", "no_password", is_flag=True)
@option("--off", "off", is_flag=True)
def command(call: Call, action: str, name: str | None, **options: Any) -> None:
    """Add, list and change people; passwords are typed or come on standard input."""
    from kb.people.people import People

    with call.open(create=action == "add") as kb:
        people = People(kb.store)
        if action == "list":
            _list(call, list(people.all()))
            return
        if name is None:
            raise UsageError("argument-missing", name="NAME")
        if action == "password":
            people.set_password(people.person(name).name, _password(name))
            _done(call, people.person(name), "user-password-set")
        elif action == "add":
            _done(call, _add(people, name, options), "user-added")
        else:
            _done(call, people.change(name, **_changes(action, options)), "user-changed")


def _add(people: People, name: str, options: dict[str, Any]) -> Person:
    from kb.people.person import checked_name

    checked_name(name)
    return people.add(
        name,
        display=options["display"],
        role=options["role"] or ("reader" if people.any() else "admin"),
        scope=options["scope"] or None,
        password=None if options["no_password"] else _password(name),
    )


def _changes(action: str, options: dict[str, Any]) -> dict[str, Any]:
    if action == "role":
        if options["role"] is None:
            raise UsageError("argument-missing", name="--role")
        return {"role": options["role"]}
    if action == "scope":
        return {"scope": options["scope"] or None}
    return {"disabled": not options["off"]}


def _password(name: str) -> str:
    """Ask for a password twice, or read the first line of standard input."""
    if sys.stdin is not None and sys.stdin.isatty():
        asked = message("password-ask", name=name)
        password: str = click.prompt(asked, hide_input=True, err=True)
        again = click.prompt(message("password-ask-again"), hide_input=True, err=True)
        if again != password:
            raise UsageError("password-twice-differs")
        return password
    line = sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
    if not line:
        raise UsageError("password-missing")
    return line


def _done(call: Call, person: Person, code: str) -> None:
    from api.text.people import role_name, scope_name, state_name

    if call.json:
        write_json(person.to_dict())
        return
    words = {
        "role": role_name(person.role),
        "scope": scope_name(person.scope),
        "state": state_name(person),
    }
    write(message(code, name=person.name, **words))


def _list(call: Call, people: list[Person]) -> None:
    if call.json:
        for person in people:
            write_json(person.to_dict())
    elif not people:
        say(message("user-none"))
    else:
        rows = [_row(person) for person in people]
        write(table([message(f"column-{name}") for name in _COLUMNS], rows, _LIMITS))


def _row(person: Person) -> list[str]:
    from api.text.people import role_name, scope_name, state_name

    return [
        person.name,
        printable(person.display),
        role_name(person.role),
        printable(scope_name(person.scope)),
        person.seen_at or message("never"),
        state_name(person),
    ]
