"""Errors over HTTP: RFC 9457 problem details with a stable `type` for every code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.http.privacy import without_folders
from api.text.language import accepted
from api.text.messages import message
from ingest.errors import PhaenError, ReadError, UsageError


class ProblemShape(BaseModel):
    """A problem (RFC 9457): `type` and `code` are stable, `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: list[dict[str, Any]] = []


MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[str, int] = {
    "document-unknown": 404,
    "document-ambiguous": 409,
    "record-unknown": 404,
    "record-ambiguous": 409,
    "page-unknown": 404,
    "not-found": 404,
    "original-missing": 404,
    "page-image-missing": 404,
    "original-not-kept": 507,
    "job-unknown": 404,
    "review-set-unknown": 404,
    "review-row-unknown": 404,
    "review-row-changed": 409,
    "undo-nothing": 409,
    "organisation-not-found": 404,
    "body-too-large": 413,
    "too-large": 413,
    "too-many-files": 413,
    "origin-refused": 403,
    "host-refused": 421,
    "too-many-jobs": 503,
    "read-only": 403,
    "token-missing": 401,
    "token-wrong": 401,
    "login-missing": 401,
    "login-wrong": 401,
    "login-too-often": 429,
    "role-refused": 403,
    "route-refused": 403,
    "body-not-yours": 403,
    "user-unknown": 404,
    "token-unknown": 404,
    "bin-unknown": 404,
    "bin-ambiguous": 409,
    "bin-kept": 409,
    "user-known": 409,
    "no-knowledge-base": 503,
    "kb-busy": 503,
    "kb-closed": 503,
    "model-changed": 503,
    "disk-full": 507,
    "kb-damaged": 503,
    "record-damaged": 503,
    "words-damaged": 503,
    "kb-gone": 503,
    "kb-replaced": 503,
    "kb-unreadable": 503,
    "kb-not-writable": 503,
    "kb-read-only": 403,
    "kb-newer": 403,
    "kb-newer-unnamed": 403,
    "kb-unfinished": 503,
    "kb-older": 503,
}
_RETRY_SECONDS: Mapping[str, int] = {
    "server-busy": 2,
    "kb-busy": 2,
    "kb-closed": 10,
    "too-many-jobs": 30,
}
"""When to come again, for what passes by itself; other 503s need a person."""
PageOf = Callable[[Request, str, int], Response]
"""Makes the page that says one thing: the request, what is said, the status."""


class TooLargeError(HTTPException):
    """A body that grew beyond its limit while it arrived.

    It is an `HTTPException` because FastAPI turns any other error while a body is read
    into a plain 400.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(413)
        self.limit = limit


class SlowBodyError(HTTPException):
    """A body that arrived too slowly."""

    def __init__(self) -> None:
        super().__init__(408, headers={"connection": "close"})


class UploadFailedError(PhaenError):
    """None of the files sent could be read; `results` has the error of each."""

    def __init__(self, results: Sequence[Mapping[str, Any]]) -> None:
        first = results[0]["error"]
        super().__init__(first["code"] if len(results) == 1 else "upload-failed")
        self.results = results


def status_of(error: PhaenError) -> int:
    """Return the HTTP status of an error: 4xx where the client can correct it."""
    if error.code in STATUS:
        return STATUS[error.code]
    if isinstance(error, UsageError | ReadError):
        return 422
    return 503 if error.code.startswith("model-") else 500


def problem(
    request: Request,
    code: str,
    status: int,
    details: Mapping[str, object],
    errors: Sequence[Mapping[str, Any]] = (),
) -> Response:
    """Return the answer to an error, in the language of the request.

    A browser that wants a page gets one; everyone else the problem as JSON.
    """
    language = accepted(request.headers.get("accept-language"))
    if wants_page(request):
        language = "en" if request.query_params.get("lang") == "en" else "th"
    detail = without_folders(message(code, language, **details))
    if wants_page(request):
        page: PageOf = request.app.state.problem_page
        answer = page(request, detail, status)
    else:
        answer = _problem_json(request, code, status, detail, errors)
    if code in _RETRY_SECONDS:
        answer.headers["retry-after"] = str(_RETRY_SECONDS[code])
    return answer


def _problem_json(
    request: Request, code: str, status: int, detail: str, errors: Sequence[Mapping[str, Any]]
) -> Response:
    body: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "code": code,
    }
    if errors:
        body["errors"] = [
            {name: without_folders(str(value)) for name, value in error.items()} for error in errors
        ]
    return JSONResponse(body, status, media_type=MEDIA_TYPE)


def wants_page(request: Request) -> bool:
    """Return whether a page answers better than JSON: a browser asks, and not under `/v1`.

    Of `/v1` only what a link can ask for (GET) is answered by a page, and only to those
    who name HTML and not JSON.
    """
    media = request.headers.get("accept", "")
    if "text/html" not in media or "json" in media:
        return False
    api = request.scope["path"].startswith("/v1/")
    return not api or request.method in ("GET", "HEAD")
