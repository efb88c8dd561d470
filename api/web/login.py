"""The page `/login`: the token, typed once, starts a session of the browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.http.access import COOKIE, SESSION_SECONDS, Access, Sessions
from api.text.messages import message
from api.web.rendering import language_of, page

router = APIRouter(include_in_schema=False)
_LONG = 4_000


@router.get("/login")
def form(request: Request, back: Annotated[str, Query(max_length=_LONG)] = "/") -> Response:
    """Ask for the token, where the server has one."""
    if request.app.state.access.token is None:
        return RedirectResponse(_own_address(request, "/"), 303)
    return _form(request, back)


@router.post("/login")
def login(
    request: Request,
    token: Annotated[str, Form(max_length=_LONG)],
    back: Annotated[str, Form(max_length=_LONG)] = "/",
) -> Response:
    """Start a session if the token is right, and redirect to the page that was wanted."""
    access: Access = request.app.state.access
    sessions: Sessions = request.app.state.sessions
    if not access.knows(token.strip()):
        return _form(request, back, message("token-wrong", language_of(request)), 401)
    answer = RedirectResponse(_own_address(request, back), 303)
    answer.set_cookie(
        COOKIE,
        sessions.begin(),
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
    sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse(_own_address(request, f"/login?lang={language_of(request)}"), 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def _form(request: Request, back: str, problem: str | None = None, status: int = 200) -> Response:
    name = message("web-login", language_of(request))
    return page(request, "login", name, status=status, back=back, problem=problem)


def _own_address(request: Request, back: str) -> str:
    """Return a redirect target on this server; an address elsewhere becomes `/`."""
    root: str = request.scope.get("root_path", "")
    own = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return root + (back if own else "/")
