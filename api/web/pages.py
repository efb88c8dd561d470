"""A document's original file and the pictures of its pages, `/documents/{id}/…`."""

from __future__ import annotations

from pathlib import PurePath

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse

from api.http.state import Kb
from ingest.errors import ReadError, UsageError
from kb.page_images import PageImages

router = APIRouter(include_in_schema=False)
_PRIVATE = "private, max-age=3600"


def page_images(request: Request) -> PageImages:
    """Return the pictures of pages of this server's knowledge base."""
    store = request.app.state.kb.store
    return PageImages(store.originals, request.app.state.workers)


@router.get("/documents/{document}/original")
def original(kb: Kb, document: str) -> FileResponse:
    """Send the file a document was read from, under the name it had."""
    stored = kb.document(document)
    path = kb.original(stored.id)
    if path is None:
        raise UsageError("original-missing", id=stored.id)
    return FileResponse(
        path,
        media_type="application/octet-stream",
        filename=PurePath(stored.file).name,
        headers={"cache-control": _PRIVATE},
    )


@router.get("/documents/{document}/pages/{number}.png")
def image(request: Request, kb: Kb, document: str, number: int) -> FileResponse:
    """Send the picture of a page, from 1."""
    stored = kb.document(document)
    if not 1 <= number <= stored.pages:
        raise ReadError("page-image-missing", file=stored.id)
    path = page_images(request).image(stored.id, number, stored.media_type)
    return FileResponse(path, media_type="image/png", headers={"cache-control": _PRIVATE})
