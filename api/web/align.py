"""The page `/align`: which strategy a proposal serves, for people with a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.http.privacy import worded
from api.http.problems import status_of
from api.http.state import Kb
from api.text.labels import FRAMEWORK_LEVELS, STATEMENTS, VERDICTS, label
from api.text.language import Language, in_language
from api.text.messages import message
from api.web.rendering import language_of, organisation_choices, page
from ingest.errors import PhaenError
from kb import KnowledgeBase
from kb.loading.proposals import proposal
from kb.reference.frameworks import frameworks

router = APIRouter(include_in_schema=False)
_MAX_MATCHES = 5
_LONG = 5_000


@router.get("/align", response_class=HTMLResponse)
def align(
    request: Request,
    kb: Kb,
    title: Annotated[str, Query(max_length=_LONG)] = "",
    objective: Annotated[str, Query(max_length=_LONG)] = "",
    declared: Annotated[str, Query(max_length=1_000)] = "",
    against: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:
    """Show the form of a proposal and, once filled, which strategies it serves and why."""
    language = language_of(request)
    form = {"title": title, "objective": objective, "declared": declared, "against": against}
    answer, problem, status = None, None, 200
    if title.strip():
        try:
            answer = _answer_values(_answer(kb, form), language)
        except PhaenError as error:
            problem, status = worded(error, language), status_of(error)
    return page(
        request,
        "align",
        message("web-align", language),
        status=status,
        asked=form,
        found=answer,
        problem=problem,
        bodies=organisation_choices(kb),
        frameworks=[
            (framework.name, framework.thai if language == "th" else framework.english)
            for framework in frameworks()
        ],
    )


def _answer(kb: KnowledgeBase, form: Mapping[str, str]) -> dict[str, Any]:
    from kb.alignment import aligner_of
    from kb.alignment.form import with_form
    from kb.alignment.judging import judge

    proposed = proposal(
        form["title"],
        objective=form["objective"] or None,
        declared_strategy=form["declared"] or None,
    )
    names = [form["against"]] if form["against"] else [framework.name for framework in frameworks()]
    (alignment,) = judge(kb, aligner_of(kb), [proposed], names, limit=_MAX_MATCHES)
    return with_form(alignment)


def _answer_values(answer: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {
        "verdict": label(VERDICTS, answer["verdict"], language),
        "percent": min(99, round(answer["score"] * 100)),
        "reason": in_language(answer["reason"], answer["reason_en"], language),
        "notes": [message(f"note-{note}", language) for note in answer["notes"]],
        "form": [
            criterion
            | {
                "name": in_language(criterion["thai"], criterion["english"], language),
                "note": in_language(criterion["note"], criterion["note_en"], language),
                "told": message(f"form-{criterion['finding']}", language),
            }
            for criterion in answer["form"]
        ],
        "best": [_match_values(match, language) for match in answer["best"]],
        "declared": _match_values(answer["declared"], language) if answer["declared"] else None,
        "chain": [
            {
                "level": label(FRAMEWORK_LEVELS, link["level"], language),
                "text": link["text"],
                "origin": message(f"link-{link['origin']}", language),
            }
            for link in answer["chain"]
        ],
    }


def _match_values(match: Mapping[str, Any], language: Language) -> dict[str, Any]:
    target, evidence = match["statement"], match["why"]
    kinds = STATEMENTS if target["kind"] in STATEMENTS else FRAMEWORK_LEVELS
    return {
        "kind": label(kinds, target["kind"], language),
        "text": target["text"],
        "document": target.get("document"),
        "percent": min(99, round(match["score"] * 100)),
        "words": [*dict.fromkeys((*evidence["proposal"], *evidence["statement"]))],
    }
