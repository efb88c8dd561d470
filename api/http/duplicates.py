"""Duplicates over HTTP: whether a project was planned before."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from api.http.fields import Flag, Real, Whole, Year
from api.http.jobs import Job, JobShape
from api.http.responses import finished_in_time, job_accepted
from api.http.schemas import OrganisationShape, ProjectShape, StatementShape, StrictModel
from api.http.state import Kb, Limits
from ingest.errors import UsageError
from ingest.project_names.correction import correction
from ingest.records import StatementKind
from kb import Filters
from kb.duplicates.copied_statements import LEAST_SHARE
from kb.loading.proposals import LONGEST, Proposal, proposal

router = APIRouter(prefix="/duplicates", tags=["duplicates"])

RelationName = Literal[
    "duplicate", "continuation", "same_activity_elsewhere", "related", "different"
]


class PartsAsked(StrictModel):
    """Corrected parts of a name: a facet given here replaces what was read."""

    work: str | None = Field(None, max_length=LONGEST)
    places: dict[str, list[Annotated[str, Field(max_length=500)]]] = Field({}, max_length=30)


class ProposalAsked(StrictModel):
    """A project somebody proposes; `parts` corrects what was read of its name."""

    title: str = Field(max_length=LONGEST, description="ชื่อโครงการ · name")
    objective: str | None = Field(None, max_length=20_000)
    place: str | None = Field(None, max_length=2_000, description="สถานที่ · place")
    year: Whole | None = Field(None, description="ปีงบประมาณ พ.ศ. · fiscal year (BE)")
    budget: Decimal | None = Field(None, description="บาท · baht")
    organisation: str | None = Field(None, max_length=500)
    parts: PartsAsked | None = None

    def proposal(self) -> Proposal:
        """Return the validated proposal; raises what `kb.loading.proposals.proposal` raises."""
        from api.text.requested_options import organisation_named

        body = organisation_named(self.organisation) if self.organisation else None
        corrected = correction(self.parts.work, self.parts.places) if self.parts else None
        return proposal(
            self.title,
            objective=self.objective,
            place=self.place,
            organisation=body,
            year=self.year,
            budget=self.budget,
            correction=corrected,
        )


class AmongAsked(StrictModel):
    """Filters of the records to compare with."""

    organisation: str | None = Field(None, max_length=500)
    province: str | None = Field(None, max_length=500)
    period: tuple[Year, Year] | None = None

    def filters(self) -> Filters:
        """Return the filters of the store."""
        return Filters(organisation=self.organisation, province=self.province, period=self.period)


class DuplicatesRequest(AmongAsked):
    """Proposals, the records to compare with, and the least probability of a duplicate."""

    proposals: list[ProposalAsked] = Field(min_length=1, max_length=500)
    limit: Whole = Field(10, ge=1, le=100)
    threshold: Real = Field(0.5, ge=0, le=1)
    meaning: Flag = True


class WithinRequest(AmongAsked):
    """The records to group, and the least probability of a duplicate."""

    threshold: Real = Field(0.5, ge=0, le=1)
    limit: Whole = Field(100, ge=1, le=10_000)


class CopiesRequest(AmongAsked):
    """The statements to compare, and the least share of the shorter one found in the other."""

    kinds: list[StatementKind] = Field(["vision", "mission"])
    share: Real = Field(LEAST_SHARE, gt=0, le=1)
    limit: Whole = Field(100, ge=1, le=1000)


class ThresholdsRequest(StrictModel):
    """Earlier answers and the thresholds to apply to them."""

    results: list[dict[str, Any]] = Field(min_length=1, max_length=500)
    thresholds: dict[
        Literal["duplicate", "continuation", "same_activity_elsewhere", "related"], Real
    ]


class PointShape(StrictModel):
    """One part of a name, and its values in the proposal and in the project."""

    part: str
    proposal: list[str]
    project: list[str]


class ReadProposalShape(StrictModel):
    """A proposal as it was read."""

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
    indicator: str | None
    expected_result: str | None
    sheet: str | None
    row: int | None
    warnings: list[str]


class DuplicateMatchShape(StrictModel):
    """A project like the proposal: `score` is the calibrated chance of the relation."""

    project: ProjectShape | ReadProposalShape
    in_workbook: bool
    relation: RelationName
    score: float
    chances: dict[RelationName, float]
    agrees: list[PointShape]
    differs: list[PointShape]
    notes: list[str]
    review: str | None


class ModelShape(StrictModel):
    """A project elsewhere worth copying, with what a unit of it was to cost, in baht."""

    project: ProjectShape | ReadProposalShape
    score: float
    unit: str | None
    unit_cost: int | str | None


class FindingShape(StrictModel):
    """The result of one proposal; `parts` are shown so that people can correct them."""

    proposal: ReadProposalShape
    parts: dict[str, Any]
    matches: list[DuplicateMatchShape]
    models: list[ModelShape]
    notes: list[str]


class DuplicatesAnswer(StrictModel):
    """The answers, in the order of the proposals."""

    results: list[FindingShape]


class RenamedAnswer(StrictModel):
    """The answers with the new thresholds applied."""

    results: list[dict[str, Any]]


class LinkShape(StrictModel):
    """Two projects of a group by their ids, and what holds them together."""

    a: str
    b: str
    relation: RelationName
    score: float


class GroupShape(StrictModel):
    """Projects that are one work, or a chain of it over years; `score` is the weakest link's."""

    relation: RelationName
    score: float
    projects: list[ProjectShape]
    links: list[LinkShape]


class GroupsAnswer(StrictModel):
    """The groups, duplicates first; `found` counts all of them."""

    found: int
    groups: list[GroupShape]


class CopyShape(StrictModel):
    """Two statements of which one copies much of the other; `spans` are offsets into each."""

    a: StatementShape
    b: StatementShape
    share: float
    copied: list[str]
    spans: dict[Literal["a", "b"], list[tuple[int, int]]]


class CopiesAnswer(StrictModel):
    """Near-copies, the largest share first."""

    copies: list[CopyShape]


@router.post("", summary="เคยมีในแผนแล้วหรือไม่", response_model=DuplicatesAnswer)
def duplicates(kb: Kb, limits: Limits, body: DuplicatesRequest) -> JSONResponse:
    """Return earlier projects like each proposal, with their relation and its probability."""
    from kb.duplicates import duplicates_of
    from kb.duplicates.match import Thresholds

    if body.limit > limits.results:
        raise UsageError("limit-invalid", value=body.limit)
    results = duplicates_of(kb).find(
        [proposal.proposal() for proposal in body.proposals],
        filters=body.filters(),
        limit=body.limit,
        thresholds=Thresholds(duplicate=body.threshold),
        meaning=body.meaning,
    )
    return JSONResponse({"results": [result.to_dict() for result in results]})


@router.post("/thresholds", summary="เปลี่ยนเกณฑ์โดยไม่เปรียบเทียบใหม่", response_model=RenamedAnswer)
def thresholds(body: ThresholdsRequest) -> JSONResponse:
    """Apply other thresholds to answers of `POST /v1/duplicates`; nothing is compared again."""
    from kb.duplicates.match import Thresholds
    from kb.duplicates.rethreshold import rethreshold_answer

    changed = Thresholds(**body.thresholds)
    return JSONResponse(
        {"results": [rethreshold_answer(result, changed) for result in body.results]}
    )


@router.post(
    "/within",
    summary="โครงการซ้ำกันเองในฐานความรู้",
    response_model=GroupsAnswer,
    responses={202: {"model": JobShape, "description": "งานยังไม่เสร็จ · still at work"}},
)
async def within(
    request: Request,
    kb: Kb,
    limits: Limits,
    body: WithinRequest,
    prefer: Annotated[str | None, Header(max_length=200)] = None,
) -> JSONResponse:
    """Group duplicate projects of the knowledge base, and chains of one work over years.

    Work that takes longer than some seconds answers 202 with a job; its result are the groups.
    """
    job = Job("duplicates-within")
    filters = body.filters()

    def search_groups(job: Job) -> None:
        from kb.duplicates import duplicates_of
        from kb.duplicates.groups import find_groups

        for group in find_groups(
            duplicates_of(kb), filters=filters, threshold=body.threshold, progress=job.progress
        )[: body.limit]:
            job.result.append(group.to_dict())

    work = request.app.state.jobs.start(job, search_groups)
    if not await finished_in_time(job, work, prefer, limits):
        return job_accepted(job)
    job.raise_failure()
    return JSONResponse({"found": len(job.result), "groups": job.result})


@router.post("/statements", summary="วิสัยทัศน์และพันธกิจที่คัดลอกกัน", response_model=CopiesAnswer)
def statements(kb: Kb, body: CopiesRequest) -> JSONResponse:
    """Find near-copies of statements between bodies and years, the copied part marked."""
    from kb.duplicates.copied_statements import near_copies

    copies = near_copies(
        kb.store, body.filters(), kinds=tuple(body.kinds), share=body.share, limit=body.limit
    )
    return JSONResponse({"copies": [near_copy.to_dict() for near_copy in copies]})
