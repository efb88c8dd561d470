"""The page `/documents`: everything that is kept, found by words, sorted, page by page."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.http.state import Kb
from api.text.heading import span, title
from api.text.labels import PLANS, label
from api.text.language import Language
from api.text.messages import message
from api.text.times import shown_time
from api.web.pager import pages_of
from api.web.rendering import language_of, page
from ingest.records import PLAN_KINDS
from kb import StoredDocument
from kb.store.catalogue import ORDERS, Catalogue, Order

router = APIRouter(include_in_schema=False)
_ROWS = 50
_WELL_READ = 0.9
Words = Annotated[str, Query(max_length=500)]


@router.get("/documents", response_class=HTMLResponse)
def documents(
    request: Request,
    kb: Kb,
    q: Words = "",
    plan: Words = "",
    sort: Order = "latest",
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> HTMLResponse:
    """List the documents whose title, file or body has the words asked for."""
    language, catalogue = language_of(request), Catalogue(kb.store)
    plan = plan if plan in PLAN_KINDS else ""
    found = catalogue.count(q, plan)
    number = min(number, max(1, -(-found // _ROWS)))
    rows = catalogue.find(q, plan, order=sort, limit=_ROWS, offset=(number - 1) * _ROWS)

    def address(at: int) -> str:
        chosen = {"q": q, "plan": plan, "sort": sort, "page": at, "lang": language}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})

    return page(
        request,
        "documents",
        message("web-all-documents", language),
        documents=[_row(stored, language) for stored in rows],
        asked={"q": q, "plan": plan, "sort": sort},
        plans=[(kind, label(PLANS, kind, language)) for kind in PLAN_KINDS],
        orders=[(order, message(f"documents-by-{order}", language)) for order in ORDERS],
        **pages_of(number, found, _ROWS, address),
    )


def _row(stored: StoredDocument, language: Language) -> dict[str, Any]:
    return document_row(stored, language) | {
        "plan": label(PLANS, stored.plan_kind, language),
        "records": f"{stored.statements + stored.projects:,}",
        "added": shown_time(stored.added_at, language),
    }


def document_row(stored: StoredDocument, language: Language) -> dict[str, Any]:
    """Return a document as lists show it: title, body, years, pages, how well it was read."""
    body = stored.organisation
    look, code = "good", "page-well-read"
    if stored.unread_pages:
        look, code = "bad", "pages-not-read"
    elif stored.quality is None:
        code = "page-without-thai"
    elif stored.quality < _WELL_READ:
        look, code = "warn", "page-to-check"
    return {
        "id": stored.id,
        "title": title(stored.to_dict()),
        "organisation": body.name if body else message("organisation-unknown", language),
        "years": span(stored.period.to_list()) if stored.period else "",
        "pages": f"{stored.pages:,}",
        "look": look,
        "read": message(
            code, language, percent=round((stored.quality or 0) * 100), count=stored.unread_pages
        ),
    }
