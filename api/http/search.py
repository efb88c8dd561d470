"""Search over HTTP."""

from __future__ import annotations

import contextlib
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from api.http.fields import BodyKind, Flag, PlanName, RecordKind, Share, Whole, Year
from api.http.paging import cursor_of, key_of
from api.http.schemas import ProjectHit, StatementHit, StrictModel
from api.http.search_processes import NoProcessError
from api.http.state import Kb, Limits, SearchProcessesDependency, ServerLimits
from ingest.errors import UsageError
from kb import Arranged, Filters, KnowledgeBase, Mode, Sort

router = APIRouter(tags=["search"])


class SearchRequest(StrictModel):
    """A query: text or record, mode, filters, order and paging.

    Where `like` names a record, what is like it is looked for; `query` may be empty then.
    """

    query: str = Field(description="ข้อความที่ค้น · what to look for")
    like: str | None = Field(
        None, max_length=64, description="รหัสข้อความหรือโครงการที่ต้องการหาสิ่งที่คล้าย · a record's id"
    )
    mode: Mode = Field("smart", description="smart words meaning exact")
    kinds: list[RecordKind] = Field([], max_length=20, description="ชนิดข้อความ · kinds of record")
    organisation: str | None = Field(None, max_length=500)
    organisation_kinds: list[BodyKind] = Field(
        [], max_length=20, description="ชนิดหน่วยงาน · kinds of body"
    )
    province: str | None = Field(None, max_length=500)
    district: str | None = Field(None, max_length=500)
    plan_kinds: list[PlanName] = Field([], max_length=20, description="ชนิดแผน · kinds of plan")
    period: tuple[Year, Year] | None = Field(None, description="[from, to] พ.ศ. · BE")
    document: str | None = Field(None, max_length=64, description="รหัสเอกสาร · a document's id")
    min_confidence: Share = Field(0.0, description="ความเชื่อมั่นอย่างน้อย · least confidence")
    reviewed: Flag | None = Field(None, description="คนตรวจแล้วหรือยัง · looked at by a person")
    sort: Sort = Field("relevance", description="relevance newest oldest organisation")
    by_document: Flag = Field(False, description="เอกสารละหนึ่งรายการ · one hit a document")
    facets: Flag = Field(False, description="นับตามชนิด หน่วยงาน ปี · count by kind, body, year")
    literal: Flag = Field(
        False, description="ค้นตามที่พิมพ์ ไม่ตีความ · take the question as it was typed"
    )
    limit: Whole = Field(10, ge=1, le=200)
    cursor: str | None = Field(
        None, max_length=200, description="ค่า next ของหน้าก่อน · `next` of the page before"
    )

    def filters(self) -> Filters:
        """Return the filters of the store."""
        return Filters(
            kinds=tuple(self.kinds),
            organisation=self.organisation,
            organisation_kinds=tuple(self.organisation_kinds),
            province=self.province,
            district=self.district,
            plan_kinds=tuple(self.plan_kinds),
            period=self.period,
            document=self.document,
            min_confidence=self.min_confidence,
            reviewed=self.reviewed,
        )

    def arranged(self) -> Arranged:
        """Return how the hits are to be ordered, grouped and counted."""
        return Arranged(
            self.sort, by_document=self.by_document, facets=self.facets, literal=self.literal
        )


class FacetCounts(StrictModel):
    """Numbers of hits by kind, organisation and so on; years are Buddhist Era."""

    kind: dict[str, int]
    organisation: dict[str, int]
    organisation_kind: dict[str, int]
    province: dict[str, int]
    plan_kind: dict[str, int]
    year: dict[str, int]


class Understood(StrictModel):
    """How a question was read: its subject, and what else it asks for; `years` are BE."""

    subject: str
    kinds: list[RecordKind]
    organisations: list[str]
    places: list[str]
    years: tuple[int, int] | None
    without: list[str]
    corrected: str | None


class SearchAnswer(StrictModel):
    """The hits, best first; none if nothing is relevant."""

    query: str
    mode: Mode
    hits: list[StatementHit | ProjectHit]
    found: int
    suggestion: str | None
    notes: list[str]
    facets: FacetCounts | None
    understood: Understood | None
    weak: bool
    next: str | None
    took_ms: float


@router.post("/search", summary="ค้นหาในแผน", response_model=SearchAnswer)
async def search(
    kb: Kb, limits: Limits, search_processes: SearchProcessesDependency, body: SearchRequest
) -> Response:
    """Search all plans by words and by meaning; every hit gives its evidence."""
    if search_processes is not None:
        with contextlib.suppress(NoProcessError):
            answered = await search_processes.answer(body.model_dump_json())
            return Response(answered, media_type="application/json")
    return JSONResponse(await run_in_threadpool(answer, kb, body, limits))


def answer(kb: KnowledgeBase, body: SearchRequest, limits: ServerLimits) -> dict[str, Any]:
    """Return the answer to a search; the page at `/` uses it as well."""
    if len(body.query) > limits.query_characters:
        raise UsageError("query-too-long", length=len(body.query), limit=limits.query_characters)
    start = key_of(body.cursor)
    if body.like:
        result = kb.like(
            body.like,
            mode=body.mode,
            filters=body.filters(),
            limit=body.limit,
            offset=start,
            arranged=body.arranged(),
        )
    elif body.query.strip():
        result = kb.search(
            body.query,
            mode=body.mode,
            filters=body.filters(),
            limit=body.limit,
            offset=start,
            arranged=body.arranged(),
        )
    else:
        raise UsageError("query-empty")
    following = start + body.limit
    more = cursor_of(following) if following < result.found else None
    return result.to_dict() | {"next": more}
