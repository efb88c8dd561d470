"""Pages from templates: escaped by default, worded in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from api.http.access import COOKIE
from api.http.privacy import worded
from api.http.problems import status_of
from api.text.language import Language
from api.text.messages import message
from ingest.errors import PhaenError

FOLDER = Path(__file__).parent


@lru_cache(maxsize=16)
def _template(name: str) -> Template:
    places = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return places.get_template(name)


def language_of(request: Request) -> Language:
    """Choose a page's language: Thai unless `?lang=en` asks for English."""
    return "en" if request.query_params.get("lang") == "en" else "th"


def _other(request: Request, language: Language) -> str:
    """Write the query of the same page in the other language."""
    return request.url.include_query_params(lang="th" if language == "en" else "en").query


def _worded(language: Language) -> Callable[..., str]:
    return lambda code, **details: message(code, language, **details)


def page(
    request: Request, name: str, title: str, *, status: int = 200, **values: object
) -> HTMLResponse:
    """Make a page; in a template `t(code, …)` words a message."""
    language = language_of(request)
    text = _template(f"{name}.html").render(
        title=title,
        lang=language,
        other=f"?{_other(request, language)}",
        root=request.scope.get("root_path", ""),
        access=request.app.state.access,
        known=request.app.state.sessions.lasts(request.cookies.get(COOKIE, "")),
        version=version("phaen"),
        t=_worded(language),
        **values,
    )
    return HTMLResponse(text, status, headers={"content-language": language})


def told(request: Request, text: str, status: int) -> HTMLResponse:
    """Make the page that says one thing."""
    title = message("web-problem", language_of(request))
    return page(request, "problem", title, status=status, text=text)


def sorry(request: Request, error: PhaenError) -> HTMLResponse:
    """Make the page of an error."""
    return told(request, worded(error, language_of(request)), status_of(error))
