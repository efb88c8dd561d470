"""The page `/login`: a name and a password, or the server's token, begin a session."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.http.access import COOKIE, SESSION_SECONDS, Access, Sessions
from api.http.attempts import Attempts
from api.http.identity import Identities
from api.http.typed import Typed, typed_of
from api.text.messages import MESSAGES, message
from api.text.people import coded_word
from api.web.rendering import language_of, page
from ingest.errors import PhaenError
from kb.store.changes import write_change

router = APIRouter(include_in_schema=False)
_LONG = 4_000
_TYPED = 200_000


@router.get("/login")
def form(request: Request, back: Annotated[str, Query(max_length=_LONG)] = "/") -> Response:
    """Ask who it is, where a log-in is needed."""
    if not request.app.state.identities.needed():
        return RedirectResponse(_own_address(request, "/"), 303)
    return _form(request, back)


@router.post("/login")
def login(
    request: Request,
    name: Annotated[str, Form(max_length=_LONG)] = "",
    password: Annotated[str, Form(max_length=_LONG)] = "",
    token: Annotated[str, Form(max_length=_LONG)] = "",
    back: Annotated[str, Form(max_length=_LONG)] = "/",
    typed: Annotated[str, Form(max_length=_TYPED)] = "",
) -> Response:
    """Begin a session, and go on to the page that was wanted, or to what had been typed."""
    held, address = typed_of(typed) if typed else None, _address(request)
    attempts: Attempts = request.app.state.attempts
    if seconds := attempts.wait(name, address):
        return _too_often(request, back, held, seconds)
    secret = _session(request, name, password, token.strip())
    if secret is None:
        attempts.failed(name, address)
        code = "token-wrong" if token else "login-wrong"
        problem = message(code, language_of(request))
        return _form(request, back, problem, 401, held=held, name=name)
    attempts.succeeded(name, address)
    answer = _typed_page(request, held) if held else _onward(request, back)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/logout")
def logout(request: Request) -> Response:
    """End the session."""
    sessions: Sessions = request.app.state.sessions
    identities: Identities = request.app.state.identities
    secret = request.cookies.get(COOKIE, "")
    sessions.end(secret)
    if secret and identities.with_people():
        identities.person_sessions.end(secret)
    answer = RedirectResponse(_own_address(request, f"/login?lang={language_of(request)}"), 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def page_with(request: Request, typed: Typed) -> Response:
    """Ask for the log-in of somebody whose session ended while a form was filled in."""
    problem = message("login-ended", language_of(request))
    return _form(request, "/", problem, 401, held=typed)


def _session(request: Request, name: str, password: str, token: str) -> str | None:
    """Return the secret of a new session, None where nobody is known by these words.

    The session that the browser had before, if any, ends.
    """
    access: Access = request.app.state.access
    sessions: Sessions = request.app.state.sessions
    identities: Identities = request.app.state.identities
    before = request.cookies.get(COOKIE, "")
    if token and access.knows(token):
        sessions.end(before)
        return sessions.begin()
    if token or not identities.with_people():
        return None
    person = identities.people.with_password(name, password)
    if person is None:
        _log_refusal(identities, name)
        return None
    if before:
        identities.person_sessions.end(before)
    return identities.person_sessions.begin(person)


def _log_refusal(identities: Identities, name: str) -> None:
    """Log a failure under a name that somebody has: another one may be a mistyped password."""
    try:
        known = identities.people.person(name).name
    except PhaenError:
        known = "?"
    with identities.people.store.writing() as connection:
        write_change(connection, "session.refused", known, actor="-")


def _onward(request: Request, back: str) -> Response:
    return RedirectResponse(_own_address(request, back), 303)


def _typed_page(request: Request, typed: Typed) -> Response:
    """Show what was typed before the session ended, to be sent again."""
    language = language_of(request)
    fields = []
    for number, (name, value) in enumerate(typed.fields, 1):
        code = f"state-field-{name}"
        known = code if code in MESSAGES else "typed-field"
        label = message(known, language, number=number)
        fields.append((name, value, label, coded_word(name, value, language)))
    title = message("typed-title", language)
    answer: Response = page(
        request, "typed", title, address=_own_address(request, typed.address), fields=fields
    )
    answer.headers["cache-control"] = "no-store"
    return answer


def _too_often(request: Request, back: str, held: Typed | None, seconds: int) -> Response:
    minutes = -(-seconds // 60)
    problem = message("login-too-often", language_of(request), minutes=minutes)
    answer = _form(request, back, problem, 429, held=held)
    answer.headers["retry-after"] = str(seconds)
    return answer


def _form(
    request: Request,
    back: str,
    problem: str | None = None,
    status: int = 200,
    *,
    held: Typed | None = None,
    name: str = "",
) -> Response:
    identities: Identities = request.app.state.identities
    title = message("web-login", language_of(request))
    answer: Response = page(
        request,
        "login",
        title,
        status=status,
        back=back,
        problem=problem,
        typed=held.to_text() if held else "",
        with_people=identities.with_people(),
        with_token=request.app.state.access.token is not None,
        login_name=name[:64],
    )
    answer.headers["cache-control"] = "no-store"
    return answer


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"


def _own_address(request: Request, back: str) -> str:
    """Return a redirect target on this server; an address elsewhere becomes `/`."""
    root: str = request.scope.get("root_path", "")
    own = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return root + (back if own else "/")
