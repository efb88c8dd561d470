"""The pages `/people` and `/keys`: everybody's role, bodies and keys, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.http.identity import Identities
from api.http.privacy import worded
from api.http.problems import status_of
from api.http.rights import right_of
from api.text.language import Language
from api.text.messages import message
from api.text.people import role_name, scope_name, state_name
from api.text.times import shown_time
from api.web.key_rows import key_rows
from api.web.rendering import error_page, language_of, page
from ingest.errors import PhaenError, UsageError
from kb.people.person import ROLES, Person

router = APIRouter(include_in_schema=False)
Line = Annotated[str, Form(max_length=200)]
Secret = Annotated[str, Form(max_length=4_000)]
Text = Annotated[str, Form(max_length=20_000)]
_TASKS = (
    ("task-read", "GET", "/search"),
    ("task-submit", "POST", "/v1/alignment/workbook"),
    ("task-review", "POST", "/v1/reviews"),
    ("task-documents", "POST", "/add"),
    ("task-manage", "POST", "/people"),
)
"""What roles may do, in words, each with a route that stands for it."""


@router.get("/people")
def people(request: Request) -> Response:
    """List everybody, with a form to add somebody and what each role may do."""
    return _people(request)


@router.post("/people")
def add(
    request: Request,
    name: Line = "",
    display: Line = "",
    role: Line = "reader",
    scope: Text = "",
    password: Secret = "",
) -> Response:
    """Add a person."""
    identities: Identities = request.app.state.identities
    try:
        if not password and not identities.with_people():
            raise UsageError("password-short", least=12)
        identities.people.add(
            name,
            display=display,
            role=role,
            scope=scope.splitlines() if scope.strip() else None,
            password=password or None,
        )
    except PhaenError as error:
        return _people(request, error=error, typed=(name, display, role, scope))
    return _to(request, "/people")


@router.get("/people/{person}")
def person(request: Request, person: str) -> Response:
    """Show one person, with forms to change role, bodies and password."""
    return _person(request, person)


@router.post("/people/{person}")
def change(
    request: Request,
    person: str,
    display: Line = "",
    role: Line = "reader",
    scope: Text = "",
    disabled: Line = "",
) -> Response:
    """Change a person."""
    identities: Identities = request.app.state.identities
    bodies = scope.splitlines() if scope.strip() else None
    try:
        identities.people.change(
            person, display=display, role=role, scope=bodies, disabled=bool(disabled)
        )
    except PhaenError as error:
        return _person(request, person, error=error)
    return _to(request, "/people")


@router.post("/people/{person}/password")
def set_password(request: Request, person: str, password: Secret = "") -> Response:
    """Set a person's password and end the person's sessions."""
    identities: Identities = request.app.state.identities
    try:
        identities.people.set_password(person, password)
    except PhaenError as error:
        return _person(request, person, error=error)
    return _to(request, "/people")


@router.get("/keys")
def keys(request: Request) -> Response:
    """List everybody's keys."""
    language = language_of(request)
    identities: Identities = request.app.state.identities
    rows = key_rows(identities.tokens.all(), language)
    return _private(page(request, "keys", message("keys-title", language), keys=rows))


@router.post("/keys/{key}/revoke")
def revoke(request: Request, key: str) -> Response:
    """End anybody's key."""
    identities: Identities = request.app.state.identities
    try:
        identities.tokens.revoke(key)
    except PhaenError as error:
        return error_page(request, error)
    return _to(request, "/keys")


def _people(
    request: Request,
    *,
    error: PhaenError | None = None,
    typed: tuple[str, str, str, str] = ("", "", "reader", ""),
) -> Response:
    language = language_of(request)
    identities: Identities = request.app.state.identities
    everybody = list(identities.people.all())
    first = not everybody
    return _private(
        page(
            request,
            "people",
            message("people-title", language),
            status=status_of(error) if error else 200,
            problem=worded(error, language) if error else "",
            people=[_row(item, language) for item in everybody],
            first=first,
            roles=[(role, role_name(role, language)) for role in (ROLES[-1:] if first else ROLES)],
            typed=typed,
            bodies=_bodies(request),
            tasks=[_task(*task, language) for task in _TASKS],
            role_names=[role_name(role, language) for role in ROLES],
        )
    )


def _person(request: Request, name: str, *, error: PhaenError | None = None) -> Response:
    language = language_of(request)
    identities: Identities = request.app.state.identities
    try:
        known = identities.people.person(name)
    except PhaenError as unknown:
        return error_page(request, unknown)
    return _private(
        page(
            request,
            "person",
            known.display,
            status=status_of(error) if error else 200,
            problem=worded(error, language) if error else "",
            person=known,
            roles=[(role, role_name(role, language)) for role in ROLES],
            scope="\n".join(known.scope or ()),
            bodies=_bodies(request),
            changes=f"/log?subject={known.name}",
        )
    )


def _row(person: Person, language: Language) -> dict[str, object]:
    look = "none" if person.disabled else "good" if person.has_password else "warn"
    return {
        "name": person.name,
        "display": person.display,
        "role": role_name(person.role, language),
        "scope": scope_name(person.scope, language),
        "seen": shown_time(person.seen_at, language)
        if person.seen_at
        else message("never", language),
        "state": state_name(person, language),
        "look": look,
    }


def _task(code: str, method: str, path: str, language: Language) -> dict[str, object]:
    right = right_of(method, path)
    cells = [right.cell(role) if right else "no" for role in ROLES]
    return {"text": message(code, language), "cells": cells}


def _bodies(request: Request) -> list[str]:
    return sorted({body.name for body, _ in request.app.state.kb.organisations()})


def _to(request: Request, path: str) -> Response:
    root, language = request.scope.get("root_path", ""), language_of(request)
    return RedirectResponse(f"{root}{path}?lang={language}", 303)


def _private(answer: Response) -> Response:
    answer.headers["cache-control"] = "no-store"
    return answer
