"""The page `/search`: hits with their reasons, facets to choose, and the same as a download."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.http.paging import cursor_of
from api.http.privacy import worded
from api.http.problems import status_of
from api.http.search import SearchRequest, answer
from api.http.state import Kb, Limits, ServerLimits
from api.reports.workbook import FORMULA_STARTS
from api.text.heading import years
from api.text.hits import explain_hit, understood_as
from api.text.labels import FACETS, MODES, ORGANISATIONS, PLANS, STATEMENTS, label
from api.text.language import Language
from api.text.messages import message
from api.text.money import money
from api.web.pager import pages_of
from api.web.rendering import language_of, mark_words, page
from ingest.errors import PhaenError
from kb import KnowledgeBase
from kb.search.facets import SORTS

router = APIRouter(include_in_schema=False)
_PAGE = 20
_LEAST_FACETS, _MOST_FACETS = 6, 40
_NAMES = {"kind": STATEMENTS, "organisation_kind": ORGANISATIONS, "plan_kind": PLANS}
_MANY = ("kind", "organisation_kind", "plan_kind")
"""Facets of which several may be chosen at once."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (16, 70, 30, 14, 18, 8, 14, 50)

Line = Annotated[str, Query(max_length=500)]
Lines = Annotated[list[str], Query(max_length=20)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search page was asked for; its address says all of it."""

    q: str = ""
    like: str = ""
    kind: tuple[str, ...] = ()
    organisation: str = ""
    organisation_kind: tuple[str, ...] = ()
    province: str = ""
    plan_kind: tuple[str, ...] = ()
    year: str = ""
    mode: str = "smart"
    sort: str = "relevance"
    literal: bool = False
    page: int = 1

    def address(self, language: Language, **changed: object) -> str:
        """Return the query of the same search with some values changed; it begins anew."""
        values = {name: getattr(self, name) for name in self.__slots__} | {"page": 1} | changed
        usual = {"mode": "smart", "sort": "relevance", "page": 1}
        kept: dict[str, Any] = {
            name: ("true" if value is True else value)
            for name, value in values.items()
            if value and usual.get(name) != value
        }
        return "?" + urlencode(kept | {"lang": language}, doseq=True)

    def toggled(self, facet: str, value: str) -> object:
        """Return what a facet becomes when one of its values is pressed."""
        chosen = getattr(self, facet)
        if facet not in _MANY:
            return "" if chosen == value else value
        return tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)

    def request(self, limit: int) -> SearchRequest:
        """Return the request that the API would have been sent."""
        year = int(self.year) if self.year.isdigit() else None
        return SearchRequest.model_construct(
            query=self.q,
            like=self.like or None,
            mode=self.mode,
            kinds=list(self.kind),
            organisation=self.organisation or None,
            organisation_kinds=list(self.organisation_kind),
            province=self.province or None,
            plan_kinds=list(self.plan_kind),
            period=(year, year) if year else None,
            sort=self.sort if self.sort in SORTS else "relevance",
            facets=True,
            literal=self.literal,
            limit=limit,
            cursor=cursor_of((self.page - 1) * limit) if self.page > 1 else None,
        )


def asked(
    q: Annotated[str, Query(max_length=10_000)] = "",
    like: Annotated[str, Query(max_length=64)] = "",
    kind: Lines = [],  # noqa: B006 (FastAPI copies)
    organisation: Line = "",
    organisation_kind: Lines = [],  # noqa: B006
    province: Line = "",
    plan_kind: Lines = [],  # noqa: B006
    year: Annotated[str, Query(max_length=4)] = "",
    mode: Line = "smart",
    sort: Line = "relevance",
    literal: bool = False,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Asked:
    """Read a search from its address; empty choices of a form count for nothing."""
    return Asked(
        q,
        like,
        tuple(filter(None, kind)),
        organisation,
        tuple(filter(None, organisation_kind)),
        province,
        tuple(filter(None, plan_kind)),
        year,
        mode,
        sort,
        literal,
        page,
    )


def search_page(request: Request, kb: KnowledgeBase, limits: ServerLimits, what: Asked) -> Response:
    """Return the page of a search."""
    language = language_of(request)
    result, problem, status = None, None, 200
    if what.q.strip() or what.like:
        try:
            result = answer(kb, what.request(_PAGE), limits)
        except PhaenError as error:
            problem, status = worded(error, language), status_of(error)
    return page(
        request,
        "search",
        what.q or message("web-search", language),
        status=status,
        asked=what,
        problem=problem,
        result=_result_values(result, what, language) if result else None,
        liked=_liked(kb, what),
        modes=[(mode, label(MODES, mode, language)) for mode in MODES],
        sorts=[(sort, message(f"sort-{sort}", language)) for sort in SORTS],
    )


Searched = Annotated[Asked, Depends(asked)]


@router.get("/search", response_class=HTMLResponse)
def search(request: Request, kb: Kb, limits: Limits, what: Searched) -> Response:
    """Show a search."""
    return search_page(request, kb, limits, what)


@router.get("/search/download.{ending}")
def download(
    request: Request, kb: Kb, limits: Limits, ending: Literal["csv", "xlsx"], what: Searched
) -> Response:
    """Send what a search found, the best 200 of it, as CSV or as a workbook."""
    language = language_of(request)
    hits = answer(kb, what.request(limits.results), limits)["hits"]
    headings = message("search-columns", language).split("|")
    address = f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"
    rows = [_row(hit, address, language) for hit in hits]
    content, kind_of_file = (
        (_workbook(headings, rows), _XLSX)
        if ending == "xlsx"
        else (_csv(headings, rows), "text/csv; charset=utf-8")
    )
    name = f"phaen-search.{ending}"
    return Response(
        content,
        media_type=kind_of_file,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _row(hit: Mapping[str, Any], address: str, language: Language) -> list[Any]:
    body = hit["organisation"]
    budget = hit.get("budget") or {}
    return [
        label(STATEMENTS, hit["kind"], language),
        hit["text"],
        body["name"] if body else "",
        years(hit["period"], language),
        sum(map(float, budget.values())) if budget else None,
        hit["page"],
        round(hit["relevance"] * 100),
        f"{address}/records/{hit['id']}",
    ]


def _plain(value: Any) -> Any:
    """Return a cell that no spreadsheet program takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


def _csv(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _workbook(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.create_sheet("phaen", 0)
    book.remove(book.worksheets[1])
    sheet.append(list(headings))
    for row in rows:
        sheet.append([_plain(value) if isinstance(value, str) else value for value in row])
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        cells[1].alignment = Alignment(wrap_text=True, vertical="top")
        cells[4].number_format = "#,##0"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _liked(kb: KnowledgeBase, what: Asked) -> str:
    if not what.like:
        return ""
    try:
        return kb.record(what.like).text
    except PhaenError:
        return ""


def _result_values(result: Mapping[str, Any], what: Asked, language: Language) -> dict[str, Any]:
    return {
        **pages_of(
            what.page, result["found"], _PAGE, lambda number: what.address(language, page=number)
        ),
        "hits": [_hit_values(hit, language) for hit in result["hits"]],
        "understood": understood_as(result["understood"], language),
        "as_typed": what.address(language, literal=True),
        "read_again": what.address(language, literal=False) if what.literal else "",
        "suggestion": result["suggestion"],
        "weak": result["weak"],
        "chips": _chips(what, language),
        "facets": _facets(result["facets"] or {}, what, language),
        "download": what.address(language),
    }


def _named(facet: str, value: str, language: Language) -> str:
    return label(_NAMES[facet], value, language) if facet in _NAMES else value


def _chips(what: Asked, language: Language) -> list[tuple[str, str]]:
    chosen = [(name, one) for name in _MANY for one in getattr(what, name)]
    chosen += [
        (name, getattr(what, name))
        for name in ("organisation", "province", "year")
        if getattr(what, name)
    ]
    return [
        (
            years([int(value)], language)
            if name == "year" and value.isdigit()
            else _named(name, value, language),
            what.address(language, **{name: what.toggled(name, value)}),
        )
        for name, value in chosen
    ]


def _facets(
    counts: Mapping[str, Mapping[str, int]], what: Asked, language: Language
) -> list[dict[str, Any]]:
    result = []
    for name in FACETS:
        values = list(counts.get(name, {}).items())[:_MOST_FACETS]
        if name == "year":
            values.sort()
        choices = [
            (
                _named(name, value, language),
                f"{count:,}",
                what.address(language, **{name: what.toggled(name, value)}),
                value in getattr(what, name) if name in _MANY else value == getattr(what, name),
            )
            for value, count in values
        ]
        if choices:
            few = _MOST_FACETS if name == "year" else _LEAST_FACETS
            result.append(
                {
                    "heading": label(FACETS, name, language),
                    "first": choices[:few],
                    "rest": choices[few:],
                }
            )
    return result


def _hit_values(hit: Mapping[str, Any], language: Language) -> dict[str, Any]:
    body = hit["organisation"]
    budget = hit.get("budget") or {}
    shown = [word for word in hit["why"].get("words") or [] if word in hit["text"]]
    reason = explain_hit({**hit, "why": {**hit["why"], "words": shown}}, language)
    total = money(budget, language) if budget else ""
    return {
        "id": hit["id"],
        "label": label(STATEMENTS, hit["kind"], language),
        "marked": mark_words(hit["text"], hit["highlight"]),
        "body": body["name"] if body else "",
        "years": years(hit["period"], language),
        "page": hit["page"],
        "document": hit["document"],
        "percent": int(hit["relevance"] * 100),
        "why": reason,
        "money": total,
        "more": hit["more_same"],
        "same": [
            {
                "document": one["document"],
                "id": one["id"],
                "body": (one["organisation"] or {}).get("name", "")
                if isinstance(one.get("organisation"), dict)
                else one.get("organisation") or "",
                "page": one.get("page", ""),
            }
            for one in hit["same"]
        ],
    }
