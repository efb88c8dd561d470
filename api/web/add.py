"""The pages `/add` and `/jobs/{id}`: documents sent from a browser, and their results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.http.jobs import FINISHED, Job
from api.http.privacy import worded
from api.http.problems import status_of
from api.http.state import Kb, Limits
from api.http.uploads import begun
from api.text.heading import title
from api.text.labels import STATUSES, label
from api.text.language import Language
from api.text.messages import message
from api.web.rendering import error_page, language_of, notice_page, page
from ingest.errors import PhaenError, UsageError

router = APIRouter(include_in_schema=False)
Line = Annotated[str, Form(max_length=500)]


@router.get("/add", response_class=HTMLResponse)
def form(request: Request) -> HTMLResponse:
    """Show the upload form, or the notice that the server is read-only."""
    if request.app.state.access.read_only:
        return notice_page(request, message("read-only", language_of(request)), 403)
    return _form(request)


@router.post("/add")
async def add(
    request: Request,
    kb: Kb,
    limits: Limits,
    file: Annotated[list[UploadFile], File()],
    organisation: Line = "",
    period: Line = "",
) -> Response:
    """Start to read the documents and redirect to the page of the job."""
    try:
        files = [upload for upload in file if upload.filename]
        if not files:
            raise UsageError("no-files-sent")
        job, _ = await begun(
            request,
            kb,
            limits,
            files,
            organisation.strip() or None,
            period.strip() or None,
            language_of(request),
        )
    except PhaenError as error:
        return _form(request, worded(error, language_of(request)), status_of(error))
    root, language = request.scope.get("root_path", ""), language_of(request)
    return RedirectResponse(f"{root}/jobs/{job.id}?lang={language}", 303)


@router.get("/jobs/{job}", response_class=HTMLResponse)
def progress(request: Request, job: str) -> HTMLResponse:
    """Show the progress of a job; the page reloads itself until it has finished."""
    language = language_of(request)
    try:
        stored: Job = request.app.state.jobs.get(job)
    except PhaenError as error:
        return error_page(request, error)
    record = stored.to_dict()
    ended = record["state"] in FINISHED
    answer = page(
        request,
        "job",
        message("web-add-documents", language),
        ended=ended,
        job=record,
        rows=[_result_row(outcome, language) for outcome in record["result"]],
    )
    if not ended:
        answer.headers["refresh"] = "2"
    return answer


def _result_row(outcome: Mapping[str, Any], language: Language) -> dict[str, Any]:
    error = outcome["error"]
    counts = message(
        "found",
        language,
        statements=outcome.get("statements", 0),
        projects=outcome.get("projects", 0),
    )
    return {
        "status": label(STATUSES, outcome["status"], language),
        "id": outcome["document_id"],
        "title": title(outcome) if error is None else outcome["file"],
        "told": error["message"] if error else counts,
    }


def _form(request: Request, problem: str | None = None, status: int = 200) -> HTMLResponse:
    name = message("web-add-documents", language_of(request))
    return page(request, "add", name, status=status, problem=problem)
