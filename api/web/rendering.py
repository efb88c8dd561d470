"""Pages from templates, escaped by default and in the reader's language, and what forms offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from api.http.access import COOKIE
from api.http.privacy import worded
from api.http.problems import status_of
from api.text.hits import merge_spans
from api.text.labels import STATEMENTS, label
from api.text.language import Language
from api.text.messages import message
from ingest.errors import PhaenError
from ingest.records import STATEMENT_KINDS
from kb import KnowledgeBase

FOLDER = Path(__file__).parent


@lru_cache(maxsize=16)
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def language_of(request: Request) -> Language:
    """Return a page's language: Thai unless the query says `lang=en`."""
    return "en" if request.query_params.get("lang") == "en" else "th"


def _query_in_other_language(request: Request, language: Language) -> str:
    return request.url.include_query_params(lang="th" if language == "en" else "en").query


def _translator(language: Language) -> Callable[..., str]:
    return lambda code, **details: message(code, language, **details)


def page(
    request: Request, name: str, title: str, *, status: int = 200, **values: object
) -> HTMLResponse:
    """Render a template as a page; in it `t(code, …)` gives the text of a message."""
    language = language_of(request)
    text = _template(f"{name}.html").render(
        title=title,
        lang=language,
        other=f"?{_query_in_other_language(request, language)}",
        root=request.scope.get("root_path", ""),
        here=request.url.path.removeprefix(request.scope.get("root_path", "")),
        access=request.app.state.access,
        known=request.app.state.sessions.lasts(request.cookies.get(COOKIE, "")),
        identity=getattr(request.state, "identity", None),
        version=version("phaen"),
        t=_translator(language),
        **values,
    )
    return HTMLResponse(text, status, headers={"content-language": language})


def notice_page(request: Request, text: str, status: int) -> HTMLResponse:
    """Return the page of a single message."""
    title = message("web-problem", language_of(request))
    return page(request, "problem", title, status=status, text=text)


def error_page(request: Request, error: PhaenError) -> HTMLResponse:
    """Return the page of an error, with its HTTP status."""
    return notice_page(request, worded(error, language_of(request)), status_of(error))


def mark_words(text: str, spans: Sequence[Sequence[int]]) -> Markup:
    """Escape a text and put `<mark>` around the `[from, to]` spans."""
    markup, last = Markup(""), 0
    for start, end in merge_spans(spans, len(text)):
        markup += escape(text[last:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        last = end
    return markup + escape(text[last:])


def kind_choices(language: Language) -> list[tuple[str, str]]:
    """Return the kinds of statements with their names, for a form."""
    return [(kind, label(STATEMENTS, kind, language)) for kind in STATEMENT_KINDS]


def organisation_choices(kb: KnowledgeBase) -> list[str]:
    """Return the names of the organisations that have statements, for a form."""
    return [body.name for body, counts in kb.organisations() if counts["statements"]]
