"""The page `/account`: one's own name, password and keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.http.access import COOKIE, SESSION_SECONDS
from api.http.identity import Identities, Identity
from api.http.privacy import worded
from api.http.problems import status_of
from api.text.messages import message
from api.text.people import role_name, scope_name
from api.web.key_rows import key_rows
from api.web.rendering import language_of, page
from ingest.errors import PhaenError, UsageError
from kb.people.person import ROLES, Person
from kb.people.tokens import MOST_DAYS

router = APIRouter(include_in_schema=False)
Secret = Annotated[str, Form(max_length=4_000)]
Line = Annotated[str, Form(max_length=200)]


@router.get("/account")
def account(request: Request) -> Response:
    """Show who is logged in, with forms for the password and for keys."""
    return _account(request)


@router.post("/account/password")
def change_password(
    request: Request, password: Secret = "", new_password: Secret = "", again: Secret = ""
) -> Response:
    """Change one's password: all sessions end, and this browser gets a new one."""
    person = _person(request)
    identities: Identities = request.app.state.identities
    try:
        if new_password != again:
            raise UsageError("password-twice-differs")
        if person is None or identities.people.with_password(person.name, password) is None:
            raise UsageError("password-old-wrong")
        identities.people.set_password(person.name, new_password)
    except PhaenError as error:
        return _account(request, error=error)
    answer = _account(request, done="password-changed")
    answer.set_cookie(
        COOKIE,
        identities.person_sessions.begin(person),
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/account/keys")
def make_key(
    request: Request,
    key_name: Line = "",
    role: Line = "reader",
    days: Annotated[int, Form(ge=1, le=MOST_DAYS)] = 90,
) -> Response:
    """Make a key of one's own and show it this once."""
    person = _person(request)
    identities: Identities = request.app.state.identities
    try:
        if person is None:
            raise UsageError("user-unknown", name="-")
        token, secret = identities.tokens.create(person.name, key_name, role=role, days=days)
    except PhaenError as error:
        return _account(request, error=error)
    return _account(request, fresh=(token.name, secret))


@router.post("/account/keys/{key}/revoke")
def revoke_key(request: Request, key: str) -> Response:
    """End a key of one's own."""
    person = _person(request)
    identities: Identities = request.app.state.identities
    try:
        token = identities.tokens.token(key)
        if person is None or token.user != person.name:
            raise UsageError("token-unknown", id=key)
        identities.tokens.revoke(key)
    except PhaenError as error:
        return _account(request, error=error)
    root, language = request.scope.get("root_path", ""), language_of(request)
    return RedirectResponse(f"{root}/account?lang={language}", 303)


def _person(request: Request) -> Person | None:
    identity: Identity = request.state.identity
    return identity.person


def _account(
    request: Request,
    *,
    error: PhaenError | None = None,
    done: str = "",
    fresh: tuple[str, str] | None = None,
) -> Response:
    language, person = language_of(request), _person(request)
    identities: Identities = request.app.state.identities
    tokens = identities.tokens.all(person.name) if person else []
    allowed = ROLES[: ROLES.index(person.role) + 1] if person else ()
    answer: Response = page(
        request,
        "account",
        message("account-title", language),
        status=status_of(error) if error else 200,
        problem=worded(error, language) if error else "",
        done=message(done, language) if done else "",
        fresh=fresh,
        person=person,
        role=role_name(request.state.identity.role, language),
        scope=scope_name(person.scope, language) if person else "",
        keys=key_rows(tokens, language),
        roles=[(role, role_name(role, language)) for role in allowed],
    )
    answer.headers["cache-control"] = "no-store"
    return answer
