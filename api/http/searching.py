"""Search over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field

from api.http.knowledge import Kb, Limits, ServerLimits
from api.http.records import ProjectHit, Shape, StatementHit
from ingest.errors import UsageError
from kb import Filters, KnowledgeBase, Mode

router = APIRouter(tags=["search"])


class SearchRequest(Shape):
    """What to look for, how, and among which records."""

    query: str = Field(description="ข้อความที่ค้น · what to look for")
    mode: Mode = Field("smart", description="smart words meaning exact")
    kinds: list[str] = Field([], max_length=20, description="ชนิดข้อความ · kinds of record")
    organisation: str | None = Field(None, max_length=500)
    province: str | None = Field(None, max_length=500)
    period: tuple[int, int] | None = Field(None, description="[from, to] พ.ศ. · BE")
    limit: int = Field(10, ge=1, le=200)

    def filters(self) -> Filters:
        """Make the store's filters."""
        return Filters(
            kinds=tuple(self.kinds), organisation=self.organisation, province=self.province,
            period=self.period,
        )  # fmt: skip


class SearchAnswer(Shape):
    """What was found, best first; no hit where nothing truly answers."""

    query: str
    mode: Mode
    hits: list[StatementHit | ProjectHit]
    found: int
    suggestion: str | None
    notes: list[str]
    took_ms: float


@router.post("/search", summary="ค้นหาในแผน", response_model=SearchAnswer)
def search(kb: Kb, limits: Limits, asked: SearchRequest) -> JSONResponse:
    """Search all plans by words and by meaning; every hit says why it was found."""
    return JSONResponse(answer(kb, asked, limits))


def answer(kb: KnowledgeBase, asked: SearchRequest, limits: ServerLimits) -> dict[str, Any]:
    """Answer a search; used by the page at `/` as well."""
    if not asked.query.strip():
        raise UsageError("query-empty")
    if len(asked.query) > limits.query_characters:
        raise UsageError("query-too-long", length=len(asked.query), limit=limits.query_characters)
    return kb.search(
        asked.query, mode=asked.mode, filters=asked.filters(), limit=asked.limit
    ).to_dict()
