"""Duplicates over HTTP: whether a project was planned before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field

from api.http.knowledge import Kb, Limits
from api.http.records import OrganisationShape, ProjectShape, Shape, Years
from ingest.errors import UsageError
from kb import Filters
from kb.proposals import LONGEST, Proposal, proposal

router = APIRouter(prefix="/duplicates", tags=["duplicates"])

RelationName = Literal[
    "duplicate", "continuation", "same_activity_elsewhere", "related", "different"
]  # fmt: skip


class ProposalAsked(Shape):
    """A project somebody proposes."""

    title: str = Field(max_length=LONGEST, description="ชื่อโครงการ · name")
    objective: str | None = Field(None, max_length=20_000)
    place: str | None = Field(None, max_length=2_000, description="สถานที่ · place")
    year: int | None = Field(None, description="ปีงบประมาณ พ.ศ. · fiscal year (BE)")
    budget: Decimal | None = Field(None, description="บาท · baht")
    organisation: str | None = Field(None, max_length=500)

    def proposal(self) -> Proposal:
        """Check it; raises what `kb.proposals.proposal` raises."""
        from api.wishes import organisation_named

        body = organisation_named(self.organisation) if self.organisation else None
        return proposal(
            self.title, objective=self.objective, place=self.place, organisation=body,
            year=self.year, budget=self.budget,
        )  # fmt: skip


class DuplicatesRequest(Shape):
    """Proposals to look up, among which records, and how sure a duplicate must be."""

    proposals: list[ProposalAsked] = Field(min_length=1, max_length=500)
    limit: int = Field(10, ge=1, le=100)
    threshold: float = Field(0.5, ge=0, le=1)
    meaning: bool = True
    organisation: str | None = Field(None, max_length=500)
    province: str | None = Field(None, max_length=500)
    period: Years | None = None


class PointShape(Shape):
    """One part of a name, and what either side says of it."""

    part: str
    proposal: list[str]
    project: list[str]


class ProposalShape(Shape):
    """A proposal as it was understood."""

    id: str
    title: str
    objective: str | None
    target: str | None
    place: str | None
    organisation: OrganisationShape | None
    years: list[int]
    budget: dict[str, int | str]
    money: int | str | None
    declared_strategy: str | None
    sheet: str | None
    row: int | None
    warnings: list[str]


class MatchShape(Shape):
    """A project like the proposal: `score` is the calibrated chance of the relation."""

    project: ProjectShape | ProposalShape
    in_workbook: bool
    relation: RelationName
    score: float
    chances: dict[RelationName, float]
    agrees: list[PointShape]
    differs: list[PointShape]
    review: str | None


class ModelShape(Shape):
    """A project elsewhere worth copying, with what a unit of it was to cost, in baht."""

    project: ProjectShape | ProposalShape
    score: float
    unit: str | None
    unit_cost: int | str | None


class FindingShape(Shape):
    """What is known of one proposal; `parts` are shown so that people can correct them."""

    proposal: ProposalShape
    parts: dict[str, Any]
    matches: list[MatchShape]
    models: list[ModelShape]
    notes: list[str]


class DuplicatesAnswer(Shape):
    """The answers, in the order of the proposals."""

    results: list[FindingShape]


@router.post("", summary="เคยมีในแผนแล้วหรือไม่", response_model=DuplicatesAnswer)
def duplicates(kb: Kb, limits: Limits, asked: DuplicatesRequest) -> JSONResponse:
    """Tell what was planned before that is like each proposal, how, and how sure."""
    from kb.duplicates import duplicates_of
    from kb.duplicates.matches import Thresholds

    if asked.limit > limits.results:
        raise UsageError("limit-invalid", value=asked.limit)
    filters = Filters(organisation=asked.organisation, province=asked.province, period=asked.period)
    found = duplicates_of(kb).find(
        [each.proposal() for each in asked.proposals], filters=filters, limit=asked.limit,
        thresholds=Thresholds(duplicate=asked.threshold), meaning=asked.meaning,
    )  # fmt: skip
    return JSONResponse({"results": [finding.to_dict() for finding in found]})
