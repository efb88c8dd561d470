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
from api.web.rendering import language_of, page
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
    """Show the form of a proposal and, once filled, earlier projects like it."""
    language = language_of(request)
    form = {name: request.query_params.get(name, "")[:LONGEST] for name in _FIELDS}
    form["threshold"] = form["threshold"] or str(_HALF)
    answer, problem, status = None, None, 200
    if title.strip():
        try:
            answer = _answer(kb, form, _corrected_parts(request), language, request.app.state.warm)
        except PhaenError as error:
            problem, status = worded(error, language), status_of(error)
    return page(
        request,
        "duplicates",
        message("web-duplicates", language),
        status=status,
        asked=form,
        found=answer,
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
    """Record that a proposal and a project are no duplicates; redirect to the other matches."""
    from kb.duplicates.pair_reviews import PairReviews

    PairReviews(kb.store).record(one, other)
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/duplicates?{again}", 303)


def _corrected_parts(request: Request) -> dict[str, list[str]]:
    """Return the corrected parts: fields named `part.village`, names separated by commas."""
    fields = {k: v for k, v in request.query_params.items() if k.startswith(_PART)}
    return {
        key.removeprefix(_PART): [name.strip() for name in value[:_LONG].split(",")]
        for key, value in fields.items()
    }


def _answer(
    kb: KnowledgeBase,
    form: Mapping[str, str],
    parts: Mapping[str, Sequence[str]],
    language: Language,
    meaning: bool,
) -> dict[str, Any]:
    from kb.duplicates import duplicates_of
    from kb.duplicates.match import Thresholds

    percent = _parse_number(form["threshold"], "threshold-invalid", name="duplicate")
    results = duplicates_of(kb).find(
        [_proposal(form, parts)],
        thresholds=Thresholds(duplicate=float(percent / _TOP)),
        meaning=meaning,
    )
    (result,) = results
    record = result.to_dict()
    return {
        "id": record["proposal"]["id"],
        "parts": _part_fields(record["parts"], language),
        "notes": [message(f"note-{code}", language) for code in record["notes"]],
        "matches": [_match_values(match, language) for match in record["matches"]],
        "models": [_model_values(model, language) for model in record["models"]],
        "hidden": [(name, form[name]) for name in _FIELDS if form[name]],
    }


def _proposal(form: Mapping[str, str], parts: Mapping[str, Sequence[str]]) -> Proposal:
    from api.text.requested_options import organisation_named
    from ingest.project_names.correction import correction

    year = form["year"].strip()
    work = ",".join(parts.get("work", ())) or None
    places = {facet: names for facet, names in parts.items() if facet != "work"}
    return proposal(
        form["title"],
        place=form["place"].strip() or None,
        organisation=organisation_named(form["body"]) if form["body"].strip() else None,
        year=int(_parse_number(year, "year-implausible", first=2500, last=2600)) if year else None,
        budget=_parse_number(form["budget"], "budget-implausible")
        if form["budget"].strip()
        else None,
        correction=correction(work, places) if parts else None,
    )


def _parse_number(text: str, code: str, **details: str | int) -> Decimal:
    from ingest.thai.numbers import arabic

    try:
        number = Decimal(arabic(text).replace(",", "").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise UsageError(code, value=text, year=text, **details)
    return number


def _part_fields(parts: Mapping[str, Any], language: Language) -> list[tuple[str, str, str]]:
    """Return the parts as fields of a form: name, label, value."""
    names_by_part = {"work": [parts["work"]], "village": [], "subdistrict": [], **parts["places"]}
    return [
        (f"{_PART}{part}", message(f"part-{part}", language), ", ".join(names))
        for part, names in names_by_part.items()
    ]


def _match_values(match: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {
        "id": match["project"]["id"],
        "title": match["project"]["title"],
        "relation": match["relation"],
        "label": label(RELATIONS, match["relation"], language),
        "percent": round(match["score"] * _TOP),
        "source": _source_text(match["project"], language),
        "document": match["project"].get("document"),
        "points": [
            (
                message(f"match-{key}", language),
                [_point_text(point, language, same=key == "agrees") for point in match[key]],
            )
            for key in ("agrees", "differs")
            if match[key]
        ],
        "notes": [message(f"note-{code}", language) for code in match["notes"]],
    }


def _point_text(point: Mapping[str, Any], language: Language, *, same: bool) -> str:
    """Return a part and its values; where they agree one spelling of them is enough."""
    ours, theirs = ", ".join(point["proposal"]), ", ".join(point["project"])
    names = ours if same or ours == theirs else f"{ours} ≠ {theirs}"
    return f"{label(PARTS, point['part'], language)} {names}"


def _source_text(project: Mapping[str, Any], language: Language) -> str:
    body = project["organisation"]
    name = body["name"] if body else message("organisation-unknown", language)
    facts = [name, years(project["period"]), message("page", language, page=project["page"])]
    return " · ".join(fact for fact in (*facts, project["file"]) if fact)


def _model_values(model: Mapping[str, Any], language: Language) -> dict[str, Any]:
    project, cost = model["project"], ""
    if model["unit_cost"] is not None:
        amount = f"{Decimal(model['unit_cost']):,}"
        cost = message("unit-cost", language, cost=amount, unit=model["unit"])
    return {
        "title": project["title"],
        "source": _source_text(project, language),
        "cost": cost,
        "result": project["expected_result"] or project["indicator"] or "",
        "document": project.get("document"),
    }
