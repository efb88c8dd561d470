"""The page `/duplicates`: whether a project was planned before, for people with a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.http.privacy import worded
from api.http.problems import status_of
from api.http.state import Kb
from api.text.heading import years
from api.text.labels import PARTS, RELATIONS, label
from api.text.language import Language
from api.text.messages import message
from api.web.templates import language_of, page
from ingest.errors import PhaenError, UsageError
from kb import KnowledgeBase
from kb.loading.proposals import LONGEST, Proposal, proposal

router = APIRouter(include_in_schema=False)
_FIELDS = ("title", "place", "body", "year", "budget", "threshold")
_PART = "part."
_TOP, _HALF = 100, 50
_LONG = 2_000


@router.get("/duplicates", response_class=HTMLResponse)
def duplicates(
    request: Request, kb: Kb, title: Annotated[str, Query(max_length=LONGEST)] = ""
) -> HTMLResponse:
    """Ask for a project and show what was planned before that is like it."""
    language = language_of(request)
    asked = {name: request.query_params.get(name, "")[:LONGEST] for name in _FIELDS}
    asked["threshold"] = asked["threshold"] or str(_HALF)
    found, problem, status = None, None, 200
    if title.strip():
        try:
            found = _answer(kb, asked, _corrected(request), language, request.app.state.warm)
        except PhaenError as error:
            problem, status = worded(error, language), status_of(error)
    return page(
        request,
        "duplicates",
        message("web-duplicates", language),
        status=status,
        asked=asked,
        found=found,
        problem=problem,
        again=request.url.query,
    )


@router.post("/duplicates/refuse")
def refuse(
    request: Request,
    kb: Kb,
    one: Annotated[str, Form(max_length=64)],
    other: Annotated[str, Form(max_length=64)],
    again: Annotated[str, Form(max_length=20_000)] = "",
) -> RedirectResponse:
    """Remember that a proposal and a project are no duplicates, and show the rest again."""
    from kb.duplicates.pair_reviews import PairReviews

    PairReviews(kb.store).record(one, other)
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/duplicates?{again}", 303)


def _corrected(request: Request) -> dict[str, list[str]]:
    """Read the corrected parts: fields named part.village, names parted by commas."""
    told = {k: v for k, v in request.query_params.items() if k.startswith(_PART)}
    return {
        key.removeprefix(_PART): [name.strip() for name in value[:_LONG].split(",")]
        for key, value in told.items()
    }


def _answer(
    kb: KnowledgeBase,
    asked: Mapping[str, str],
    parts: Mapping[str, Sequence[str]],
    language: Language,
    meaning: bool,
) -> dict[str, Any]:
    from kb.duplicates import duplicates_of
    from kb.duplicates.match import Thresholds

    sure = _number(asked["threshold"], "threshold-invalid", name="duplicate")
    found = duplicates_of(kb).find(
        [_proposal(asked, parts)],
        thresholds=Thresholds(duplicate=float(sure / _TOP)),
        meaning=meaning,
    )
    (finding,) = found
    told = finding.to_dict()
    return {
        "id": told["proposal"]["id"],
        "parts": _fields(told["parts"], language),
        "notes": [message(f"note-{code}", language) for code in told["notes"]],
        "matches": [_match(match, language) for match in told["matches"]],
        "models": [_model(model, language) for model in told["models"]],
        "hidden": [(name, asked[name]) for name in _FIELDS if asked[name]],
    }


def _proposal(asked: Mapping[str, str], parts: Mapping[str, Sequence[str]]) -> Proposal:
    from api.text.requested_options import organisation_named
    from ingest.project_names.correction import correction

    year = asked["year"].strip()
    work = ",".join(parts.get("work", ())) or None
    places = {facet: names for facet, names in parts.items() if facet != "work"}
    return proposal(
        asked["title"],
        place=asked["place"].strip() or None,
        organisation=organisation_named(asked["body"]) if asked["body"].strip() else None,
        year=int(_number(year, "year-implausible", first=2500, last=2600)) if year else None,
        budget=_number(asked["budget"], "budget-implausible") if asked["budget"].strip() else None,
        correction=correction(work, places) if parts else None,
    )


def _number(written: str, code: str, **details: str | int) -> Decimal:
    from ingest.thai.numbers import arabic

    try:
        found = Decimal(arabic(written).replace(",", "").strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise UsageError(code, value=written, year=written, **details)
    return found


def _fields(parts: Mapping[str, Any], language: Language) -> list[tuple[str, str, str]]:
    """Write the parts as fields of a form: name, label, value."""
    told = {"work": [parts["work"]], "village": [], "subdistrict": [], **parts["places"]}
    return [
        (f"{_PART}{part}", message(f"part-{part}", language), ", ".join(names))
        for part, names in told.items()
    ]


def _match(match: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {
        "id": match["project"]["id"],
        "title": match["project"]["title"],
        "relation": match["relation"],
        "label": label(RELATIONS, match["relation"], language),
        "percent": round(match["score"] * _TOP),
        "source": _source(match["project"], language),
        "document": match["project"].get("document"),
        "points": [
            (message(f"match-{key}", language), [_point(point, language) for point in match[key]])
            for key in ("agrees", "differs")
            if match[key]
        ],
        "notes": [message(f"note-{code}", language) for code in match["notes"]],
    }


def _point(point: Mapping[str, Any], language: Language) -> str:
    ours, theirs = ", ".join(point["proposal"]), ", ".join(point["project"])
    told = ours if ours == theirs else f"{ours} ≠ {theirs}"
    return f"{label(PARTS, point['part'], language)} {told}"


def _source(project: Mapping[str, Any], language: Language) -> str:
    body = project["organisation"]
    name = body["name"] if body else message("organisation-unknown", language)
    told = [name, years(project["period"]), message("page", language, page=project["page"])]
    return " · ".join(fact for fact in (*told, project["file"]) if fact)


def _model(model: Mapping[str, Any], language: Language) -> dict[str, Any]:
    project, cost = model["project"], ""
    if model["unit_cost"] is not None:
        told = f"{Decimal(model['unit_cost']):,}"
        cost = message("unit-cost", language, cost=told, unit=model["unit"])
    return {
        "title": project["title"],
        "source": _source(project, language),
        "cost": cost,
        "result": project["expected_result"] or project["indicator"] or "",
        "document": project.get("document"),
    }
