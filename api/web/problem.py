"""The page `/problems/{code}`: what an error's `type` means."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.text.messages import MESSAGES, message
from api.web.rendering import language_of, notice_page

router = APIRouter(include_in_schema=False)


@router.get("/problems/{code}", response_class=HTMLResponse)
def problem(request: Request, code: str) -> HTMLResponse:
    """Show what an error's `type` means."""
    language = language_of(request)
    if code not in MESSAGES:
        return notice_page(request, message("problem-unknown", language, code=code), 404)
    return notice_page(request, message(code, language), 200)
