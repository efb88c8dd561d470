"""The pages of review sets: the list, a new one, its progress, its queue, its way out."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.http.access import person_name
from api.http.privacy import worded
from api.http.problems import status_of
from api.http.review_jobs import begin_proposal, begin_workbook
from api.http.review_workbook import workbook_answer
from api.http.state import Kb
from api.text.language import Language
from api.text.messages import message
from api.web.rendering import error_page, language_of, organisation_choices, page
from api.web.review_queue import filters_of, form_of, queue_page
from api.web.review_summary import duplicates_page, summary_page
from ingest.errors import PhaenError, UsageError
from kb import KnowledgeBase
from kb.loading.proposals import proposal
from kb.reference.frameworks import frameworks
from kb.review_sets.decisions import Decisions
from kb.review_sets.records import Decision, ReviewSet, RowFilter
from kb.review_sets.sets import ReviewSets

router = APIRouter(include_in_schema=False)
_FINISHED = ("done", "failed")
Line = Annotated[str, Form(max_length=500)]
Text = Annotated[str, Form(max_length=5_000)]


@router.get("/reviews", response_class=HTMLResponse)
def review_sets(request: Request, kb: Kb) -> HTMLResponse:
    """List the sets, with the forms of a new one."""
    return _list(request, kb)


@router.post("/reviews")
async def make(
    request: Request,
    kb: Kb,
    file: Annotated[UploadFile | None, File()] = None,
    name: Line = "",
    against: Line = "",
    organisation: Line = "",
    title: Text = "",
    objective: Text = "",
) -> Response:
    """Make a set of a workbook or of one typed proposal, and show its progress."""
    plans, who = [against] if against else [], person_name(request)
    try:
        if file is not None and file.filename:
            made, _ = await begin_workbook(
                request.app,
                file,
                name=name,
                against=plans,
                organisation=organisation.strip() or None,
                who=who,
            )
        elif title.strip():
            typed = proposal(title, objective=objective.strip() or None)
            made, _ = await run_in_threadpool(
                lambda: begin_proposal(request.app, typed, against=plans, who=who)
            )
        else:
            raise UsageError("no-files-sent")
    except PhaenError as error:
        typed_values = {
            "name": name,
            "against": against,
            "organisation": organisation,
            "title": title,
            "objective": objective,
        }
        return _list(request, kb, error, typed_values)
    return _redirect(request, f"/reviews/{made.id}")


@router.get("/reviews/{review_set}", response_class=HTMLResponse)
def review_set(request: Request, kb: Kb, review_set: str) -> Response:
    """Show how far a set is, or go to the first row that waits for a decision."""
    sets = ReviewSets(kb.store)
    try:
        stated = sets.get(review_set)
    except PhaenError as error:
        return error_page(request, error)
    if stated.state == "judged":
        waiting = sets.rows(review_set, RowFilter(state="pending"), limit=1)
        if waiting:
            return _redirect(
                request, f"/reviews/{review_set}/rows/{waiting[0].number}", state="pending"
            )
        return _redirect(request, f"/reviews/{review_set}/summary")
    return _progress(request, stated)


@router.get("/reviews/{review_set}/rows/{number}", response_class=HTMLResponse)
def row(request: Request, kb: Kb, review_set: str, number: int) -> Response:
    """Show a row in its queue."""
    sets = ReviewSets(kb.store)
    try:
        return queue_page(request, sets, review_set, number)
    except PhaenError as error:
        return error_page(request, error)


@router.get("/reviews/{review_set}/rows", response_class=HTMLResponse)
def filtered(request: Request, kb: Kb, review_set: str) -> Response:
    """Go to the first row that the filter form asks for."""
    sets, filters = ReviewSets(kb.store), filters_of(request)
    first = sets.rows(review_set, filters, limit=1)
    if not first:
        first = sets.rows(review_set, limit=1)
    if not first:
        return _redirect(request, "/reviews")
    return _redirect(request, f"/reviews/{review_set}/rows/{first[0].number}", **form_of(request))


@router.post("/reviews/{review_set}/rows/{number}")
def decide(
    request: Request,
    kb: Kb,
    review_set: str,
    number: int,
    version: Annotated[int, Form()],
    alignment: Line = "",
    duplicate: Line = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Write a decision and go on; where it can't be written, show the row with what was typed."""
    sets = ReviewSets(kb.store)
    wanted: Any = Decision(alignment or None, duplicate or None, note)  # type: ignore[arg-type]
    try:
        Decisions(sets).decide(review_set, number, wanted, version, person_name(request) or None)
        following = _following(sets, review_set, number, filters_of(request))
    except PhaenError as error:
        if error.code in ("review-set-unknown", "review-row-unknown"):
            return error_page(request, error)
        return queue_page(request, sets, review_set, number, typed=wanted, error=error)
    if following is None:
        return _redirect(request, f"/reviews/{review_set}/summary")
    return _redirect(
        request,
        f"/reviews/{review_set}/rows/{following}",
        saved=str(sets.row(review_set, number).row or number),
        **form_of(request),
    )


@router.post("/reviews/{review_set}/undo")
def undo(request: Request, kb: Kb, review_set: str) -> Response:
    """Take back the last decision and show its row."""
    sets = ReviewSets(kb.store)
    try:
        undone = Decisions(sets).undo(review_set, person_name(request) or None)
    except PhaenError as error:
        return error_page(request, error)
    return _redirect(request, f"/reviews/{review_set}/rows/{undone.number}", **form_of(request))


@router.post("/reviews/{review_set}/bulk")
def bulk(
    request: Request,
    kb: Kb,
    review_set: str,
    rows: Annotated[list[str] | None, Form(max_length=10_000)] = None,
    alignment: Line = "",
    duplicate: Line = "",
    assigned: Line = "",
    back: Annotated[int, Form()] = 1,
) -> Response:
    """Write one decision, or an assignment, on the rows that were chosen."""
    sets = ReviewSets(kb.store)
    pairs = [one.partition(":") for one in rows or []]
    versions = {int(number): int(version) for number, _, version in pairs if number.isdecimal()}
    counts: dict[str, str] = {}
    try:
        if versions and (alignment or duplicate):
            wanted: Any = Decision(alignment or None, duplicate or None)  # type: ignore[arg-type]
            written, changed = Decisions(sets).decide_many(
                review_set, versions, wanted, person_name(request) or None
            )
            counts = {"written": str(len(written)), "changed": str(len(changed))}
        if versions and assigned.strip():
            Decisions(sets).assign(review_set, list(versions), assigned.strip())
    except PhaenError as error:
        return error_page(request, error)
    return _redirect(request, f"/reviews/{review_set}/rows/{back}", **counts, **form_of(request))


@router.get("/reviews/{review_set}/summary", response_class=HTMLResponse)
def summary(request: Request, kb: Kb, review_set: str) -> Response:
    """Show rows and money by verdict, relation, strategy and decision."""
    try:
        return summary_page(request, ReviewSets(kb.store), review_set)
    except PhaenError as error:
        return error_page(request, error)


@router.get("/reviews/{review_set}/duplicates", response_class=HTMLResponse)
def duplicates(request: Request, kb: Kb, review_set: str) -> Response:
    """Show what is duplicate within a set, split, asked of two sources, or planned already."""
    try:
        return duplicates_page(request, ReviewSets(kb.store), review_set)
    except PhaenError as error:
        return error_page(request, error)


@router.get("/reviews/{review_set}/workbook")
def workbook(request: Request, kb: Kb, review_set: str) -> Response:
    """Send the workbook with its results."""
    try:
        return workbook_answer(request, kb, review_set)
    except PhaenError as error:
        return error_page(request, error)


def _following(sets: ReviewSets, review_set: str, number: int, filters: RowFilter) -> int | None:
    """Return the next row that matches, from the start where none comes after; None for none."""
    _, after = sets.neighbours(review_set, number, filters)
    if after is not None:
        return after
    first = sets.rows(review_set, RowFilter(state="pending"), limit=1)
    return first[0].number if first else None


def _list(
    request: Request,
    kb: KnowledgeBase,
    error: PhaenError | None = None,
    typed: dict[str, str] | None = None,
) -> HTMLResponse:
    language = language_of(request)
    blank = dict.fromkeys(("name", "against", "organisation", "title", "objective"), "")
    return page(
        request,
        "reviews",
        message("web-reviews", language),
        status=status_of(error) if error else 200,
        sets=ReviewSets(kb.store).all(),
        problem=worded(error, language) if error else None,
        typed=typed or blank,
        bodies=organisation_choices(kb),
        frameworks=_framework_choices(language),
    )


def _framework_choices(language: Language) -> list[tuple[str, str]]:
    return [(one.name, one.thai if language == "th" else one.english) for one in frameworks()]


def _progress(request: Request, stated: ReviewSet) -> HTMLResponse:
    job = None
    if stated.job is not None:
        try:
            job = request.app.state.jobs.get(stated.job).to_dict()
        except PhaenError:
            job = None
    failed = stated.state == "failed" or (job is not None and job["state"] == "failed")
    problem = stated.error or (job and job["error"] and job["error"]["message"])
    answer = page(
        request, "review_progress", stated.name, set=stated, job=job, failed=failed, problem=problem
    )
    if not failed:
        answer.headers["refresh"] = "2"
    return answer


def _redirect(request: Request, path: str, **query: str) -> RedirectResponse:
    root = request.scope.get("root_path", "")
    kept = {"lang": language_of(request), **{k: v for k, v in query.items() if v}}
    return RedirectResponse(f"{root}{path}?{urlencode(kept)}", 303)
