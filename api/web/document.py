"""The page `/documents/{id}`: one plan as a tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.http.state import Kb
from api.text.heading import facts, title
from api.text.labels import REVIEWS, STATEMENTS, label
from api.text.language import Language
from api.text.money import money, spending, warnings
from api.text.plan import ORDER, tree
from api.web.rendering import error_page, kind_choices, language_of, page
from ingest.errors import PhaenError

router = APIRouter(include_in_schema=False)


@router.get("/documents/{document}", response_class=HTMLResponse)
def plan(request: Request, kb: Kb, document: str) -> HTMLResponse:
    """Show one plan as a tree."""
    language = language_of(request)
    try:
        stored = kb.document(document)
    except PhaenError as error:
        return error_page(request, error)
    whole = kb.whole(stored.id).to_dict()
    reviews = {review.target: review.verdict for review in kb.reviews.all(stored.id)}
    roots = [
        _node_values(node, reviews, language)
        for node in tree(whole["statements"], whole["projects"])
    ]
    groups = [
        {"label": label(STATEMENTS, kind, language), "nodes": nodes}
        for kind in ORDER
        if (nodes := [node for node in roots if node["kind"] == kind])
    ]
    name = title(whole)
    about = {
        "id": stored.id,
        "title": name,
        "pages": stored.pages,
        "facts": " · ".join(facts(whole, language)),
    }
    return page(
        request, "document", name, document=about, groups=groups, kinds=kind_choices(language)
    )


def _node_values(
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
        "children": [_node_values(child, reviews, language) for child in node["children"]],
    }
