"""Comparisons over HTTP: JSON, or the report where HTML is accepted."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from api.http.fields import BodyKind, Flag, RecordKind
from api.http.responses import report_page, wants_html
from api.http.schemas import StrictModel
from api.http.state import Kb
from ingest.errors import UsageError
from kb import Filters

router = APIRouter(tags=["comparison"])


class ComparisonRequest(StrictModel):
    """Whom to compare, on what; without names all bodies that fit are compared."""

    organisations: list[str] = Field([], max_length=400, description="ชื่อหน่วยงาน · names of bodies")
    kinds: list[RecordKind] = Field(["vision"], min_length=1, max_length=10)
    over_time: Flag = Field(False, description="เทียบแผนเดิมกับแผนใหม่ด้วย · old plans with new")
    organisation_kinds: list[BodyKind] = Field([], max_length=20)
    province: str | None = Field(None, max_length=500)
    areas: list[str] = Field(
        [], max_length=30, description="ภาคหรือกลุ่มจังหวัด · regions or groups of provinces"
    )

    def filters(self) -> Filters:
        """Return the filters of the store."""
        if "project" in self.kinds:
            raise UsageError("compare-kind", kind="project")
        return Filters(
            kinds=tuple(self.kinds),
            organisation_kinds=tuple(self.organisation_kinds),
            province=self.province,
        )


class ComparisonAnswer(StrictModel):
    """How bodies agree and differ; `changes` is filled over time."""

    kinds: list[str]
    over_time: bool
    organisations: list[dict[str, Any]]
    without: list[str]
    pairs: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    topics: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    drift: list[dict[str, Any]]
    periods: list[dict[str, Any]]


class AreaShape(StrictModel):
    """A region or a group of provinces."""

    name: str
    kind: Literal["region", "cluster"]
    english: str | None
    provinces: list[str]


_AREA = {
    "name": "ภาคเหนือตอนบน 2",
    "kind": "cluster",
    "english": None,
    "provinces": ["แพร่", "น่าน", "พะเยา", "เชียงราย"],
}


@router.get(
    "/areas",
    summary="ภาคและกลุ่มจังหวัด",
    responses={200: {"content": {"application/json": {"example": [_AREA]}}}},
)
def list_areas() -> list[AreaShape]:
    """List the six regions and eighteen groups of provinces, with their provinces."""
    from kb.reference.areas import areas

    return [AreaShape(**area.to_dict()) for area in areas()]


@router.post(
    "/comparisons",
    summary="เปรียบเทียบวิสัยทัศน์",
    response_model=ComparisonAnswer,
    responses={200: {"content": {"text/html": {}}}},
)
def comparisons(kb: Kb, request: Request, body: ComparisonRequest) -> Response:
    """Compare organisations by their statements; `Accept: text/html` gives the report."""
    from kb.comparison import compare

    comparison = compare(
        kb,
        body.organisations,
        over_time=body.over_time,
        filters=body.filters(),
        areas=body.areas,
        encoder=kb.ready_encoder(),
    ).to_dict()
    if wants_html(request):
        from api.reports.comparison import comparison_page

        return report_page(comparison_page(comparison))
    return JSONResponse(comparison)
