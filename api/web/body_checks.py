"""The pages `/checks`: coverage and audit of a body, and duplicates within what is stored.

Each is a job: the page shows how far it is, then its table, which can be downloaded as a
workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.http.access import person_name
from api.http.jobs import Job, Work
from api.http.review_workbook import XLSX
from api.http.state import Kb
from api.reports.workbook import AnswerSheet, SheetRow, workbook
from api.text.labels import RELATIONS, STATEMENTS, label
from api.text.language import Language
from api.text.messages import message
from api.web.rendering import error_page, language_of, organisation_choices, page
from api.web.review_evidence import amount, badge
from ingest.errors import PhaenError, UsageError
from kb import KnowledgeBase
from kb.store.filters import Filters

router = APIRouter(include_in_schema=False)
KINDS = ("coverage", "audit", "within")
_SHOWN = 200
_FINISHED = ("done", "failed")
Name = Annotated[str, Query(max_length=500)]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a check's table: its message code, whether it holds numbers, and its cell."""

    code: str
    number: bool
    cell: Callable[[Mapping[str, Any], Language], Any]


@router.get("/checks", response_class=HTMLResponse)
def checks(request: Request, kb: Kb) -> HTMLResponse:
    """Offer the checks: of a body's plan, and of all that is stored."""
    title = message("web-checks", language_of(request))
    return page(request, "checks", title, bodies=organisation_choices(kb))


@router.get("/checks/start")
def start(request: Request, kb: Kb, kind: Name = "", organisation: Name = "") -> Response:
    """Begin a check and show its page."""
    try:
        if kind not in KINDS:
            raise UsageError("not-found", path=request.url.path)
        job = Job(f"check-{kind}", input=None)
        request.app.state.jobs.start(job, _work(kb, kind, organisation), reads=True)
    except PhaenError as error:
        return error_page(request, error)
    query = urlencode({"lang": language_of(request), "organisation": organisation})
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/checks/{kind}/{job.id}?{query}", 303)


@router.get("/checks/{kind}/{job}", response_class=HTMLResponse)
def check(request: Request, kind: str, job: str, organisation: Name = "") -> Response:
    """Show a check: how far it is, or its table."""
    language = language_of(request)
    try:
        record = _job_record(request, kind, job)
    except PhaenError as error:
        return error_page(request, error)
    rows = record["result"]
    answer = page(
        request,
        "check",
        message(f"web-check-{kind}", language),
        kind=kind,
        job=record,
        organisation=organisation,
        count=len(rows),
        columns=[(message(one.code, language), one.number) for one in _COLUMNS[kind]],
        rows=[[one.cell(row, language) for one in _COLUMNS[kind]] for row in rows[:_SHOWN]]
        if kind != "within"
        else [],
        groups=[_group(row, language) for row in rows[:_SHOWN]] if kind == "within" else [],
        here_query=request.url.query,
    )
    if record["state"] not in _FINISHED:
        answer.headers["refresh"] = "2"
    return answer


@router.post("/checks/within/{job}")
def dismiss(
    request: Request, kb: Kb, job: str, pairs: Annotated[list[str], Form(max_length=1_000)]
) -> Response:
    """Remember that the projects of a group are no duplicates; later runs leave them out."""
    from kb.duplicates.pair_reviews import PairReviews

    reviews = PairReviews(kb.store)
    try:
        with kb.store.writing():
            for pair in pairs:
                one, _, other = pair.partition(":")
                reviews.record(one, other, reviewer=person_name(request) or None)
        known: Job = request.app.state.jobs.get(job)
    except PhaenError as error:
        return error_page(request, error)
    dismissed = {frozenset(pair.split(":")) for pair in pairs}
    known.result = [
        group
        for group in known.result
        if not all(frozenset((one["a"], one["b"])) in dismissed for one in group["links"])
    ]
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/checks/within/{job}?lang={language_of(request)}", 303)


@router.get("/checks/{kind}/{job}/workbook")
def download(request: Request, kind: str, job: str, organisation: Name = "") -> Response:
    """Send a check's table as a workbook."""
    language = language_of(request)
    try:
        rows = _job_record(request, kind, job)["result"]
    except PhaenError as error:
        return error_page(request, error)
    columns = _COLUMNS[kind]
    title = message(f"web-check-{kind}", language)
    sheet = AnswerSheet(
        title,
        tuple(message(one.code, language) for one in columns),
        tuple(
            SheetRow(tuple(one.cell(row, language) for one in columns)) for row in _flat(kind, rows)
        ),
        tuple(16 if one.number else 48 for one in columns),
    )
    name = quote(f"{title} {organisation}".strip() + ".xlsx")
    return Response(
        workbook([sheet]),
        media_type=XLSX,
        headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"},
    )


def _job_record(request: Request, kind: str, job: str) -> dict[str, Any]:
    known: Job = request.app.state.jobs.get(job)
    if known.kind != f"check-{kind}":
        raise UsageError("job-unknown", id=job)
    return known.to_dict()


def _work(kb: KnowledgeBase, kind: str, organisation: str) -> Work:
    def coverage(job: Job) -> None:
        from kb.alignment import aligner_of
        from kb.alignment.coverage import coverage

        rows = coverage(kb, aligner_of(kb), organisation, job.progress)
        job.result += [row.to_dict() for row in rows]

    def audit(job: Job) -> None:
        from kb.alignment import aligner_of
        from kb.alignment.audit import audit

        _, mismatches = audit(kb, aligner_of(kb), organisation, job.progress)
        job.result += [one.to_dict() for one in mismatches]

    def within(job: Job) -> None:
        from kb.duplicates import duplicates_of
        from kb.duplicates.groups import find_groups

        filters = Filters(organisation=organisation or None)
        groups = find_groups(duplicates_of(kb), filters=filters, progress=job.progress)
        job.result += [group.to_dict() for group in groups]

    return {"coverage": coverage, "audit": audit, "within": within}[kind]


def _flat(kind: str, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return one line a project for groups, the rows as they are for other checks."""
    if kind != "within":
        return list(rows)
    return [
        {**project, "group": number, "relation": group["relation"]}
        for number, group in enumerate(rows, start=1)
        for project in group["projects"]
    ]


def _group(group: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {
        "badge": badge(group["relation"], language),
        "percent": round(100 * group["score"]),
        "title": group["projects"][0]["title"],
        "projects": [
            {
                "id": one["id"],
                "document": one["document"],
                "title": one["title"],
                "body": _body(one, language),
                "years": ", ".join(one["budget"]),
                "money": amount(_money(one), language) if one["budget"] else "",
                "page": message("page", language, page=one["page"]),
            }
            for one in group["projects"]
        ],
        "pairs": [f"{one['a']}:{one['b']}" for one in group["links"]],
    }


def _body(project: Mapping[str, Any], language: Language) -> str:
    body = project["organisation"]
    return str(body["name"]) if body else message("organisation-unknown", language)


def _money(project: Mapping[str, Any]) -> Decimal:
    return sum((Decimal(str(one)) for one in project["budget"].values()), Decimal(0))


def _statement(row: Mapping[str, Any], language: Language) -> str:
    statement = row["statement"]
    return statement["text"] if statement else message("web-check-undeclared", language)


def _statement_kind(row: Mapping[str, Any], language: Language) -> str:
    return label(STATEMENTS, row["statement"]["kind"], language) if row["statement"] else ""


def _state(row: Mapping[str, Any], language: Language) -> str:
    return message("web-check-unserved", language) if row["unserved"] else ""


_COLUMNS: Mapping[str, tuple[_Column, ...]] = {
    "coverage": (
        _Column("web-check-strategy", False, _statement),
        _Column("web-check-kind", False, _statement_kind),
        _Column("web-check-declared", True, lambda row, _: row["declared"]),
        _Column("web-check-served", True, lambda row, _: row["served"]),
        _Column("web-check-money", True, lambda row, _: _money(row)),
        _Column("web-check-note", False, _state),
    ),
    "audit": (
        _Column("web-check-project", False, lambda row, _: row["project"]["title"]),
        _Column("web-review-declared", False, lambda row, _: row["declared"]),
        _Column("web-check-serves", False, lambda row, _: row["serves"] or "–"),
        _Column("web-check-doubt", True, lambda row, _: f"{round(100 * row['doubt'])}%"),
        _Column("review-reason", False, lambda row, _: row["reason"]),
        _Column("web-check-page", True, lambda row, _: row["project"]["page"]),
    ),
    "within": (
        _Column("web-check-group", True, lambda row, _: row["group"]),
        _Column(
            "web-review-compared", False, lambda row, lang: label(RELATIONS, row["relation"], lang)
        ),
        _Column("web-check-project", False, lambda row, _: row["title"]),
        _Column("web-review-field-organisation", False, _body),
        _Column("web-check-money", True, lambda row, _: _money(row)),
        _Column("web-check-page", True, lambda row, _: row["page"]),
    ),
}
