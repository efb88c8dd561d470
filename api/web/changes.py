"""The pages `/log` and `/bin`: what was changed by whom, and what was deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.http.state import Kb
from api.text.language import Language
from api.text.messages import message
from api.text.people import action_name, actor_name, state_words, subject_name
from api.text.times import shown_time
from api.web.rendering import error_page, language_of, page
from ingest.errors import PhaenError
from kb.store.changes import Change

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Query(max_length=200)]
_ROWS = 50
_KINDS = ("document.", "record.", "pair.", "user.", "session.", "token.", "bin.")


@router.get("/log")
def log(
    request: Request,
    kb: Kb,
    actor: Word = "",
    kind: Word = "",
    subject: Word = "",
    before: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """Show changes, the newest first, fifty a page."""
    language = language_of(request)
    rows = list(
        kb.log.rows(
            actor=actor or None,
            action=kind or None,
            subject=subject or None,
            before=before,
            limit=_ROWS + 1,
        )
    )
    older = ""
    if len(rows) > _ROWS:
        chosen = {"actor": actor, "kind": kind, "subject": subject, "lang": language}
        given = {name: value for name, value in chosen.items() if value}
        older = f"/log?{urlencode({**given, 'before': rows[_ROWS - 1].key})}"
    answer = page(
        request,
        "log",
        message("log-title", language),
        changes=change_rows(rows[:_ROWS], language),
        actors=[(name, actor_name(name, language)) for name in kb.log.actors()],
        kinds=[(name, message(f"log-kind-{name[:-1]}", language)) for name in _KINDS],
        chosen={"actor": actor, "kind": kind, "subject": subject},
        older=older,
    )
    answer.headers["cache-control"] = "no-store"
    return answer


@router.get("/bin")
def bin_page(request: Request, kb: Kb) -> Response:
    """Show what was deleted, with what brings it back."""
    language = language_of(request)
    rows = [
        {
            "id": item.document,
            "title": item.title,
            "organisation": item.organisation or message("organisation-unknown", language),
            "records": f"{item.records:,}",
            "at": shown_time(item.deleted_at, language),
            "by": actor_name(item.deleted_by, language),
        }
        for item in kb.bin.documents()
    ]
    return page(request, "bin", message("bin-title", language), rows=rows)


@router.post("/bin/{document}/restore")
def restore(request: Request, kb: Kb, document: str) -> Response:
    """Put a deleted document back and show it."""
    try:
        restored = kb.bin.restore(document)
    except PhaenError as error:
        return error_page(request, error)
    return _to(request, f"/documents/{restored.id}")


@router.post("/bin/empty")
def empty(request: Request, kb: Kb, sure: Annotated[str, Form(max_length=10)] = "") -> Response:
    """Delete for good what lies in the bin, where that is ticked."""
    try:
        if sure:
            kb.bin.empty()
    except PhaenError as error:
        return error_page(request, error)
    return _to(request, "/bin")


@router.post("/documents/{document}/delete")
def delete(request: Request, kb: Kb, document: str) -> Response:
    """Move a document to the bin."""
    try:
        kb.remove(kb.document(document).id)
    except PhaenError as error:
        return error_page(request, error)
    return _to(request, "/")


def change_rows(changes: Sequence[Change], language: Language) -> list[dict[str, object]]:
    """Return changes as rows in words: of the log, or of a document's or record's history."""
    return [
        {
            "at": shown_time(change.at, language),
            "actor": actor_name(change.actor, language),
            "action": action_name(change, language),
            "subject": subject_name(change),
            "address": _address(change),
            "before": state_words(change.before, language),
            "after": state_words(change.after, language),
        }
        for change in changes
    ]


def _address(change: Change) -> str:
    kind = change.action.partition(".")[0]
    places = {"document": "/documents/", "record": "/records/", "user": "/people/"}
    return f"{places[kind]}{change.subject}" if kind in places else ""


def _to(request: Request, path: str) -> Response:
    root, language = request.scope.get("root_path", ""), language_of(request)
    return RedirectResponse(f"{root}{path}?lang={language}", 303)
