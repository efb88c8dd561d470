"""The pages at `/`: search and a plan as a tree, for people with a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse

from api.http.privacy import worded
from api.http.problems import status_of
from api.http.search import SearchRequest, answer
from api.http.state import Kb, Limits
from api.money import spending, warnings
from api.text.heading import facts, span, title, years
from api.text.labels import MODES, REVIEWS, STATEMENTS, label
from api.text.language import Language
from api.text.messages import MESSAGES, message
from api.text.reasons import reasons
from api.text.tree import ORDER, money, tree
from api.web.choices import kinds
from api.web.marking import marked
from api.web.templates import FOLDER, language_of, page, sorry, told
from ingest.errors import PhaenError
from kb import KnowledgeBase, StoredDocument

router = APIRouter(include_in_schema=False)
_SHOWN = 20
_LATEST = 20
_COUNTED = ("documents", "organisations", "statements", "projects")


@router.get("/", response_class=HTMLResponse)
def home(
    request: Request,
    kb: Kb,
    limits: Limits,
    q: Annotated[str, Query(max_length=10_000)] = "",
    kind: str = "",
    province: str = "",
    mode: str = "smart",
) -> HTMLResponse:
    """Show what there is, and search it."""
    language = language_of(request)
    found, problem, status = None, None, 200
    if q.strip():
        try:
            asked = SearchRequest.model_construct(
                query=q,
                mode=mode,
                kinds=[kind] if kind else [],
                province=province or None,
                limit=_SHOWN,
            )
            found = _shown(answer(kb, asked, limits), language)
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
        found=found,
        problem=problem,
        **_holdings(kb, language),
    )


def _holdings(kb: KnowledgeBase, language: Language) -> dict[str, Any]:
    bodies = [body for body, _ in kb.store.organisations()]
    counts = kb.counts()
    return {
        "kinds": [(kind, label(STATEMENTS, kind, language)) for kind in STATEMENTS],
        "modes": [(mode, label(MODES, mode, language)) for mode in MODES],
        "provinces": sorted({body.province for body in bodies if body.province}),
        "counts": [(message(f"count-{name}", language), counts[name]) for name in _COUNTED],
        "documents": [_row(each.to_dict(), language) for each in _latest(kb)],
    }


def _latest(kb: KnowledgeBase) -> list[StoredDocument]:
    return list(kb.documents(limit=_LATEST))


def _row(document: Mapping[str, Any], language: Language) -> dict[str, str]:
    body, period = document["organisation"], document["period"]
    return {
        "id": document["id"],
        "title": title(document),
        "organisation": body["name"] if body else message("organisation-unknown", language),
        "years": span(period or ()),
    }


def _shown(found: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {**found, "hits": [_hit(hit, language) for hit in found["hits"]]}


def _hit(hit: Mapping[str, Any], language: Language) -> dict[str, Any]:
    body = hit["organisation"]
    told = [
        body["name"] if body else message("organisation-unknown", language),
        years(hit["period"], language),
        message("page", language, page=hit["page"]),
    ]
    return {
        "label": label(STATEMENTS, hit["kind"], language),
        "marked": marked(hit["text"], hit["highlight"]),
        "facts": " · ".join(part for part in told if part),
        "document": hit["document"],
        "why": reasons(hit, language),
    }


@router.get("/documents/{document}", response_class=HTMLResponse)
def plan(request: Request, kb: Kb, document: str) -> HTMLResponse:
    """Show one plan as a tree."""
    language = language_of(request)
    try:
        kept = kb.store.document(document)
    except PhaenError as error:
        return sorry(request, error)
    whole = kb.store.whole(kept.id).to_dict()
    reviews = {each.target: each.verdict for each in kb.reviews.all(kept.id)}
    roots = [
        _node(node, reviews, language) for node in tree(whole["statements"], whole["projects"])
    ]
    groups = [
        {"label": label(STATEMENTS, kind, language), "nodes": nodes}
        for kind in ORDER
        if (nodes := [node for node in roots if node["kind"] == kind])
    ]
    name = title(whole)
    about = {
        "id": kept.id,
        "title": name,
        "pages": kept.pages,
        "facts": " · ".join(facts(whole, language)),
    }
    return page(request, "document", name, document=about, groups=groups, kinds=kinds(language))


def _node(
    node: Mapping[str, Any], reviews: Mapping[str, str], language: Language
) -> dict[str, Any]:
    verdict = reviews.get(node["id"])
    return {
        "id": node["id"],
        "kind": node["kind"],
        "review": label(REVIEWS, verdict, language) if verdict else "",
        "label": label(STATEMENTS, node["kind"], language),
        "number": node.get("number"),
        "text": node.get("text") or node.get("title"),
        "explanation": node.get("explanation"),
        "budget": money(node["budget"], language) if node.get("budget") else "",
        "spending": spending(node, language),
        "warnings": warnings(node, language),
        "page": node["page"],
        "children": [_node(child, reviews, language) for child in node["children"]],
    }


@router.get("/problems/{code}", response_class=HTMLResponse)
def problem(request: Request, code: str) -> HTMLResponse:
    """Say what an error's `type` means."""
    language = language_of(request)
    if code not in MESSAGES:
        return told(request, message("problem-unknown", language, code=code), 404)
    return told(request, message(code, language), 200)


@router.get("/assets/phaen.css")
def style() -> FileResponse:
    """Give the pages their looks."""
    return FileResponse(FOLDER / "phaen.css", headers={"cache-control": "max-age=3600"})
