"""Alignment over HTTP: proposals, the audit of what a body declares, and coverage."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, File, Form, Header, Query, Request, UploadFile
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from api.http.fields import Flag, Whole
from api.http.jobs import Job, JobShape
from api.http.responses import REPORT_HEADERS, job_accepted, report_page, wants_html
from api.http.schemas import StrictModel
from api.http.state import Kb
from api.http.uploads import received
from ingest.formats.sniff import Format
from kb import KnowledgeBase
from kb.alignment import aligner_of
from kb.loading.proposals import Proposal, proposal, read_proposals

if TYPE_CHECKING:
    from kb.alignment.verdicts import Alignment

router = APIRouter(prefix="/alignment", tags=["alignment"])
Prefer = Annotated[
    str | None, Header(max_length=200, description="respond-async: ให้งานทำต่อเบื้องหลัง · as a job")
]
Body = Annotated[str, Query(max_length=500, description="ชื่อหน่วยงาน · the body's name")]
_LATER: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/html": {}}},
    202: {"model": JobShape, "description": "กำลังทำ · being done"},
}


FORMATS = (Format.XLSX, Format.XLS, Format.ODS, Format.DELIMITED, Format.JSON_LINES)
MOST_MONEY = 10**12
"""Baht; more than any project of a province costs."""
MOST = 10_000
"""Proposals of one workbook; more would take hours."""


@dataclass(frozen=True, slots=True)
class JudgingOptions:
    """Targets of the judgement, number of best statements, and whether to fill the review form."""

    against: tuple[str, ...]
    limit: int
    form: bool


class ProposalShape(StrictModel):
    """A project somebody proposes."""

    title: str = Field(max_length=5000, description="ชื่อโครงการ · the project's name")
    objective: str | None = Field(None, max_length=5000)
    target: str | None = Field(None, max_length=5000)
    indicator: str | None = Field(None, max_length=5000)
    expected_result: str | None = Field(None, max_length=5000)
    budget: dict[int, Annotated[Decimal, Field(ge=0, le=MOST_MONEY)]] = Field(
        {}, max_length=20, description="บาทตามปีงบประมาณ · baht by year"
    )
    declared_strategy: str | None = Field(None, max_length=1000)

    def proposal(self) -> Proposal:
        """Return the validated proposal."""
        parsed = proposal(
            self.title, objective=self.objective, declared_strategy=self.declared_strategy
        )
        budget = MappingProxyType(dict(sorted(self.budget.items())))
        return replace(
            parsed,
            target=self.target,
            indicator=self.indicator,
            expected_result=self.expected_result,
            budget=budget,
            years=tuple(budget),
        )


class AlignmentRequest(StrictModel):
    """Proposals and the targets to judge them against; all national frameworks by default."""

    proposals: list[ProposalShape] = Field(min_length=1, max_length=1000)
    against: list[str] = Field([], max_length=20, description="organisation, document, framework")
    limit: Whole = Field(3, ge=1, le=100)
    form: Flag = Field(False, description="เติมแบบประเมิน 12 ข้อ · fill the review form")


class AlignmentAnswer(StrictModel):
    """One result a proposal: verdict, score, reason, best, chain, declared."""

    results: list[dict[str, Any]]


class AuditAnswer(StrictModel):
    """How many projects declare a strategy, and those that seem to serve another."""

    organisation: str
    checked: int
    mismatches: list[dict[str, Any]]


class CoverageAnswer(StrictModel):
    """A row a strategy or indicator: projects declared, projects that serve it, money."""

    organisation: str
    rows: list[dict[str, Any]]


@router.post(
    "",
    summary="ตรวจความสอดคล้อง",
    response_model=AlignmentAnswer,
    responses={202: {"model": JobShape, "description": "กำลังทำ · being done"}},
)
async def alignment(
    request: Request, kb: Kb, body: AlignmentRequest, prefer: Prefer = None
) -> Response:
    """Judge which strategy each proposal serves, or that it serves none, with reasons.

    `Prefer: respond-async` answers 202 with a job whose results are those of `results`.
    """
    proposals = [proposal.proposal() for proposal in body.proposals]

    def work(job: Job) -> None:
        options = JudgingOptions(tuple(body.against), body.limit, body.form)
        job.result += _records_of(
            _judge_proposals(kb, proposals, options, job.progress), form=body.form
        )

    job = Job("alignment", total=len(proposals))
    return await _answer_or_job(request, job, work, prefer, lambda: {"results": job.result})


@router.post(
    "/workbook",
    summary="ตรวจความสอดคล้องทั้งไฟล์",
    response_model=AlignmentAnswer,
    responses={
        200: {"content": {Format.XLSX: {}, "text/html": {}, "text/csv": {}}},
        202: {"model": JobShape, "description": "กำลังทำ · being done"},
    },
)
async def workbook(
    request: Request,
    kb: Kb,
    file: Annotated[UploadFile, File(description="ไฟล์ข้อเสนอโครงการ · a workbook of proposals")],
    against: Annotated[list[str] | None, Form(max_length=20)] = None,
    limit: Annotated[int, Form(ge=1, le=100)] = 3,
    form: Annotated[bool, Form()] = False,
    prefer: Prefer = None,
) -> Response:
    """Judge a workbook of proposals: XLSX, XLS, ODS, CSV, JSON lines.

    `Accept` chooses the same workbook with answers in added columns (XLSX), a page to print
    (HTML), CSV, or JSON. `Prefer: respond-async` answers 202 with a job (JSON).
    """
    options = JudgingOptions(tuple(against or ()), limit, form)
    folder, named = await asyncio.to_thread(received, [file])
    files: list[Response] = []

    def work(job: Job) -> None:
        try:
            path = named[0][0].rename(folder.path / named[0][1])
            workers = request.app.state.workers
            proposals = list(read_proposals(path, FORMATS, MOST, workers))
            alignments = _judge_proposals(kb, proposals, options, job.progress)
            job.result += _records_of(alignments, form=form)
            files.extend(_report_file(request, alignments, job.result, path, form=form))
        finally:
            folder.remove()

    job = Job("alignment")
    answer = await _answer_or_job(request, job, work, prefer, lambda: {"results": job.result})
    return files[0] if files else answer


@router.get(
    "/audit", summary="โครงการที่ระบุยุทธศาสตร์ไม่ตรงเนื้องาน", response_model=AuditAnswer, responses=_LATER
)
async def audited(request: Request, kb: Kb, organisation: Body, prefer: Prefer = None) -> Response:
    """List a body's projects that stand under one strategy and seem to serve another, or none.

    `Accept: text/html` gives the printable list.
    """
    checked: list[int] = []
    pages: list[str] = []

    def work(job: Job) -> None:
        from api.reports.alignment_page import alignment_page
        from api.reports.alignment_tables import mismatch_table
        from kb.alignment.audit import audit

        count, mismatches = audit(kb, aligner_of(kb), organisation, job.progress)
        checked.append(count)
        job.result += [mismatch.to_dict() for mismatch in mismatches]
        pages.append(alignment_page(mismatch_table(mismatches)) if wants_html(request) else "")

    job = Job("alignment-audit")
    return await _answer_or_job(
        request,
        job,
        work,
        prefer,
        lambda: {"organisation": organisation, "checked": checked[0], "mismatches": job.result},
        pages,
    )


@router.get(
    "/coverage",
    summary="ยุทธศาสตร์ใดมีโครงการและเงินรองรับ",
    response_model=CoverageAnswer,
    responses=_LATER,
)
async def covered(request: Request, kb: Kb, organisation: Body, prefer: Prefer = None) -> Response:
    """Return which strategies and indicators of a body projects serve, and the money by year.

    `Accept: text/html` gives the page with its charts.
    """
    pages: list[str] = []

    def work(job: Job) -> None:
        from api.reports.alignment_page import coverage_page
        from api.reports.alignment_tables import coverage_table
        from kb.alignment.coverage import coverage

        rows = coverage(kb, aligner_of(kb), organisation, job.progress)
        job.result += [row.to_dict() for row in rows]
        pages.append(
            coverage_page(coverage_table(rows), rows, organisation) if wants_html(request) else ""
        )

    job = Job("alignment-coverage")
    return await _answer_or_job(
        request,
        job,
        work,
        prefer,
        lambda: {"organisation": organisation, "rows": job.result},
        pages,
    )


def _judge_proposals(
    kb: KnowledgeBase,
    proposals: list[Proposal],
    options: JudgingOptions,
    progress: Callable[[str, int, int], None],
) -> list[Alignment]:
    from kb.alignment.judging import judge
    from kb.alignment.targets import framework_targets

    aligner = aligner_of(kb)
    if options.against:
        return judge(
            kb, aligner, proposals, options.against, limit=options.limit, progress=progress
        )
    targets = framework_targets()
    return aligner.align(proposals, targets, limit=options.limit, progress=progress)


def _records_of(alignments: list[Alignment], *, form: bool) -> list[dict[str, Any]]:
    from kb.alignment.form import with_form

    return [with_form(alignment) if form else alignment.to_dict() for alignment in alignments]


def _report_file(
    request: Request,
    alignments: list[Alignment],
    records: list[dict[str, Any]],
    path: Path,
    *,
    form: bool,
) -> Iterator[Response]:
    """Yield the report in the media type that `Accept` asks for, if any."""
    from api.reports.alignment import render_answers

    accepted = request.headers.get("accept", "")
    for media, ending in ((Format.XLSX, ".xlsx"), ("text/html", ".html"), ("text/csv", ".csv")):
        if media in accepted:
            workers = request.app.state.workers
            content = render_answers(
                path.with_suffix(ending),
                alignments,
                records,
                source=path,
                form=form,
                workers=workers,
            )
            headers = REPORT_HEADERS if media == "text/html" else None
            yield Response(content, media_type=str(media), headers=headers)
            return


async def _answer_or_job(
    request: Request,
    job: Job,
    work: Callable[[Job], None],
    prefer: str | None,
    answer: Callable[[], dict[str, Any]],
    pages: list[str] | None = None,
) -> Response:
    """Start the work as a job if `Prefer` says so, else wait for its answer."""
    if prefer and "respond-async" in prefer:
        request.app.state.jobs.start(job, work)
        return job_accepted(job)
    await asyncio.to_thread(work, job)
    if pages and pages[-1]:
        return report_page(pages[-1])
    return JSONResponse(answer())
