"""Exception handlers of the application: every error is answered as a problem (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.http.methods import allowed_methods
from api.http.problems import STATUS, PageOf, UploadFailedError, problem, status_of
from api.text.language import Language, accepted
from api.text.messages import message, printable
from ingest.errors import PhaenError

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
    "broken_type": "invalid-type",
    "broken_text": "invalid-text",
    "broken_number": "invalid-number",
    "too_deep": "invalid-depth",
}
_MAX_FIELDS = 20
_HTTP_CODES: Mapping[int, str] = {
    404: "not-found",
    405: "method-not-allowed",
    408: "body-slow",
    413: "body-too-large",
}


def handle_problems(app: FastAPI, page: PageOf) -> None:
    """Register handlers that answer every error as a problem, to browsers as a page."""
    app.state.problem_page = page
    app.add_exception_handler(PhaenError, _handle_phaen_error)
    app.add_exception_handler(RequestValidationError, _handle_invalid_request)
    app.add_exception_handler(HTTPException, _handle_http_error)
    app.add_exception_handler(Exception, _handle_unexpected_error)


def _handle_phaen_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, PhaenError)  # noqa: S101 (registered for this class)
    if isinstance(error, UploadFailedError):
        return _handle_failed_upload(request, error)
    return problem(request, error.code, status_of(error), error.details)


def _handle_failed_upload(request: Request, error: UploadFailedError) -> Response:
    failures = [
        {
            "file": outcome["file"],
            "code": outcome["error"]["code"],
            "reason": outcome["error"]["message"],
        }
        for outcome in error.results
    ]
    reason = "; ".join(outcome["reason"] for outcome in failures)
    return problem(
        request, "upload-failed", STATUS.get(error.code, 422), {"reason": reason}, failures
    )


def _handle_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 (registered for this class)
    language = accepted(request.headers.get("accept-language"))
    fields = [_field_error(item, language) for item in error.errors()[:_MAX_FIELDS]]
    reason = "; ".join(f"{item['field']}: {item['reason']}" for item in fields)
    return problem(request, "request-invalid", 422, {"reason": reason}, fields)


def _field_error(item: Mapping[str, Any], language: Language) -> dict[str, str]:
    """Word one of pydantic's complaints; its own English wording is for developers."""
    code = _REASONS.get(item["type"], "invalid-type")
    choices = (item.get("ctx") or {}).get("expected", "")
    return {
        "field": printable(".".join(str(x) for x in item["loc"] if not isinstance(x, int))),
        "code": item["type"],
        "reason": message(code, language, choices=choices),
    }


def _handle_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (registered for this class)
    code = _HTTP_CODES.get(error.status_code, "body-broken")
    details = {
        "path": request.url.path,
        "method": request.method,
        "reason": error.detail,
        "limit": getattr(error, "limit", "?"),
    }
    answer = problem(request, code, error.status_code, details)
    answer.headers.update(error.headers or {})
    if error.status_code == 405:
        answer.headers["allow"] = ", ".join(allowed_methods(request.scope))
    return answer


def _handle_unexpected_error(request: Request, error: Exception) -> Response:
    return problem(request, "internal", 500, {})
