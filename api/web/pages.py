"""`/documents/{id}/pages/{n}`: a page as it was printed beside what was read from it."""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from api.http.privacy import worded
from api.http.state import Kb
from api.text.heading import title
from api.text.labels import REVIEWS, STATEMENTS, label
from api.text.language import Language
from api.text.messages import message
from api.text.money import money, warnings
from api.web.page_images import PageImages, texts_of
from api.web.rendering import error_page, language_of, page
from ingest.errors import PhaenError, UsageError
from ingest.readers.page_image import Box
from ingest.records import Page
from kb import KnowledgeBase
from kb.store.filters import Filters
from kb.store.records import Stored

router = APIRouter(include_in_schema=False)
_POOR = 0.9
"""Pages of a lower quality are shown as badly read."""
_KEPT = {"cache-control": "private, max-age=3600"}


@router.get("/documents/{document}/original")
def original(request: Request, kb: Kb, document: str) -> Response:
    """Send the file that a document was read from, under its own name."""
    try:
        stored = kb.document(document)
        path = kb.original(stored.id)
        if path is None:
            raise UsageError("original-missing")
    except PhaenError as error:
        return error_page(request, error)
    name = urllib.parse.quote(stored.file.rpartition("/")[2], safe="")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return FileResponse(path, media_type="application/octet-stream", headers=headers)


@router.get("/documents/{document}/pages/{number}.png")
def image(request: Request, kb: Kb, document: str, number: int) -> Response:
    """Draw a page of a document."""
    try:
        stored = kb.document(document)
        records = _records(kb, stored.id, number)
        drawn = _images(request).page(kb, stored.id, number, texts_of(records))
    except PhaenError as error:
        return Response(worded(error, language_of(request)), 404, media_type="text/plain")
    return Response(drawn.png, media_type="image/png", headers=_KEPT)


@router.get("/documents/{document}/pages/{number}", response_class=HTMLResponse)
def printed(request: Request, kb: Kb, document: str, number: int) -> HTMLResponse:
    """Show a page as it was printed beside what was read from it."""
    language = language_of(request)
    try:
        stored = kb.document(document)
        pages = kb.pages(stored.id)
        own = next((one for one in pages if one.number == number), None)
        if own is None:
            raise UsageError("page-unknown", page=number)
    except PhaenError as error:
        return error_page(request, error)
    records = _records(kb, stored.id, number)
    boxes: tuple[tuple[Box, ...], ...] = ()
    problem = ""
    try:
        boxes = _images(request).page(kb, stored.id, number, texts_of(records)).boxes
    except PhaenError as error:
        problem = worded(error, language)
    whole = stored.to_dict()
    reviews = {review.target: review.verdict for review in kb.reviews.all(stored.id)}
    return page(
        request,
        "page",
        f"{message('page', language, page=number)} · {title(whole)}",
        document=stored.id,
        document_title=title(whole),
        number=number,
        records=[_record_values(record, reviews, language) for record in records],
        boxes=[
            {"id": record.id, "style": _style(box), "text": record.text}
            for record, lines in zip(records, boxes, strict=False)
            for box in lines
        ],
        problem=problem,
        has_original=kb.original(stored.id) is not None,
        strip=[_strip(one, number) for one in pages],
        text=own.text,
    )


def _records(kb: KnowledgeBase, document: str, number: int) -> list[Stored]:
    found: list[Stored] = [
        one for one in kb.statements(Filters(document=document)) if one.page == number
    ]
    found += [one for one in kb.projects(Filters(document=document)) if one.page == number]
    return found


def _images(request: Request) -> PageImages:
    images: PageImages = request.app.state.page_images
    return images


def _record_values(
    record: Stored, reviews: Mapping[str, str], language: Language
) -> dict[str, Any]:
    values = record.to_dict()
    verdict = reviews.get(record.id)
    return {
        "id": record.id,
        "label": label(STATEMENTS, record.kind, language),
        "text": record.text,
        "budget": money(values["budget"], language) if values.get("budget") else "",
        "warnings": warnings(values, language),
        "review": label(REVIEWS, verdict, language) if verdict else "",
    }


def _style(box: Box) -> str:
    left, top, width, height = (f"{100 * value:.2f}%" for value in box)
    return f"left:{left};top:{top};width:{width};height:{height}"


def _strip(one: Page, number: int) -> dict[str, Any]:
    kind = ""
    if one.quality is not None and one.quality < _POOR:
        kind = "poor"
    if not one.text.strip():
        kind = "unread"
    return {"number": one.number, "kind": kind, "current": one.number == number}
