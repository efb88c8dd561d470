"""The page `/`: what the knowledge base holds, and its search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.http.privacy import worded
from api.http.problems import status_of
from api.http.search import SearchRequest, answer
from api.http.state import Kb, Limits
from api.text.heading import span, title, years
from api.text.hits import explain_hit, understood_as
from api.text.labels import MODES, STATEMENTS, label
from api.text.language import Language
from api.text.messages import message
from api.web.rendering import language_of, mark_words, page
from ingest.errors import PhaenError
from kb import KnowledgeBase, StoredDocument

router = APIRouter(include_in_schema=False)
_MAX_HITS = 20
_LATEST = 20
_COUNTED = ("documents", "organisations", "statements", "projects")


@router.get("/", response_class=HTMLResponse)
@router.get("/search", response_class=HTMLResponse)
def home(
    request: Request,
    kb: Kb,
    limits: Limits,
    q: Annotated[str, Query(max_length=10_000)] = "",
    kind: str = "",
    province: str = "",
    mode: str = "smart",
    literal: bool = False,
) -> HTMLResponse:
    """Show what there is, and search it."""
    language = language_of(request)
    result, problem, status = None, None, 200
    if q.strip():
        try:
            body = SearchRequest.model_construct(
                query=q,
                mode=mode,
                kinds=[kind] if kind else [],
                province=province or None,
                limit=_MAX_HITS,
                literal=literal,
            )
            result = _result_values(answer(kb, body, limits), language)
        except PhaenError as error:
            problem, status = worded(error, language), status_of(error)
    return page(
        request,
        "home",
        message("web-search", language),
        status=status,
        query=q,
        kind=kind,
        province=province,
        mode=mode,
        found=result,
        problem=problem,
        **_holdings(kb, language),
    )


def _holdings(kb: KnowledgeBase, language: Language) -> dict[str, Any]:
    bodies = [body for body, _ in kb.organisations()]
    counts = kb.counts()
    return {
        "kinds": [(kind, label(STATEMENTS, kind, language)) for kind in STATEMENTS],
        "modes": [(mode, label(MODES, mode, language)) for mode in MODES],
        "provinces": sorted({body.province for body in bodies if body.province}),
        "counts": [(message(f"count-{name}", language), counts[name]) for name in _COUNTED],
        "documents": [_document_row(stored.to_dict(), language) for stored in _latest(kb)],
    }


def _latest(kb: KnowledgeBase) -> list[StoredDocument]:
    return list(kb.documents(limit=_LATEST))


def _document_row(document: Mapping[str, Any], language: Language) -> dict[str, str]:
    body, period = document["organisation"], document["period"]
    return {
        "id": document["id"],
        "title": title(document),
        "organisation": body["name"] if body else message("organisation-unknown", language),
        "years": span(period or ()),
    }


def _result_values(result: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {
        **result,
        "hits": [_hit_values(hit, language) for hit in result["hits"]],
        "understood": understood_as(result["understood"], language),
    }


def _hit_values(hit: Mapping[str, Any], language: Language) -> dict[str, Any]:
    body = hit["organisation"]
    facts = [
        body["name"] if body else message("organisation-unknown", language),
        years(hit["period"], language),
        message("page", language, page=hit["page"]),
        message("more-same", language, count=hit["more_same"]) if hit["more_same"] else "",
    ]
    return {
        "label": label(STATEMENTS, hit["kind"], language),
        "marked": mark_words(hit["text"], hit["highlight"]),
        "facts": " · ".join(part for part in facts if part),
        "document": hit["document"],
        "why": explain_hit(hit, language),
    }
