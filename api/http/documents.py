"""Documents over HTTP: uploads, lists, one with all it says, removal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from api.http.knowledge import Kb
from api.http.paging import FilterQuery, Page, key_of, page_of
from api.http.records import DocumentShape, WholeDocument
from api.tree import tree

router = APIRouter(prefix="/documents", tags=["documents"])


@router.get("", summary="รายการเอกสาร", response_model=Page[DocumentShape])
def documents(kb: Kb, asked: Annotated[FilterQuery, Query()]) -> JSONResponse:
    """Documents that fit the filters, in the order they came."""
    found = kb.store.documents(asked.filters(), limit=asked.limit + 1, after=key_of(asked.cursor))
    return JSONResponse(page_of(found, asked.limit))


@router.get("/{document}", summary="เอกสารหนึ่งฉบับ", response_model=WholeDocument)
def document(kb: Kb, document: str) -> JSONResponse:
    """Return one document with its statements and projects, in reading order and as a tree."""
    kept = kb.store.document(document)
    whole = kb.store.whole(kept.id).to_dict()
    return JSONResponse(
        whole | {"added_at": kept.added_at, "tree": tree(whole["statements"], whole["projects"])}
    )


@router.delete("/{document}", summary="ลบเอกสาร", status_code=204)
def remove(kb: Kb, document: str) -> Response:
    """Forget a document and everything that only it said."""
    kb.remove(kb.store.document(document).id)
    return Response(status_code=204)
