"""Lists: statements, projects, organisations and frameworks."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from api.http.paging import FilterQuery, ListPage, PageQuery, key_of, name_cursor, names_of, page_of
from api.http.schemas import FrameworkShape, OrganisationCount, ProjectShape, StatementShape
from api.http.state import Kb
from ingest.records import Organisation
from kb.reference.frameworks import frameworks as all_frameworks

router = APIRouter(tags=["records"])


@router.get("/statements", summary="ข้อความในแผน", response_model=ListPage[StatementShape])
def statements(kb: Kb, query: Annotated[FilterQuery, Query()]) -> JSONResponse:
    """List the statements that match the filters, in the order they were added."""
    stored = kb.statements(query.filters(), limit=query.limit + 1, after=key_of(query.cursor))
    return JSONResponse(page_of(stored, query.limit))


@router.get("/projects", summary="โครงการในแผน", response_model=ListPage[ProjectShape])
def projects(kb: Kb, query: Annotated[FilterQuery, Query()]) -> JSONResponse:
    """List the projects that match the filters, in the order they were added."""
    stored = kb.projects(query.filters(), limit=query.limit + 1, after=key_of(query.cursor))
    return JSONResponse(page_of(stored, query.limit))


@router.get(
    "/organisations", summary="หน่วยงานเจ้าของแผน", response_model=ListPage[OrganisationCount]
)
def organisations(kb: Kb, query: Annotated[PageQuery, Query()]) -> JSONResponse:
    """Organisations by name, each with its counts of documents, statements and projects."""
    after = names_of(query.cursor)
    following = [
        (organisation, counts)
        for organisation, counts in kb.organisations()
        if _position(organisation) > after
    ]
    shown = following[: query.limit]
    more = len(following) > query.limit
    return JSONResponse(
        {
            "items": [organisation.to_dict() | dict(counts) for organisation, counts in shown],
            "next": name_cursor(_position(shown[-1][0])) if more else None,
        }
    )


def _position(organisation: Organisation) -> list[str]:
    """Return the sort key of an organisation: its name, then its places."""
    places = [
        (level, place)
        for level in ("province", "district", "subdistrict")
        if (place := getattr(organisation, level))
    ]
    return [organisation.name, *chain.from_iterable(places)]


@router.get("/frameworks", summary="กรอบยุทธศาสตร์ของประเทศ", response_model=ListPage[FrameworkShape])
def frameworks() -> JSONResponse:
    """List the national frameworks that come with phaen, with their nodes."""
    return JSONResponse(
        {"items": [framework.to_dict() for framework in all_frameworks()], "next": None}
    )
