"""`phaen search`: what plans say about something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import Call, option, subcommand
from api.cli.filter_options import filter_options, filters_from
from api.cli.output import say, write, write_json
from api.text.heading import note_text, years
from api.text.hits import explain_hit, mark_spans, understood_as
from api.text.labels import FACETS, MODES, ORGANISATIONS, PLANS, STATEMENTS, label
from api.text.messages import message, printable
from ingest.errors import UsageError

if TYPE_CHECKING:
    from kb import Mode, Sort

SORTS = ("relevance", "newest", "oldest", "organisation")
_NAMES = {"kind": STATEMENTS, "organisation_kind": ORGANISATIONS, "plan_kind": PLANS}

_MAX_FACET_VALUES = 8
"""So many values of a facet are shown."""


@subcommand("search")
@click.argument("text", nargs=-1, metavar="TEXT…")
@option("--like", metavar="ID")
@option("--mode", type=click.Choice(list(MODES)), default="smart", show_default=True)
@option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@option("--by-document", is_flag=True)
@option("--facets", is_flag=True)
@option("--literal", is_flag=True)
@option("-k", "--limit", "limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@option("--skip", type=click.IntRange(0), default=0)
@filter_options(
    "kinds",
    "organisation",
    "organisation_kinds",
    "province",
    "district",
    "plan_kinds",
    "year",
    "document",
    "min_confidence",
    "reviewed",
)
def command(
    call: Call,
    text: tuple[str, ...],
    like: str | None,
    mode: Mode,
    sort: Sort,
    limit: int,
    skip: int,
    *,
    by_document: bool,
    facets: bool,
    literal: bool,
    **options: Any,
) -> None:
    """Search by words and meaning; no hits are shown if none is relevant."""
    from kb import Arranged

    query, filters = " ".join(text), filters_from(options)
    arranged = Arranged(sort, by_document=by_document, facets=facets, literal=literal)
    if query.strip() and like:
        raise UsageError("search-like-or-text")
    if not query.strip() and not like:
        raise UsageError("query-empty")
    with call.open() as kb:
        search_by, subject = (kb.like, like) if like else (kb.search, query)
        result = search_by(
            subject, mode=mode, filters=filters, limit=limit, offset=skip, arranged=arranged
        ).to_dict()
    if call.json:
        write_json(result)
        return
    _show(result, skip)


def _show(result: Mapping[str, Any], skip: int) -> None:
    for place, hit in enumerate(result["hits"], start=skip + 1):
        write(_hit_text(place, hit) + "\n")
    for name, counts in (result["facets"] or {}).items():
        if counts:
            write(_facet_line(name, counts))
    if not result["hits"]:
        say(message("search-none"))
    elif result["weak"]:
        say(message("search-weak"))
    for note in result["notes"]:
        say(note_text(note))
    understood = understood_as(result["understood"])
    if understood:
        say(understood)
    if result["suggestion"] and not (result["understood"] or {}).get("corrected"):
        say(message("search-suggestion", text=result["suggestion"]))


def _facet_line(name: str, counts: Mapping[str, int]) -> str:
    names = _NAMES.get(name, {})
    shown = [
        f"{label(names, value)} {count:,}"
        for value, count in list(counts.items())[:_MAX_FACET_VALUES]
    ]
    more = " …" if len(counts) > _MAX_FACET_VALUES else ""
    return f"{click.style(label(FACETS, name), dim=True)}: {' · '.join(shown)}{more}"


def _hit_text(place: int, hit: Mapping[str, Any]) -> str:
    body = hit["organisation"]
    facts = [
        body["name"] if body else message("organisation-unknown"),
        years(hit["period"]),
        message("page", page=hit["page"]),
        printable(hit["file"]),
        hit["document"],
    ]
    if hit["more_same"]:
        facts.append(message("more-same", count=hit["more_same"]))
    if hit["more_in_document"]:
        facts.append(message("more-in-document", count=hit["more_in_document"]))
    kind = click.style(label(STATEMENTS, hit["kind"]), fg="green")
    return "\n".join(
        [
            f"{place}. {kind}  {mark_spans(hit['text'], hit['highlight'])}",
            f"   {' · '.join(fact for fact in facts if fact)}",
            f"   {click.style(explain_hit(hit), dim=True)}",
        ]
    )
