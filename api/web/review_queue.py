"""The page of a review set's queue: rows left, the proposal, its evidence, the decision."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.http.access import person_name
from api.http.privacy import worded
from api.http.problems import status_of
from api.text.labels import ALIGNMENT_DECISIONS, DUPLICATE_DECISIONS, RELATIONS, VERDICTS, label
from api.text.language import Language
from api.text.messages import message
from api.web.rendering import language_of, page
from api.web.review_evidence import alignment_of, amount, duplicates_of, line_of, proposal_fields
from ingest.errors import PhaenError
from kb.review_sets.decisions import Decisions
from kb.review_sets.records import Decision, ReviewRow, RowFilter
from kb.review_sets.sets import ReviewSets

_FILTERS = ("state", "verdict", "relation", "strategy", "assigned")
_BEFORE, _SHOWN = 2, 9
_NOBODY = "-"
_ALIGNMENT_KEYS = {"agrees": "1", "touches": "2", "does_not": "3", "cannot_tell": "0"}
_DUPLICATE_KEYS = {"not_duplicate": "4", "continuation": "5", "duplicate": "6"}


def form_of(request: Request) -> dict[str, str]:
    """Return the filter as the query says it, for links and redirections."""
    query = request.query_params
    return {name: query[name] for name in _FILTERS if query.get(name)}


def filters_of(request: Request) -> RowFilter:
    """Return the filter that the query says; `-` means assigned to nobody."""
    stated: dict[str, Any] = form_of(request)
    if stated.get("state") not in ("pending", "done"):
        stated.pop("state", None)
    if stated.get("assigned") == _NOBODY:
        stated["assigned"] = ""
    return RowFilter(**stated)


def queue_page(
    request: Request,
    sets: ReviewSets,
    review_set: str,
    number: int,
    *,
    typed: Decision | None = None,
    error: PhaenError | None = None,
) -> HTMLResponse:
    """Show one row; `typed` is what could not be saved, `error` why.

    Raises UsageError: `review-set-unknown`, `review-row-unknown`.
    """
    language, filters = language_of(request), filters_of(request)
    stated, row = sets.get(review_set), sets.row(review_set, number)
    before, after = sets.neighbours(review_set, number, filters)
    conflict = error is not None and error.code == "review-row-changed"
    title = message("web-review-count", language, count=f"{stated.total:,}")
    query = urlencode({"lang": language, **form_of(request)})
    return page(
        request,
        "review_row",
        title,
        status=status_of(error) if error else 200,
        set=stated,
        heading=title,
        row=row,
        where=row.row or row.number,
        query=query,
        money=amount(row.proposal["money"], language),
        fields=proposal_fields(row, language),
        lines=[line_of(one, language) for one in _window(sets, review_set, row, filters)],
        count=sets.count(review_set, filters),
        before=before,
        after=after,
        alignment=alignment_of(row, language),
        duplicates=duplicates_of(row, language),
        wanted=typed or row.decision,
        conflict=_conflict(row, language) if conflict else None,
        problem=worded(error, language) if error and not conflict else None,
        notice=_notice(request, language),
        choices=_choices(language),
        filter=_filter_choices(request, sets, review_set, language),
        history=_history(sets, review_set, number, language),
        me=person_name(request),
        percent=round(100 * stated.decided / stated.total) if stated.total else 0,
    )


def _window(
    sets: ReviewSets, review_set: str, row: ReviewRow, filters: RowFilter
) -> list[ReviewRow]:
    """Return the rows around one in its queue, itself among them whatever the filter says."""
    start = row.number
    for _ in range(_BEFORE):
        earlier, _ = sets.neighbours(review_set, start, filters)
        if earlier is None:
            break
        start = earlier
    shown = sets.rows(review_set, filters, after=start - 1, limit=_SHOWN)
    if all(one.number != row.number for one in shown):
        shown = sorted([*shown[: _SHOWN - 1], row], key=lambda one: one.number)
    return shown


def _choices(language: Language) -> dict[str, list[tuple[str, str, str]]]:
    return {
        "alignment": [
            (key, label(ALIGNMENT_DECISIONS, key, language), _ALIGNMENT_KEYS[key])
            for key in ALIGNMENT_DECISIONS
        ],
        "duplicate": [
            (key, label(DUPLICATE_DECISIONS, key, language), _DUPLICATE_KEYS[key])
            for key in DUPLICATE_DECISIONS
        ],
    }


def _filter_choices(
    request: Request, sets: ReviewSets, review_set: str, language: Language
) -> list[dict[str, Any]]:
    """Return the filter's selects: name, label, choices with counts, the chosen one."""
    chosen = form_of(request)
    done = sets.count(review_set, RowFilter(state="done"))
    waiting = sets.count(review_set, RowFilter(state="pending"))
    states = [
        ("pending", f"{message('web-review-pending', language)} {waiting:,}"),
        ("done", f"{message('web-review-done', language)} {done:,}"),
    ]
    verdicts = [
        (key, f"{label(VERDICTS, key, language)} {count:,}")
        for key, count in sets.counts(review_set, "verdict").items()
        if key
    ]
    relations = [
        (key, f"{_relation_name(key, language)} {count:,}")
        for key, count in sets.counts(review_set, "relation").items()
        if key
    ]
    people = [
        (key or _NOBODY, f"{key or message('web-review-nobody', language)} {count:,}")
        for key, count in sets.counts(review_set, "assigned").items()
    ]
    named = (
        ("state", "web-review-decide", states),
        ("verdict", "web-review-alignment", verdicts),
        ("relation", "web-review-duplicate", relations),
        ("assigned", "web-review-assigned", people),
    )
    return [
        {
            "name": name,
            "label": message(code, language),
            "choices": choices,
            "chosen": chosen.get(name, ""),
        }
        for name, code, choices in named
    ]


def _relation_name(key: str, language: Language) -> str:
    if key == "none":
        return message("web-review-like-none", language)
    return label(RELATIONS, key, language)


def _conflict(row: ReviewRow, language: Language) -> dict[str, str]:
    who = row.decided_by or message("web-review-someone", language)
    return {
        "text": message("web-review-conflict", language, who=who, when=_time(row.decided_at or "")),
        "theirs": _decision_text(row.decision.to_dict(), language),
    }


def _history(
    sets: ReviewSets, review_set: str, number: int, language: Language
) -> list[dict[str, str]]:
    return [
        {
            "who": change["made_by"] or message("web-review-someone", language),
            "when": _time(change["made_at"]),
            "text": _decision_text(change["after"], language),
            "undone": message("web-review-undone", language) if change["action"] == "undo" else "",
        }
        for change in Decisions(sets).history(review_set, number)
    ]


def _decision_text(decision: dict[str, Any], language: Language) -> str:
    alignment, duplicate = decision["alignment"], decision["duplicate"]
    parts = [
        label(ALIGNMENT_DECISIONS, alignment, language) if alignment else "",
        label(DUPLICATE_DECISIONS, duplicate, language) if duplicate else "",
        decision["note"],
    ]
    said = " · ".join(part for part in parts if part)
    return said or message("web-review-pending", language)


def _time(stamp: str) -> str:
    return stamp[:16].replace("T", " ")


def _notice(request: Request, language: Language) -> list[str]:
    query = request.query_params
    notices = []
    if query.get("saved", "").isdecimal():
        notices.append(message("web-review-saved", language, row=query["saved"]))
    if query.get("written", "").isdecimal():
        notices.append(message("web-review-bulk-done", language, count=query["written"]))
    if query.get("changed", "0").isdecimal() and query.get("changed", "0") != "0":
        notices.append(message("web-review-bulk-changed", language, count=query["changed"]))
    return notices
