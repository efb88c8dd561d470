"""`phaen review`: people's reviews of records, which override what was read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say, write, write_json
from api.text.columns import table
from api.text.labels import REVIEWS, STATEMENTS, label
from api.text.messages import message, printable
from ingest.errors import PhaenError, UsageError
from ingest.records import STATEMENT_KINDS

if TYPE_CHECKING:
    from kb import KnowledgeBase
    from kb.store.review import Review

_COLUMNS = ("id", "verdict", "kind", "text", "note", "reviewer")
_LIMITS = (16, 0, 0, 60, 30, 20)
_VERDICTS = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}


@subcommand("review")
@click.argument("record", required=False, metavar="[ID]")
@option("--accept", "action", flag_value="accept")
@option("--reject", "action", flag_value="reject")
@option("--correct", "action", flag_value="correct")
@option("--add", "action", flag_value="add")
@option("--kind", type=click.Choice(STATEMENT_KINDS), help_key="--kind-is")
@option("--text", help_key="--text-is")
@option("--page", type=click.IntRange(min=1), default=1)
@option("--note")
@option("--reviewer")
@option(
    "--gold",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help_key="--reviewed-gold",
)
def command(call: Call, record: str | None, **options: Any) -> None:
    """Accept, correct, reject or add a record; without an ID, list the reviews."""
    with call.open() as kb:
        if options["gold"] is not None:
            _export_gold(call, kb, options["gold"])
        elif record is None:
            _list_reviews(call, kb)
        elif options["action"] == "accept" and _is_document(kb, record):
            _accept_all(call, kb, record, options)
        else:
            _review_record(call, kb, record, options)


def _review_record(call: Call, kb: KnowledgeBase, record: str, options: Mapping[str, Any]) -> None:
    action = options["action"] or ("correct" if options["text"] or options["kind"] else None)
    remarks = {"note": options["note"], "reviewer": options["reviewer"]}
    if action is None:
        raise UsageError("verdict-missing", id=record)
    if action == "add":
        if not options["kind"] or not options["text"]:
            raise UsageError("addition-incomplete")
        reviewed = kb.reviews.add(
            record, options["kind"], options["text"], page=options["page"], **remarks
        )
    else:
        changes = {"kind": options["kind"], "text": options["text"]} if action == "correct" else {}
        reviewed = kb.reviews.review(record, _VERDICTS[action], **changes, **remarks)  # type: ignore[arg-type]
    result = reviewed.to_dict()
    if call.json:
        write_json(result)
    else:
        kind = label(STATEMENTS, result["kind"])
        text = printable(result.get("text") or result["title"])
        write(f"{label(REVIEWS, result['review'])} · {kind} · {text}")


def _accept_all(call: Call, kb: KnowledgeBase, document: str, options: Mapping[str, Any]) -> None:
    count = kb.reviews.accept_all(document, note=options["note"], reviewer=options["reviewer"])
    if call.json:
        write_json({"document": kb.document(document).id, "accepted": count})
    else:
        write(message("reviews-accepted", count=count))


def _is_document(kb: KnowledgeBase, identity: str) -> bool:
    """Return whether an id names a document and no record."""
    try:
        kb.record(identity)
    except PhaenError as error:
        return error.code == "record-unknown"
    return False


def _list_reviews(call: Call, kb: KnowledgeBase) -> None:
    reviews = list(kb.reviews.all())
    if call.json:
        for review in reviews:
            write_json(review.to_dict())
    elif reviews:
        write(
            table(
                [message(f"column-{name}") for name in _COLUMNS],
                [_row(kb, review) for review in reviews],
                _LIMITS,
            )
        )
    else:
        say(message("reviews-none"))


def _row(kb: KnowledgeBase, review: Review) -> list[str]:
    try:
        record = kb.record(review.target).to_dict()
    except PhaenError:
        record = {"kind": review.changes.get("kind", ""), "text": review.changes.get("text", "")}
    return [
        review.target,
        label(REVIEWS, review.verdict),
        label(STATEMENTS, record["kind"]) if record["kind"] else "",
        printable(record.get("text") or record.get("title") or ""),
        printable(review.note or ""),
        printable(review.reviewer or ""),
    ]


def _export_gold(call: Call, kb: KnowledgeBase, folder: Path) -> None:
    from kb.evaluation.gold import write_reviewed_gold

    try:
        count = write_reviewed_gold(kb, folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PhaenError("report-not-written", file=str(folder), reason=reason) from error
    if call.json:
        write_json({"folder": str(folder), "documents": count})
    else:
        write(message("gold-written", count=count, folder=folder))
