"""Reviews over HTTP: a person's word on a record or on a match, and what was said so far."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import Field

from api.http.paging import Page, PageQuery, cursor_of, key_of
from api.http.plain import Whole
from api.http.records import ProjectShape, Shape, StatementShape
from api.http.state import Kb
from ingest.errors import UsageError
from ingest.records import StatementKind
from kb.duplicates.pair_reviews import PairReviews

Identity = Annotated[str, Field(min_length=1, max_length=64)]
Words = Annotated[str, Field(max_length=10_000)]
MOST_PAGES = 1_000_000
router = APIRouter(prefix="/reviews", tags=["reviews"])


class ReviewRequest(Shape):
    """A word on a record (`record`), a missing statement (`document`), or a pair (`match`).

    `corrected` takes a new `kind`, `text` or both; `added` takes `document`, `kind`, `text`
    and `page`; a pair of projects is `duplicate` or `not_duplicate`.
    """

    verdict: Literal["accepted", "corrected", "rejected", "added", "duplicate", "not_duplicate"]
    record: Identity | None = None
    document: Identity | None = None
    match: tuple[Identity, Identity] | None = None
    kind: StatementKind | None = None
    text: Words | None = None
    page: Whole = Field(1, ge=1, le=MOST_PAGES)
    note: Annotated[str, Field(max_length=2000)] | None = None
    reviewer: Annotated[str, Field(max_length=200)] | None = None


class MatchShape(Shape):
    """A pair of projects as a person judged it."""

    pair: tuple[str, str]
    verdict: Literal["duplicate", "not_duplicate"]
    note: str | None
    made_at: str


class ReviewShape(Shape):
    """What a person said of a record: the last word on it counts."""

    target: str
    document: str
    verdict: Literal["accepted", "corrected", "rejected", "added"]
    changes: dict[str, Any]
    note: str | None
    reviewer: str | None
    made_at: str


@router.post(
    "",
    summary="บันทึกผลการตรวจ",
    status_code=201,
    response_model=StatementShape | ProjectShape | MatchShape,
)
def review(kb: Kb, said: ReviewRequest) -> JSONResponse:
    """Keep a person's word; answer with the record, or the pair, as it now stands."""
    words: dict[str, Any] = {"note": said.note, "reviewer": said.reviewer}
    if said.verdict in ("duplicate", "not_duplicate"):
        one, other = said.match or ("", "")
        return JSONResponse(PairReviews(kb.store).record(one, other, said.verdict, **words), 201)
    if said.verdict == "added":
        if said.document is None or said.kind is None or said.text is None:
            raise UsageError("addition-incomplete")
        stands = kb.reviews.add(said.document, said.kind, said.text, page=said.page, **words)
        return JSONResponse(stands.to_dict(), 201)
    if said.record is None:
        raise UsageError("record-missing")
    changes = {"kind": said.kind, "text": said.text} if said.verdict == "corrected" else {}
    stands = kb.reviews.review(said.record, said.verdict, **changes, **words)  # type: ignore[arg-type]
    return JSONResponse(stands.to_dict(), 201)


@router.get("", summary="ผลการตรวจที่บันทึกไว้", response_model=Page[ReviewShape])
def reviews(
    kb: Kb,
    asked: Annotated[PageQuery, Query()],
    document: Annotated[str | None, Query(max_length=64)] = None,
) -> JSONResponse:
    """Give what people said of records, the oldest first."""
    known = kb.document(document).id if document else None
    said = [each.to_dict() for each in kb.reviews.all(known)]
    after = key_of(asked.cursor)
    more = len(said) > after + asked.limit
    following = cursor_of(after + asked.limit) if more else None
    return JSONResponse({"items": said[after : after + asked.limit], "next": following})
