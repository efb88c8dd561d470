"""The page `/`: the search, three doors, the map of plans, what came last and what to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from api.http.state import Kb, Limits
from api.text.language import Language
from api.text.messages import message
from api.text.money import money
from api.web.documents import document_row
from api.web.rendering import language_of, page
from api.web.search import Asked, asked, search_page
from api.web.to_check import LOOKS
from kb import KnowledgeBase, StoredDocument
from kb.reference.areas import provinces
from kb.store.doubts import DOUBTS, Doubts

router = APIRouter(include_in_schema=False)
_LATEST = 8
_COUNTED = ("documents", "organisations", "statements", "projects")
_TILE = 30
_STEPS = 5


@router.get("/", response_class=HTMLResponse)
def home(
    request: Request, kb: Kb, limits: Limits, what: Annotated[Asked, Depends(asked)]
) -> Response:
    """Show what there is; an address with a search shows that."""
    if what.q.strip() or what.like:
        return search_page(request, kb, limits, what)
    language = language_of(request)
    counts, provinces_held = kb.counts(), _by_province(kb)
    return page(
        request,
        "home",
        message("web-home-short", language),
        counts=[(message(f"count-{name}", language), f"{counts[name]:,}") for name in _COUNTED],
        documents=[document_row(stored, language) for stored in _latest(kb)],
        total=f"{counts['documents']:,}",
        checks=_checks(kb, language),
        map=_map(provinces_held, counts["documents"], language),
        examples=_examples(kb, language),
    )


def _latest(kb: KnowledgeBase) -> list[StoredDocument]:
    """Return the documents that came last, the very last one first."""
    before = kb.store.connection.execute(
        "select key from documents order by key desc limit 1 offset ?", (_LATEST,)
    ).fetchone()
    return list(kb.documents(limit=_LATEST, after=before[0] if before else 0))[::-1]


def _by_province(kb: KnowledgeBase) -> Counter[str]:
    return Counter(
        dict(
            kb.store.connection.execute(
                "select o.province, count(*) from documents d"
                " join organisations o on o.key = d.organisation"
                " where o.province is not null group by o.province"
            ).fetchall()
        )
    )


def _checks(kb: KnowledgeBase, language: Language) -> list[tuple[str, str, str, str]]:
    doubts = Doubts(kb.store)
    counted = [(doubt, doubts.count(doubt)) for doubt in DOUBTS]
    return [
        (
            message(f"check-{doubt}", language),
            LOOKS[doubt],
            f"{count:,}",
            f"/to-check?what={doubt}&lang={language}",
        )
        for doubt, count in counted
        if count
    ]


def _map(counts: Mapping[str, int], total: int, language: Language) -> dict[str, Any]:
    """Return the tiles of the 77 provinces and the steps of their colours, by plans kept."""
    most = max((counts[province.thai] for province in provinces()), default=0)
    size = max(1, -(-most // _STEPS))
    tiles = [
        {
            "x": province.column * _TILE + 1,
            "y": province.row * _TILE + 1,
            "initials": province.initials if language == "th" else province.english[:3],
            "name": province.thai,
            "title": message(
                "map-tile",
                language,
                province=province.thai if language == "th" else province.english,
                count=counts[province.thai],
            ),
            "step": min(_STEPS, -(-counts[province.thai] // size)),
        }
        for province in provinces()
    ]
    steps = [
        (step, str(size) if size == 1 else f"{(step - 1) * size + 1}–{step * size}")
        for step in range(1, _STEPS + 1)
    ]
    if size == 1:
        steps = [(step, str(step)) for step, _ in steps]
    held = sum(1 for province in provinces() if counts[province.thai])
    return {
        "tiles": tiles,
        "steps": steps,
        "width": (max(province.column for province in provinces()) + 1) * _TILE,
        "height": (max(province.row for province in provinces()) + 1) * _TILE,
        "held": held,
        "lacking": len(tiles) - held,
        "off": total - sum(counts[province.thai] for province in provinces()),
    }


def _examples(kb: KnowledgeBase, language: Language) -> dict[str, Any]:
    """Return an example for every door, from what is kept; None where there is none."""
    project = next(iter(kb.projects(limit=1)), None)
    bodies = [(body.name, counts) for body, counts in kb.organisations()]
    planning = [name for name, counts in bodies if counts["statements"]]
    return {
        "search": None
        if project is None
        else (
            project.record.title,
            money(project.to_dict()["budget"], language) if project.record.budget else "",
            project.id,
        ),
        "align": planning[0] if planning else None,
        "compare": planning[:3],
    }
