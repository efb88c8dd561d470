"""The page `/records/{id}`: a record beside the text of its page, and its review form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from api.http.reviews import MOST_PAGES
from api.http.state import Kb
from api.text.heading import years
from api.text.labels import REVIEWS, STATEMENTS, label
from api.text.messages import message
from api.web.rendering import error_page, kind_choices, language_of, mark_words, page
from ingest.errors import PhaenError, UsageError
from ingest.records import Statement
from kb import KnowledgeBase
from kb.store.records import Stored

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=10_000)]
Short = Annotated[str, Form(max_length=2_000)]
Line = Annotated[str, Form(max_length=200)]


@router.get("/records/{record}", response_class=HTMLResponse)
def record(request: Request, kb: Kb, record: str) -> HTMLResponse:
    """Show a record in the text of its page, with the review form."""
    try:
        return _record_page(request, kb, kb.record(record))
    except PhaenError as error:
        return error_page(request, error)


@router.post("/records/{record}")
def review(
    request: Request,
    kb: Kb,
    record: str,
    verdict: Line,
    kind: Line = "",
    text: Text = "",
    note: Short = "",
    reviewer: Line = "",
) -> Response:
    """Store a review of a record and redirect to its plan."""

    def save() -> str:
        stored = kb.record(record)
        changes = _corrections(stored, kind, text) if verdict == "corrected" else {}
        kb.reviews.review(
            stored.id,
            verdict,  # type: ignore[arg-type]
            note=note.strip() or None,
            reviewer=reviewer.strip() or None,
            **changes,
        )
        return stored.document

    return _save_and_return(request, save)


@router.post("/documents/{document}/statements")
def add(
    request: Request,
    kb: Kb,
    document: str,
    kind: Line,
    text: Text = "",
    page: Annotated[int, Form(ge=1, le=MOST_PAGES)] = 1,
    note: Short = "",
    reviewer: Line = "",
) -> Response:
    """Store a statement that was missed and redirect to its plan."""

    def save() -> str:
        added = kb.reviews.add(
            document,
            kind,
            text,
            page=page,
            note=note.strip() or None,
            reviewer=reviewer.strip() or None,
        )
        return added.document

    return _save_and_return(request, save)


def _save_and_return(request: Request, save: Callable[[], str]) -> Response:
    try:
        document = save()
    except PhaenError as error:
        return error_page(request, error)
    root, language = request.scope.get("root_path", ""), language_of(request)
    return RedirectResponse(f"{root}/documents/{document}?lang={language}", 303)


def _corrections(stored: Stored, kind: str, text: str) -> dict[str, str]:
    """Return the fields of the form that differ from the record."""
    sent = {"kind": kind, "text": " ".join(text.split())}
    changes = {
        name: value for name, value in sent.items() if value and value != getattr(stored, name)
    }
    if not changes:
        raise UsageError("correction-empty")
    return changes


def _record_page(request: Request, kb: KnowledgeBase, stored: Stored) -> HTMLResponse:
    language = language_of(request)
    body = stored.organisation
    facts = [
        body.name if body else message("organisation-unknown", language),
        years(stored.period.to_list(), language) if stored.period else "",
        message("page", language, page=stored.page),
        stored.file,
    ]
    return page(
        request,
        "record",
        message("web-review", language),
        record=stored,
        label=label(STATEMENTS, stored.kind, language),
        facts=" · ".join(filter(None, facts)),
        review=label(REVIEWS, stored.review, language) if stored.review else "",
        kinds=kind_choices(language) if isinstance(stored.record, Statement) else [],
        around=_page_text(kb, stored),
    )


def _page_text(kb: KnowledgeBase, stored: Stored) -> Markup:
    """Return the text of the page with the statement marked in it."""
    text = next((page.text for page in kb.pages(stored.document) if page.number == stored.page), "")
    record = stored.record
    spans = [(record.start, record.end)] if isinstance(record, Statement) else []
    return mark_words(text, spans)
