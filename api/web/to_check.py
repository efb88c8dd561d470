"""The page `/to-check`: what a person should look at, each with the way to its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.http.state import Kb
from api.text.heading import title, unread_reason
from api.text.language import Language
from api.text.messages import message
from api.web.pager import pages_of
from api.web.rendering import language_of, page
from kb.store.doubts import DOUBTS, Doubt, Doubtful, Doubts

router = APIRouter(include_in_schema=False)
LOOKS: Mapping[Doubt, str] = {"unsure": "warn", "unread": "bad", "body": "none", "scan": "warn"}
"""How each doubt looks: shape and colour beside its words."""
_ROWS = 50


@router.get("/to-check", response_class=HTMLResponse)
def to_check(
    request: Request,
    kb: Kb,
    what: Doubt = "unsure",
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> HTMLResponse:
    """List what is in doubt, the most doubtful first, fifty a page."""
    language, doubts = language_of(request), Doubts(kb.store)
    counts = {doubt: doubts.count(doubt) for doubt in DOUBTS}
    number = min(number, max(1, -(-counts[what] // _ROWS)))
    rows = doubts.rows(what, _ROWS, (number - 1) * _ROWS)

    def address(at: int) -> str:
        return "?" + urlencode({"what": what, "page": at, "lang": language})

    return page(
        request,
        "to_check",
        message("web-to-check", language),
        what=what,
        what_name=message(f"check-{what}", language),
        hint=message(f"check-{what}-hint", language),
        kinds=[
            (doubt, message(f"check-{doubt}", language), LOOKS[doubt], f"{counts[doubt]:,}")
            for doubt in DOUBTS
        ],
        rows=[_row(one, language) for one in rows],
        **pages_of(number, counts[what], _ROWS, address),
    )


def _row(one: Doubtful, language: Language) -> dict[str, Any]:
    text = one.text
    if one.record is None and one.page is not None:
        text = unread_reason(one.text, language)
    place = {"page": one.page, "record": one.record, "lang": language}
    return {
        "text": text,
        "title": title({"title": one.title, "file": one.file}),
        "organisation": one.organisation or message("organisation-unknown", language),
        "page": one.page,
        "sure": "" if one.confidence is None else f"{one.confidence:.0%}",
        "record": one.record,
        "address": f"/documents/{one.document}?"
        + urlencode({name: value for name, value in place.items() if value}),
    }
