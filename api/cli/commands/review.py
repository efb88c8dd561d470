"""`phaen review`: a person's word on what was read; it wins, and it lasts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say, table, write, write_json
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
def command(call: Call, record: str | None, **asked: Any) -> None:
    """Accept, correct, reject or add a record; without an ID, list what was said."""
    with call.open() as kb:
        if asked["gold"] is not None:
            _export(call, kb, asked["gold"])
        elif record is None:
            _listed(call, kb)
        elif asked["action"] == "accept" and _is_document(kb, record):
            _accept_all(call, kb, record, asked)
        else:
            _say(call, kb, record, asked)


def _say(call: Call, kb: KnowledgeBase, record: str, asked: Mapping[str, Any]) -> None:
    action = asked["action"] or ("correct" if asked["text"] or asked["kind"] else None)
    said = {"note": asked["note"], "reviewer": asked["reviewer"]}
    if action is None:
        raise UsageError("verdict-missing", id=record)
    if action == "add":
        if not asked["kind"] or not asked["text"]:
            raise UsageError("addition-incomplete")
        stands = kb.reviews.add(record, asked["kind"], asked["text"], page=asked["page"], **said)
    else:
        changes = {"kind": asked["kind"], "text": asked["text"]} if action == "correct" else {}
        stands = kb.reviews.review(record, _VERDICTS[action], **changes, **said)  # type: ignore[arg-type]
    told = stands.to_dict()
    if call.json:
        write_json(told)
    else:
        kind = label(STATEMENTS, told["kind"])
        text = printable(told.get("text") or told["title"])
        write(f"{label(REVIEWS, told['review'])} · {kind} · {text}")


def _accept_all(call: Call, kb: KnowledgeBase, document: str, asked: Mapping[str, Any]) -> None:
    count = kb.reviews.accept_all(document, note=asked["note"], reviewer=asked["reviewer"])
    if call.json:
        write_json({"document": kb.document(document).id, "accepted": count})
    else:
        write(message("reviews-accepted", count=count))


def _is_document(kb: KnowledgeBase, identity: str) -> bool:
    """Tell whether an id names a document and no record."""
    try:
        kb.record(identity)
    except PhaenError as error:
        return error.code == "record-unknown"
    return False


def _listed(call: Call, kb: KnowledgeBase) -> None:
    said = list(kb.reviews.all())
    if call.json:
        for review in said:
            write_json(review.to_dict())
    elif said:
        write(
            table(
                [message(f"column-{name}") for name in _COLUMNS],
                [_row(kb, review) for review in said],
                _LIMITS,
            )
        )
    else:
        say(message("reviews-none"))


def _row(kb: KnowledgeBase, review: Review) -> list[str]:
    try:
        told = kb.record(review.target).to_dict()
    except PhaenError:
        told = {"kind": review.changes.get("kind", ""), "text": review.changes.get("text", "")}
    return [
        review.target,
        label(REVIEWS, review.verdict),
        label(STATEMENTS, told["kind"]) if told["kind"] else "",
        printable(told.get("text") or told.get("title") or ""),
        printable(review.note or ""),
        printable(review.reviewer or ""),
    ]


def _export(call: Call, kb: KnowledgeBase, folder: Path) -> None:
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
