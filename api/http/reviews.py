"""Reviews over HTTP: people's verdicts on records and on pairs of projects."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import Field

from api.http.fields import Whole
from api.http.paging import ListPage, PageQuery, key_of, page_of
from api.http.schemas import ProjectShape, StatementShape, StrictModel
from api.http.state import Kb
from ingest.errors import UsageError
from ingest.records import StatementKind
from kb.duplicates.pair_reviews import PairReviews

Identity = Annotated[str, Field(min_length=1, max_length=64)]
Words = Annotated[str, Field(max_length=10_000)]
MOST_PAGES = 1_000_000
router = APIRouter(prefix="/reviews", tags=["reviews"])


class ReviewRequest(StrictModel):
    """A review of a record (`record`), a missing statement (`document`) or a pair (`match`).

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


class MatchReviewShape(StrictModel):
    """A pair of projects as a person judged it."""

    pair: tuple[str, str]
    verdict: Literal["duplicate", "not_duplicate"]
    note: str | None
    made_at: str


class ReviewShape(StrictModel):
    """A review of a record; the newest one of a record counts."""

    target: str
    document: str
    verdict: Literal["accepted", "corrected", "rejected", "added"]
    changes: dict[str, Any]
    note: str | None
    reviewer: str | None
    made_at: str


class ReviewQuery(PageQuery):
    """Which reviews are asked for: those of one document, or all."""

    document: str | None = Field(None, max_length=64, description="รหัสเอกสาร · document id")


@router.post(
    "",
    summary="บันทึกผลการตรวจ",
    status_code=201,
    response_model=StatementShape | ProjectShape | MatchReviewShape,
)
def review(kb: Kb, body: ReviewRequest) -> JSONResponse:
    """Store a review; return the record, or the pair, with the review applied."""
    remarks: dict[str, Any] = {"note": body.note, "reviewer": body.reviewer}
    if body.verdict in ("duplicate", "not_duplicate"):
        one, other = body.match or ("", "")
        return JSONResponse(PairReviews(kb.store).record(one, other, body.verdict, **remarks), 201)
    if body.verdict == "added":
        if body.document is None or body.kind is None or body.text is None:
            raise UsageError("addition-incomplete")
        reviewed = kb.reviews.add(body.document, body.kind, body.text, page=body.page, **remarks)
        return JSONResponse(reviewed.to_dict(), 201)
    if body.record is None:
        raise UsageError("record-missing")
    changes = {"kind": body.kind, "text": body.text} if body.verdict == "corrected" else {}
    reviewed = kb.reviews.review(body.record, body.verdict, **changes, **remarks)  # type: ignore[arg-type]
    return JSONResponse(reviewed.to_dict(), 201)


@router.get("", summary="ผลการตรวจที่บันทึกไว้", response_model=ListPage[ReviewShape])
def reviews(kb: Kb, query: Annotated[ReviewQuery, Query()]) -> JSONResponse:
    """Return the reviews of records, the oldest first."""
    full_id = kb.document(query.document).id if query.document else None
    stored = kb.reviews.all(full_id, limit=query.limit + 1, after=key_of(query.cursor))
    return JSONResponse(page_of(stored, query.limit))
