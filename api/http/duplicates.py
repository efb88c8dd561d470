"""Has this been planned before? Over HTTP."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field

from api.http.knowledge import Kb
from api.http.records import Money, OrganisationShape, ProjectShape, Shape
from api.wishes import organisation_named
from kb.duplicates import duplicates_of
from kb.filters import Filters
from kb.proposals import Proposal, proposal

router = APIRouter(tags=["duplicates"])
_MOST = 200
Relation = Literal["duplicate", "continuation", "same_activity_elsewhere", "related", "different"]


class ProposalSent(Shape):
    """A project somebody proposes; `title` is needed, the rest helps to tell relations."""

    title: str = Field(description="ชื่อโครงการ · title")
    objective: str | None = Field(None, description="วัตถุประสงค์ · objective")
    place: str | None = Field(None, description="สถานที่ · place")
    year: int | None = Field(None, description="ปีงบประมาณ พ.ศ. · fiscal year (BE)")
    budget: Decimal | None = Field(None, description="งบประมาณ (บาท) · baht")
    organisation: str | None = Field(None, max_length=500, description="หน่วยงาน · body")

    def proposal(self) -> Proposal:
        """Understand and check it."""
        body = organisation_named(self.organisation) if self.organisation else None
        return proposal(
            self.title, objective=self.objective, place=self.place, organisation=body,
            year=self.year, budget=self.budget,
        )  # fmt: skip


class DuplicatesRequest(Shape):
    """Proposals to compare with all projects kept, and with each other."""

    proposals: list[ProposalSent] = Field(min_length=1, max_length=_MOST)
    organisation: str | None = Field(None, max_length=500)
    province: str | None = Field(None, max_length=500)
    period: tuple[int, int] | None = Field(None, description="[from, to] พ.ศ. · BE")
    limit: int = Field(10, ge=1, le=200)

    def filters(self) -> Filters:
        """Make the store's filters."""
        return Filters(organisation=self.organisation, province=self.province, period=self.period)


class ProposalShape(Shape):
    """A proposal as it was understood."""

    id: str
    title: str
    objective: str | None
    target: str | None
    place: str | None
    organisation: OrganisationShape | None
    years: list[int]
    budget: dict[str, Money]
    money: Money | None
    declared_strategy: str | None
    sheet: str | None
    row: int | None
    warnings: list[str]


class PointShape(Shape):
    """A part in which two projects agree or differ: what each says of it."""

    part: str
    proposal: list[str]
    project: list[str]


class MatchShape(Shape):
    """A project like the proposal; `score` is the calibrated chance of `relation`."""

    project: ProjectShape | ProposalShape
    in_workbook: bool
    relation: Relation
    score: float
    chances: dict[Relation, float]
    agrees: list[PointShape]
    differs: list[PointShape]
    review: str | None


class ModelShape(Shape):
    """A project elsewhere worth copying, with what a unit of it was to cost."""

    project: ProjectShape | ProposalShape
    score: float
    unit: str | None
    unit_cost: Money | None


class DuplicatesResult(Shape):
    """What was planned before that is like one proposal, gravest first."""

    proposal: ProposalShape
    parts: dict[str, Any]
    matches: list[MatchShape]
    models: list[ModelShape]
    notes: list[str]


class DuplicatesAnswer(Shape):
    """One result a proposal, in the order they were sent."""

    results: list[DuplicatesResult]


@router.post("/duplicates", summary="เคยมีแผนแบบนี้หรือไม่", response_model=DuplicatesAnswer)
def duplicates(kb: Kb, asked: DuplicatesRequest) -> JSONResponse:
    """Compare proposals with every project kept, and with each other.

    A relation is told by work, place, years and money as well as by words: the same work
    at another place is a model to copy, never a duplicate.
    """
    found = duplicates_of(kb).find(
        [each.proposal() for each in asked.proposals], filters=asked.filters(), limit=asked.limit
    )
    return JSONResponse({"results": [finding.to_dict() for finding in found]})
