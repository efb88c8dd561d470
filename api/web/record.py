"""The page `/records/{id}`: a record beside the text of its page, and its review form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from api.http.reviews import MOST_PAGES
from api.http.state import Kb
from api.text.heading import title, years
from api.text.labels import REVIEWS, STATEMENTS, label
from api.text.language import Language
from api.text.messages import message
from api.text.money import money, warnings
from api.web.document import sheet_of
from api.web.rendering import error_page, kind_choices, language_of, mark_words, page
from ingest.errors import PhaenError, UsageError
from ingest.records import Statement
from kb import KnowledgeBase
from kb.store.records import Stored

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=10_000)]
Short = Annotated[str, Form(max_length=2_000)]
Line = Annotated[str, Form(max_length=200)]
_SIMILAR = 5


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
    body, document = stored.organisation, kb.document(stored.document)
    period = years(stored.period.to_list(), language) if stored.period else ""
    owner = body.name if body else message("organisation-unknown", language)
    plan, on_page = title(document.to_dict()), message("page", language, page=stored.page)
    root = request.scope.get("root_path", "")
    address = f"{request.url.scheme}://{request.url.netloc}{root}/records/{stored.id}"
    plain = stored.to_dict()
    node = {"text": stored.text, "id": stored.id}
    kind = label(STATEMENTS, stored.kind, language)
    return page(
        request,
        "record",
        kind,
        record=stored,
        label=kind,
        place=[
            (owner, f"{root}/bodies/{quote(body.name, safe='')}?lang={language}" if body else ""),
            (plan, f"{root}/documents/{stored.document}?lang={language}"),
            (on_page, ""),
        ],
        facts=" · ".join(filter(None, (owner, period, on_page, plan))),
        money=money(plain["budget"], language) if plain.get("budget") else "",
        warnings=warnings(plain, language),
        review=label(REVIEWS, stored.review, language) if stored.review else "",
        kinds=kind_choices(language) if isinstance(stored.record, Statement) else [],
        sheet=sheet_of(request, document, stored.page, [node]),
        around=_page_text(kb, stored),
        chain=_chain(kb, stored, language),
        history=_history(kb, stored, language),
        similar=_similar(kb, stored, language),
        citation=" ".join(filter(None, (f"{owner}.", f"{plan}.", on_page, f"“{stored.text}”"))),
        address=address,
    )


def _chain(kb: KnowledgeBase, stored: Stored, language: Language) -> list[dict[str, str]]:
    """Return what stands above a record in its plan, from the top down to itself."""
    statements = {one.id: one for one in kb.whole(stored.document).statements}
    chain = [{"id": stored.id, "kind": stored.kind, "text": stored.text}]
    above = stored.record.parent
    while above in statements and above not in {node["id"] for node in chain}:
        one = statements[above]
        chain.insert(0, {"id": one.id, "kind": one.kind, "text": one.text})
        above = one.parent
    if len(chain) == 1:
        return []
    return [{**node, "label": label(STATEMENTS, node["kind"], language)} for node in chain]


def _history(kb: KnowledgeBase, stored: Stored, language: Language) -> list[dict[str, str]]:
    return [
        {
            "verdict": label(REVIEWS, one.verdict, language),
            "facts": " · ".join(filter(None, (one.reviewer, one.note, one.made_at[:10]))),
        }
        for one in kb.reviews.all(stored.document)
        if one.target == stored.id
    ]


def _similar(kb: KnowledgeBase, stored: Stored, language: Language) -> list[dict[str, str]]:
    """Return a few records in the same words; by meaning they are one press away."""
    try:
        hits = kb.like(stored.id, mode="words", limit=_SIMILAR).hits
    except PhaenError:
        return []
    return [
        {
            "id": hit.record.id,
            "text": hit.record.text,
            "facts": " · ".join(
                filter(
                    None,
                    (
                        hit.record.organisation.name if hit.record.organisation else "",
                        message("relevance", language, percent=int(hit.relevance * 100)),
                    ),
                )
            ),
        }
        for hit in hits
    ]


def _page_text(kb: KnowledgeBase, stored: Stored) -> Markup:
    """Return the text of the page with the statement marked in it."""
    text = next((page.text for page in kb.pages(stored.document) if page.number == stored.page), "")
    record = stored.record
    spans = [(record.start, record.end)] if isinstance(record, Statement) else []
    return mark_words(text, spans)
