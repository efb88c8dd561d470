"""Comparisons over HTTP: as data, or as the report where HTML is asked for."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import Field

from api.http.knowledge import Kb
from api.http.records import Shape
from ingest.errors import UsageError
from kb import Filters

router = APIRouter(tags=["comparison"])


class ComparisonRequest(Shape):
    """Whom to compare, on what; without names all bodies that fit are compared."""

    organisations: list[str] = Field([], max_length=400, description="ชื่อหน่วยงาน · names of bodies")
    kinds: list[str] = Field(["vision"], min_length=1, max_length=10)
    over_time: bool = Field(False, description="เทียบแผนเดิมกับแผนใหม่ด้วย · old plans with new")
    organisation_kinds: list[str] = Field([], max_length=20)
    province: str | None = Field(None, max_length=500)

    def filters(self) -> Filters:
        """Make the store's filters."""
        if "project" in self.kinds:
            raise UsageError("compare-kind", kind="project")
        return Filters(
            kinds=tuple(self.kinds), organisation_kinds=tuple(self.organisation_kinds),
            province=self.province,
        )  # fmt: skip


class ComparisonAnswer(Shape):
    """How bodies agree and differ; `changes` is filled over time."""

    kinds: list[str]
    over_time: bool
    organisations: list[dict[str, Any]]
    without: list[str]
    pairs: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    drift: list[dict[str, Any]]


@router.post(
    "/comparisons", summary="เปรียบเทียบวิสัยทัศน์", response_model=ComparisonAnswer,
    responses={200: {"content": {"text/html": {}}}},
)  # fmt: skip
def comparisons(kb: Kb, request: Request, asked: ComparisonRequest) -> Response:
    """Compare bodies by what they want; `Accept: text/html` gives the report."""
    from kb.comparison import compare

    found = compare(
        kb, asked.organisations, over_time=asked.over_time, filters=asked.filters(),
        encoder=kb.ready_encoder(),
    ).to_dict()  # fmt: skip
    if "text/html" in request.headers.get("accept", ""):
        from api.charts.report import page

        return HTMLResponse(page(found))
    return JSONResponse(found)
