"""Review sets over HTTP: a workbook in, its rows with evidence, decisions, the workbook out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import Field

from api.http.access import person_name
from api.http.alignment import ProposalShape
from api.http.fields import Whole
from api.http.jobs import JobShape
from api.http.paging import PageQuery
from api.http.review_jobs import begin_proposal, begin_workbook
from api.http.review_workbook import workbook_answer
from api.http.schemas import StrictModel
from api.http.state import Kb
from kb.review_sets.decisions import LONGEST_NOTE, Decisions
from kb.review_sets.records import (
    AlignmentDecision,
    Decision,
    DuplicateDecision,
    RowFilter,
    RowState,
)
from kb.review_sets.sets import ReviewSets
from kb.review_sets.summary import summary_of

router = APIRouter(tags=["review-sets"])
_SETS = "/review-sets"


class ReviewSetShape(StrictModel):
    """A set of proposals under review; `rows` and `decided` count its rows."""

    id: str
    name: str
    file: str
    against: list[str]
    state: Literal["waiting", "judged", "failed"]
    error: str | None
    job: str | None
    made_by: str | None
    made_at: str
    rows: int
    decided: int


class ReviewSetList(StrictModel):
    """All review sets, the newest first."""

    items: list[ReviewSetShape]
    next: None


class BegunShape(StrictModel):
    """A new set, and the job that judges it."""

    set: ReviewSetShape
    job: JobShape


class DecisionShape(StrictModel):
    """Two decisions on a row, null where open, and a note to the project's owner."""

    alignment: AlignmentDecision | None = None
    duplicate: DuplicateDecision | None = None
    note: str = Field("", max_length=LONGEST_NOTE)

    def decision(self) -> Decision:
        """Return the decision."""
        return Decision(self.alignment, self.duplicate, self.note)


class ReviewRowShape(StrictModel):
    """A row: the proposal, its evidence, and what was decided; `version` grows with changes."""

    number: int
    sheet: str | None
    row: int | None
    title: str
    state: RowState
    proposal: dict[str, Any]
    alignment: dict[str, Any] | None
    duplicates: dict[str, Any] | None
    verdict: str | None
    relation: str | None
    strategy: str | None
    decision: DecisionShape
    assigned: str | None
    version: int
    decided_by: str | None
    decided_at: str | None


class RowList(StrictModel):
    """A page of rows; `next` is the cursor of the following page, null on the last."""

    items: list[ReviewRowShape]
    next: str | None


class DecisionRequest(DecisionShape):
    """A decision, and the version of the row that it was made on."""

    version: Whole = Field(ge=0)


class ManyRequest(DecisionShape):
    """One decision on many rows: the version of each by its number."""

    rows: dict[int, Whole] = Field(min_length=1, max_length=10_000)


class ManyAnswer(StrictModel):
    """The rows decided, and those that somebody else has changed since."""

    decided: list[int]
    changed: list[int]


class AssignmentRequest(StrictModel):
    """Rows and the person they are for; null for nobody."""

    rows: list[Whole] = Field(min_length=1, max_length=10_000)
    to: str | None = Field(None, max_length=200)


class ProposalRequest(ProposalShape):
    """A typed proposal and the plans it is judged against."""

    against: list[str] = Field([], max_length=20)


class HistoryShape(StrictModel):
    """A change of a decision: what it was, what it became, who made it and when."""

    action: str
    before: DecisionShape
    after: DecisionShape
    version: int
    made_by: str | None
    made_at: str


class HistoryAnswer(StrictModel):
    """The decisions on a row, the newest first."""

    items: list[HistoryShape]


class RowQuery(PageQuery):
    """Which rows are asked for; filters compose. An empty `assigned` means nobody's."""

    state: RowState | None = None
    verdict: str | None = Field(None, max_length=50)
    relation: str | None = Field(None, max_length=50)
    strategy: str | None = Field(None, max_length=5000)
    assigned: str | None = Field(None, max_length=200)

    def filters(self) -> RowFilter:
        """Return the filter."""
        return RowFilter(self.state, self.verdict, self.relation, self.strategy, self.assigned)


@router.get(_SETS, summary="ชุดตรวจทั้งหมด", response_model=ReviewSetList)
def review_sets(kb: Kb) -> JSONResponse:
    """List the review sets, the newest first."""
    return JSONResponse(
        {"items": [one.to_dict() for one in ReviewSets(kb.store).all()], "next": None}
    )


@router.post(_SETS, summary="ตั้งชุดตรวจจากไฟล์", status_code=202, response_model=BegunShape)
async def make(
    request: Request,
    file: Annotated[UploadFile, File(description="ไฟล์ข้อเสนอโครงการ · a workbook of proposals")],
    name: Annotated[str, Form(max_length=200)] = "",
    against: Annotated[list[str] | None, Form(max_length=20)] = None,
    organisation: Annotated[str | None, Form(max_length=500)] = None,
) -> JSONResponse:
    """Make a review set of a workbook: it is read and judged by a job.

    `against` are the plans (a body's name, a document, a framework); all national frameworks
    without. `organisation` is whose proposals they are where the rows don't say.
    """
    made, job = await begin_workbook(
        request.app,
        file,
        name=name,
        against=against or [],
        organisation=organisation,
        who=person_name(request),
    )
    return JSONResponse({"set": made.to_dict(), "job": job.to_dict()}, 202)


@router.post(
    "/review-proposals",
    summary="ตั้งชุดตรวจจากโครงการเดียว",
    status_code=202,
    response_model=BegunShape,
)
def make_typed(request: Request, body: ProposalRequest) -> JSONResponse:
    """Make a review set of one typed proposal."""
    made, job = begin_proposal(
        request.app, body.proposal(), against=body.against, who=person_name(request)
    )
    return JSONResponse({"set": made.to_dict(), "job": job.to_dict()}, 202)


@router.get(_SETS + "/{review_set}", summary="ชุดตรวจหนึ่งชุด", response_model=ReviewSetShape)
def review_set(kb: Kb, review_set: str) -> JSONResponse:
    """Return a set and how many of its rows are decided."""
    return JSONResponse(ReviewSets(kb.store).get(review_set).to_dict())


@router.get(_SETS + "/{review_set}/rows", summary="รายการในชุดตรวจ", response_model=RowList)
def rows(kb: Kb, review_set: str, query: Annotated[RowQuery, Query()]) -> JSONResponse:
    """List the rows that match the filters, each with its evidence and its decision."""
    sets = ReviewSets(kb.store)
    sets.get(review_set)
    after = int(query.cursor) if query.cursor and query.cursor.isdecimal() else 0
    found = sets.rows(review_set, query.filters(), after=after, limit=query.limit + 1)
    shown = found[: query.limit]
    more = str(shown[-1].number) if len(found) > query.limit else None
    return JSONResponse({"items": [row.to_dict() for row in shown], "next": more})


@router.get(
    _SETS + "/{review_set}/rows/{number}", summary="รายการเดียว", response_model=ReviewRowShape
)
def row(kb: Kb, review_set: str, number: int) -> JSONResponse:
    """Return one row."""
    return JSONResponse(ReviewSets(kb.store).row(review_set, number).to_dict())


@router.put(
    _SETS + "/{review_set}/rows/{number}/decision",
    summary="ตัดสินรายการ",
    response_model=ReviewRowShape,
)
def decide(
    request: Request, kb: Kb, review_set: str, number: int, body: DecisionRequest
) -> JSONResponse:
    """Decide on a row.

    409 `review-row-changed` where somebody has changed it since `version`: nothing is written;
    read the row anew, and send the decision with its version to write it after all.
    """
    decisions = Decisions(ReviewSets(kb.store))
    decided = decisions.decide(
        review_set, number, body.decision(), body.version, person_name(request) or None
    )
    return JSONResponse(decided.to_dict())


@router.get(
    _SETS + "/{review_set}/rows/{number}/history",
    summary="ประวัติการตัดสิน",
    response_model=HistoryAnswer,
)
def history(kb: Kb, review_set: str, number: int) -> JSONResponse:
    """Return every decision made on a row, the newest first."""
    sets = ReviewSets(kb.store)
    sets.row(review_set, number)
    return JSONResponse({"items": Decisions(sets).history(review_set, number)})


@router.post(_SETS + "/{review_set}/decisions", summary="ตัดสินหลายรายการ", response_model=ManyAnswer)
def decide_many(request: Request, kb: Kb, review_set: str, body: ManyRequest) -> JSONResponse:
    """Write one decision on many rows; what it leaves open stays as it is in each."""
    decided, changed = Decisions(ReviewSets(kb.store)).decide_many(
        review_set, body.rows, body.decision(), person_name(request) or None
    )
    return JSONResponse({"decided": decided, "changed": changed})


@router.post(_SETS + "/{review_set}/undo", summary="ย้อนการตัดสินล่าสุด", response_model=ReviewRowShape)
def undo(request: Request, kb: Kb, review_set: str) -> JSONResponse:
    """Take back the last decision that you made in a set."""
    undone = Decisions(ReviewSets(kb.store)).undo(review_set, person_name(request) or None)
    return JSONResponse(undone.to_dict())


@router.post(
    _SETS + "/{review_set}/assignment", summary="มอบหมายรายการ", response_model=AssignmentRequest
)
def assign(kb: Kb, review_set: str, body: AssignmentRequest) -> JSONResponse:
    """Assign rows to a person, or to nobody; the answer repeats what was assigned."""
    sets = ReviewSets(kb.store)
    sets.get(review_set)
    Decisions(sets).assign(review_set, body.rows, body.to)
    return JSONResponse({"rows": body.rows, "to": body.to})


@router.get(_SETS + "/{review_set}/summary", summary="สรุปผลตรวจ", response_model=dict[str, Any])
def summary(kb: Kb, review_set: str) -> JSONResponse:
    """Count rows and money by verdict, relation, strategy and decision."""
    return JSONResponse(summary_of(ReviewSets(kb.store), review_set).to_dict())


@router.get(
    _SETS + "/{review_set}/workbook",
    summary="ไฟล์ผลตรวจ",
    response_class=Response,
    responses={
        200: {
            "content": {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                    "example": "โครงการ-ผลตรวจ.xlsx"
                }
            }
        }
    },
)
async def workbook(request: Request, kb: Kb, review_set: str) -> Response:
    """Return the workbook that was sent with verdicts and decisions added, and a summary sheet."""
    return await run_in_threadpool(workbook_answer, request, kb, review_set)
