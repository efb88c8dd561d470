"""The pages `/bodies` and `/bodies/{name}`: who plans, what they aimed at, and for how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.http.state import Kb
from api.text.heading import span, title, years
from api.text.labels import ORGANISATIONS, PLANS, label
from api.text.language import Language
from api.text.messages import message
from api.web.rendering import error_page, language_of, page
from ingest.errors import UsageError
from ingest.records import Organisation
from kb import Filters, KnowledgeBase
from kb.store.records import StoredProject, StoredStatement

router = APIRouter(include_in_schema=False)
_MILLION = Decimal(1_000_000)
_MOST_YEARS, _MOST_ROWS = 10, 30
Line = Annotated[str, Query(max_length=500)]


@router.get("/bodies", response_class=HTMLResponse)
def bodies(request: Request, kb: Kb, province: Line = "") -> HTMLResponse:
    """List the bodies, of one province or of all, with how much is kept of each."""
    language = language_of(request)
    rows = [
        {
            "name": body.name,
            "address": f"/bodies/{quote(body.name, safe='')}?lang={language}",
            "kind": label(ORGANISATIONS, body.kind, language),
            "province": body.province or "",
            "counts": {name: f"{count:,}" for name, count in counts.items()},
        }
        for body, counts in kb.organisations()
        if province in ("", body.province)
    ]
    return page(request, "bodies", message("web-bodies", language), bodies=rows, province=province)


@router.get("/bodies/{name}", response_class=HTMLResponse)
def body(request: Request, kb: Kb, name: str) -> Response:
    """Show one body: its visions over time, its plans, its budget by strategy and year."""
    language = language_of(request)
    this, counts = next(
        ((body, counts) for body, counts in kb.organisations() if body.name == name), (None, {})
    )
    if this is None:
        return error_page(request, UsageError("organisation-not-found", name=name))
    projects = [one for one in kb.projects(Filters(organisation=name)) if _is_of(one, name)]
    statements = [one for one in kb.statements(Filters(organisation=name)) if _is_of(one, name)]
    return page(
        request,
        "body",
        name,
        body=name,
        kind=label(ORGANISATIONS, this.kind, language),
        facts=_place(this),
        counts={key: f"{count:,}" for key, count in counts.items()},
        visions=_visions(statements, language),
        documents=_documents(kb, name, language),
        budget=_budget(projects, statements, language),
        search="?" + urlencode({"organisation": name, "lang": language}),
        neighbours=_neighbours(kb, this),
    )


def _is_of(record: StoredStatement | StoredProject, name: str) -> bool:
    return record.organisation is not None and record.organisation.name == name


def _place(body: Organisation) -> str:
    return " · ".join(filter(None, (body.subdistrict, body.district, body.province)))


def _visions(statements: Sequence[StoredStatement], language: Language) -> list[dict[str, Any]]:
    """Return the visions by period, the same words of one period once."""
    result: dict[tuple[str, str], dict[str, Any]] = {}
    for one in statements:
        if one.kind != "vision":
            continue
        period = years(one.period.to_list() if one.period else None, language)
        words = "".join(one.text.split())
        result.setdefault(
            (period, words),
            {
                "period": period or message("years-unknown", language),
                "text": one.text,
                "document": one.document,
                "id": one.id,
                "page": one.page,
            },
        )
    return [result[key] for key in sorted(result)]


def _documents(kb: KnowledgeBase, name: str, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "id": stored.id,
            "title": title(stored.to_dict()),
            "kind": label(PLANS, stored.plan_kind, language),
            "years": span(stored.period.to_list()) if stored.period else "",
            "pages": f"{stored.pages:,}",
            "statements": f"{stored.statements:,}",
            "projects": f"{stored.projects:,}",
        }
        for stored in kb.documents(Filters(organisation=name))
        if stored.organisation and stored.organisation.name == name
    ]


def _budget(
    projects: Sequence[StoredProject], statements: Sequence[StoredStatement], language: Language
) -> dict[str, Any] | None:
    """Return money by strategy and year in million baht, with totals; None without money.

    A project belongs to the topmost statement of its plan above it, else to the strategy it
    declares. One project in two documents (a plan and its revision) counts in each of them.
    """
    parents = {(one.document, one.id): one for one in statements}
    amounts: dict[str, dict[int, Decimal]] = {}
    for project in projects:
        strategy = _strategy(project, parents) or message("strategy-unknown", language)
        row = amounts.setdefault(strategy, {})
        for year, amount in project.record.budget.items():
            row[int(year)] = row.get(int(year), Decimal(0)) + Decimal(str(amount))
    amounts = {name: row for name, row in amounts.items() if any(row.values())}
    spent_in = sorted({year for row in amounts.values() for year in row})[-_MOST_YEARS:]
    if not spent_in:
        return None
    totals = [
        sum((row.get(year, Decimal(0)) for row in amounts.values()), Decimal(0))
        for year in spent_in
    ]
    largest = max(totals) or Decimal(1)
    ranked = sorted(amounts.items(), key=lambda item: -sum(item[1].values()))[:_MOST_ROWS]
    return {
        "years": spent_in,
        "rows": [
            (name, [_millions(row.get(year)) for year in spent_in], _millions(sum(row.values())))
            for name, row in ranked
        ],
        "totals": [_millions(total) for total in totals],
        "whole": _millions(sum(totals)),
        "bars": [
            {"year": year, "text": _millions(total), "height": round(float(total / largest) * 160)}
            for year, total in zip(spent_in, totals, strict=True)
        ],
    }


def _strategy(
    project: StoredProject, parents: Mapping[tuple[str, str], StoredStatement]
) -> str | None:
    top, at, passed = None, project.record.parent, set[str]()
    while at and at not in passed and (statement := parents.get((project.document, at))):
        passed.add(at)
        top, at = statement, statement.record.parent
    return top.text if top else project.record.declared_strategy


def _millions(amount: Decimal | int | None) -> str:
    return f"{Decimal(amount) / _MILLION:,.1f}" if amount else "–"


def _neighbours(kb: KnowledgeBase, this: Organisation) -> list[dict[str, str]]:
    """Return the other bodies of the same province."""
    return [
        {"name": other.name, "path": quote(other.name, safe="")}
        for other, _ in kb.organisations()
        if this.province and other.province == this.province and other.name != this.name
    ]
