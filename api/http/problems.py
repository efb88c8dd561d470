"""Errors over HTTP: RFC 9457 problem details with a stable `type` for every code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.text.language import Language, accepted
from api.text.messages import message
from ingest.errors import PhaenError, ReadError, UsageError


class ProblemShape(BaseModel):
    """What went wrong (RFC 9457): `type` and `code` are stable, `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: list[dict[str, Any]] = []


MEDIA_TYPE = "application/problem+json"
_STATUS: Mapping[str, int] = {
    "document-unknown": 404,
    "document-ambiguous": 409,
    "record-unknown": 404,
    "record-ambiguous": 409,
    "page-unknown": 404,
    "job-unknown": 404,
    "organisation-not-found": 404,
    "body-too-large": 413,
    "too-large": 413,
    "too-many-files": 413,
    "origin-refused": 403,
    "host-refused": 421,
    "too-many-jobs": 503,
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
_REASONS: Mapping[str, str] = {
    "extra_forbidden": "invalid-extra",
    "missing": "invalid-missing",
    "json_invalid": "invalid-json",
    "literal_error": "invalid-choice",
    "greater_than_equal": "invalid-range",
    "less_than_equal": "invalid-range",
    "string_too_long": "invalid-length",
    "too_long": "invalid-length",
    "string_too_short": "invalid-length",
    "too_short": "invalid-length",
}
_FIELDS_SHOWN = 20


class TooLargeError(HTTPException):
    """A body that grew beyond its limit while it arrived.

    It is an `HTTPException` because FastAPI turns any other error while a body is read
    into a plain 400.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(413)
        self.limit = limit


class UploadFailedError(PhaenError):
    """None of the files sent could be kept; `results` tells of each."""

    def __init__(self, results: Sequence[Mapping[str, Any]]) -> None:
        first = results[0]["error"]
        super().__init__(first["code"] if len(results) == 1 else "upload-failed")
        self.results = results


def status_of(error: PhaenError) -> int:
    """Choose the HTTP status of an error: 4xx where the asker can mend it."""
    if error.code in _STATUS:
        return _STATUS[error.code]
    if isinstance(error, UsageError | ReadError):
        return 422
    return 503 if error.code.startswith("model-") else 500


def problem(
    request: Request,
    code: str,
    status: int,
    details: Mapping[str, object],
    errors: Sequence[Mapping[str, Any]] = (),
) -> JSONResponse:
    """Make the answer for one error, worded in the language the asker reads."""
    body: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message(code, accepted(request.headers.get("accept-language")), **details),
        "instance": request.url.path,
        "code": code,
    }
    if errors:
        body["errors"] = list(errors)
    return JSONResponse(body, status, media_type=MEDIA_TYPE)


def handle_problems(app: FastAPI) -> None:
    """Let the application answer every error as a problem."""
    app.add_exception_handler(PhaenError, _phaen)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _phaen(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, PhaenError)  # noqa: S101 (registered for this class)
    if isinstance(error, UploadFailedError):
        return _upload(request, error)
    return problem(request, error.code, status_of(error), error.details)


def _upload(request: Request, error: UploadFailedError) -> JSONResponse:
    listed = [
        {"file": each["file"], "code": each["error"]["code"], "reason": each["error"]["message"]}
        for each in error.results
    ]
    reason = "; ".join(each["reason"] for each in listed)
    return problem(
        request, "upload-failed", _STATUS.get(error.code, 422), {"reason": reason}, listed
    )


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 (registered for this class)
    language = accepted(request.headers.get("accept-language"))
    found = [_field(item, language) for item in error.errors()[:_FIELDS_SHOWN]]
    reason = "; ".join(f"{item['field']}: {item['reason']}" for item in found)
    return problem(request, "request-invalid", 422, {"reason": reason}, found)


def _field(item: Mapping[str, Any], language: Language) -> dict[str, str]:
    """Word one of pydantic's complaints; its own English wording is for developers."""
    code = _REASONS.get(item["type"], "invalid-type")
    choices = (item.get("ctx") or {}).get("expected", "")
    return {
        "field": ".".join(str(part) for part in item["loc"] if not isinstance(part, int)),
        "code": item["type"],
        "reason": message(code, language, choices=choices),
    }


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 (registered for this class)
    codes = {404: "not-found", 405: "method-not-allowed", 413: "body-too-large"}
    code = codes.get(error.status_code, "body-broken")
    details = {
        "path": request.url.path,
        "method": request.method,
        "reason": error.detail,
        "limit": getattr(error, "limit", "?"),
    }
    answer = problem(request, code, error.status_code, details)
    answer.headers.update(error.headers or {})
    return answer


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    return problem(request, "internal", 500, {})
