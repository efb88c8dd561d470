"""How do our visions compare? Over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.http.knowledge import Kb
from api.http.records import Shape
from ingest.records import StatementKind
from kb.comparison import compare
from kb.filters import Filters

router = APIRouter(tags=["comparisons"])


class ComparisonRequest(Shape):
    """Whom to compare, and on what."""

    organisations: list[str] = Field(
        [], max_length=400, description="ชื่อหน่วยงาน ว่างคือทั้งหมด · bodies, all if empty"
    )
    kinds: list[StatementKind] = Field(["vision"], min_length=1, description="ชนิดข้อความ · kinds")
    over_time: bool = Field(False, description="เทียบแผนเก่ากับแผนใหม่ · plans of a body in turn")
    organisation_kinds: list[str] = Field([], max_length=20)
    province: str | None = Field(None, max_length=500)
    period: tuple[int, int] | None = Field(None, description="[from, to] พ.ศ. · BE")

    def filters(self) -> Filters:
        """Make the store's filters."""
        return Filters(
            kinds=tuple(self.kinds), organisation_kinds=tuple(self.organisation_kinds),
            province=self.province, period=self.period,
        )  # fmt: skip


class ComparisonAnswer(BaseModel):
    """The comparison as data: what each body says, how close each two are, groups, changes."""

    kinds: list[StatementKind]
    over_time: bool
    organisations: list[dict[str, Any]]
    without: list[str]
    pairs: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    drift: list[dict[str, Any]]


@router.post("/comparisons", summary="เปรียบเทียบวิสัยทัศน์", response_model=ComparisonAnswer)
def comparisons(kb: Kb, asked: ComparisonRequest) -> JSONResponse:
    """Compare bodies by what they want: shared phrases, themes, groups, changes over time.

    Closeness lies in [0, 1]; 1 means the same words. Bodies that say nothing of the kinds
    asked for are named in `without`.
    """
    found = compare(
        kb, asked.organisations, over_time=asked.over_time, filters=asked.filters(),
        encoder=kb.ready_encoder(),
    )  # fmt: skip
    return JSONResponse(found.to_dict())
