"""`phaen search`: what plans say about something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from api.command import Call, option, subcommand
from api.filtering import filter_options, filters_from
from api.heading import note_text, years
from api.labels import MODES, STATEMENTS, label
from api.messages import message, printable
from api.output import highlight, say, write, write_json
from api.why import reasons
from ingest.errors import UsageError

if TYPE_CHECKING:
    from kb.hit import Mode


@subcommand("search")
@click.argument("text", nargs=-1, required=True, metavar="TEXT…")
@option("--mode", type=click.Choice(list(MODES)), default="smart", show_default=True)
@option("-k", "--limit", "limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@filter_options(
    "kinds", "organisation", "organisation_kinds", "province", "district", "plan_kinds", "year",
    "document", "min_confidence", "reviewed",
)  # fmt: skip
def command(call: Call, text: tuple[str, ...], mode: Mode, limit: int, **asked: Any) -> None:
    """Search by words and meaning; nothing is shown where nothing truly answers."""
    query = " ".join(text)
    if not query.strip():
        raise UsageError("query-empty")
    with call.open() as kb:
        found = kb.search(query, mode=mode, filters=filters_from(asked), limit=limit).to_dict()
    if call.json:
        write_json(found)
        return
    for place, hit in enumerate(found["hits"], start=1):
        write(_shown(place, hit) + "\n")
    if not found["hits"]:
        say(message("search-none"))
    for note in found["notes"]:
        say(note_text(note))
    if found["suggestion"]:
        say(message("search-suggestion", text=found["suggestion"]))


def _shown(place: int, hit: Mapping[str, Any]) -> str:
    body = hit["organisation"]
    facts = [
        body["name"] if body else message("organisation-unknown"),
        years(hit["period"]),
        message("page", page=hit["page"]),
        printable(hit["file"]),
        hit["document"],
    ]
    kind = click.style(label(STATEMENTS, hit["kind"]), fg="green")
    return "\n".join(
        [
            f"{place}. {kind}  {highlight(hit['text'], hit['highlight'])}",
            f"   {' · '.join(fact for fact in facts if fact)}",
            f"   {click.style(reasons(hit), dim=True)}",
        ]
    )
