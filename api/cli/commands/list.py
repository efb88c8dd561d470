"""`phaen list`: the documents of the knowledge base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.command import Call, subcommand
from api.cli.filter_options import filter_options, filters_from
from api.cli.output import say, write, write_json
from api.text.columns import table
from api.text.heading import span, title
from api.text.labels import PLANS, label
from api.text.messages import message

if TYPE_CHECKING:
    from kb.store.records import StoredDocument

_COLUMNS = ("id", "organisation", "title", "plan", "years", "pages", "statements", "projects")
_LIMITS = (16, 34, 44, 32, 9, 0, 0, 0)


@subcommand("list")
@filter_options("organisation", "province", "year")
def command(call: Call, **options: object) -> None:
    """List the documents that match the filters, in the order they were added."""
    with call.open() as kb:
        documents = kb.documents(filters_from(options))
        if call.json:
            for document in documents:
                write_json(document.to_dict())
            return
        rows = [_row(document) for document in documents]
    if not rows:
        say(message("list-empty"))
        return
    write(table([message(f"column-{name}") for name in _COLUMNS], rows, _LIMITS))
    say(message("list-count", count=len(rows)))


def _row(document: StoredDocument) -> list[str]:
    return [
        document.id,
        document.organisation.name if document.organisation else message("organisation-unknown"),
        title(document.to_dict()),
        label(PLANS, document.plan_kind),
        span(document.period.to_list()) if document.period else "",
        str(document.pages),
        str(document.statements),
        str(document.projects),
    ]
