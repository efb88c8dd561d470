"""`phaen search`: what plans say about something."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import click

from api.command import Call, option, subcommand
from api.filtering import filter_options, filters_from
from api.heading import years
from api.labels import MODES, STATEMENTS, label
from api.messages import message, printable
from api.output import highlight, say, write, write_json
from api.why import reasons


@subcommand("search")
@click.argument("text", nargs=-1, required=True, metavar="TEXT…")
@option("--mode", type=click.Choice(list(MODES)), default="smart", show_default=True)
@option("-k", "--limit", "limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@filter_options(
    "kinds", "organisation", "organisation_kinds", "province", "district", "plan_kinds", "year",
    "document", "min_confidence", "reviewed",
)  # fmt: skip
def command(call: Call, text: tuple[str, ...], mode: str, limit: int, **asked: Any) -> None:
    """Search by words and meaning; nothing is shown where nothing truly answers."""
    query = " ".join(text)
    with call.open() as kb:
        began = time.perf_counter()
        found = kb.search(query, mode=mode, filters=filters_from(asked), limit=limit).to_dict()
    took = {"took_ms": round((time.perf_counter() - began) * 1000, 1)}
    if call.json:
        write_json(found | took)
        return
    for place, hit in enumerate(found["hits"], start=1):
        write(_shown(place, hit) + "\n")
    if not found["hits"]:
        say(message("search-none"))


def _shown(place: int, hit: Mapping[str, Any]) -> str:
    text = hit.get("text") or hit.get("title") or ""
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
            f"{place}. {kind}  {highlight(' '.join(text.split(' ')), hit['highlight'])}",
            f"   {' · '.join(fact for fact in facts if fact)}",
            f"   {click.style(reasons(hit), dim=True)}",
        ]
    )
