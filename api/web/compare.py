"""The page `/compare`: the choice of organisations, then the report."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api.http.privacy import worded
from api.http.problems import status_of
from api.http.responses import report_page
from api.http.state import Kb
from api.text.messages import message
from api.web.rendering import kind_choices, language_of, organisation_choices, page
from ingest.errors import PhaenError
from kb import Filters, KnowledgeBase

router = APIRouter(include_in_schema=False)


@router.get("/compare", response_class=HTMLResponse)
def compare(
    request: Request,
    kb: Kb,
    organisation: Annotated[list[str], Query(max_length=400)] = [],  # noqa: B006 (FastAPI copies)
    kind: Annotated[list[str], Query(max_length=10)] = ["vision"],  # noqa: B006
    over_time: bool = False,
) -> HTMLResponse:
    """Show the form, or the report once organisations are chosen."""
    if not organisation:
        return _form(request, kb)
    try:
        text = _report(kb, organisation, kind, over_time=over_time)
    except PhaenError as error:
        return _form(request, kb, worded(error, language_of(request)), status_of(error))
    return report_page(_with_way_back(request, text))


def _with_way_back(request: Request, text: str) -> str:
    """Put the application's name and the ways on above a report, which is one whole page."""
    language, root = language_of(request), request.scope.get("root_path", "")
    ways = (
        (f"{root}/?lang={language}", message("web-name", language)),
        (f"{root}/compare?lang={language}", message("web-compare-back", language)),
        (f"{root}/search?lang={language}", message("web-search", language)),
    )
    links = Markup(" · ").join(Markup('<a href="{}">{}</a>').format(*way) for way in ways)
    label = message("web-menu", language)
    bar = Markup('<nav aria-label="{}">{}</nav>').format(label, links)
    head, body, rest = text.partition("<body>")
    return f"{head}{body}{bar}{rest}" if body else text


def _report(kb: KnowledgeBase, bodies: list[str], kinds: list[str], *, over_time: bool) -> str:
    from api.reports.comparison import comparison_page
    from kb.comparison import compare as compared

    comparison = compared(
        kb,
        bodies,
        over_time=over_time,
        filters=Filters(kinds=tuple(kinds)),
        encoder=kb.ready_encoder(),
    )
    return comparison_page(_without_folders(comparison.to_dict()))


def _without_folders(value: Any) -> Any:
    """Return a comparison whose files are named without the folders they lie in."""
    if isinstance(value, dict):
        return {
            name: PurePath(one).name
            if name == "file" and isinstance(one, str)
            else _without_folders(one)
            for name, one in value.items()
        }
    return [_without_folders(one) for one in value] if isinstance(value, list) else value


def _form(
    request: Request, kb: KnowledgeBase, problem: str | None = None, status: int = 200
) -> HTMLResponse:
    language = language_of(request)
    return page(
        request,
        "compare",
        message("web-compare-bodies", language),
        status=status,
        problem=problem,
        bodies=organisation_choices(kb),
        total=sum(1 for _ in kb.organisations()),
        kinds=kind_choices(language),
    )
