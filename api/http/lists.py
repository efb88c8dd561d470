"""Lists of what plans say: statements, projects and the bodies that plan."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from api.http.paging import FilterQuery, ListPage, PageQuery, cursor_of, key_of, page_of
from api.http.schemas import FrameworkShape, OrganisationCount, ProjectShape, StatementShape
from api.http.state import Kb
from kb.reference.frameworks import frameworks as all_frameworks

router = APIRouter(tags=["records"])


@router.get("/statements", summary="ข้อความในแผน", response_model=ListPage[StatementShape])
def statements(kb: Kb, asked: Annotated[FilterQuery, Query()]) -> JSONResponse:
    """Statements that fit the filters, in the order they were said."""
    found = kb.store.statements(asked.filters(), limit=asked.limit + 1, after=key_of(asked.cursor))
    return JSONResponse(page_of(found, asked.limit))


@router.get("/projects", summary="โครงการในแผน", response_model=ListPage[ProjectShape])
def projects(kb: Kb, asked: Annotated[FilterQuery, Query()]) -> JSONResponse:
    """Projects that fit the filters, in the order they were named."""
    found = kb.store.projects(asked.filters(), limit=asked.limit + 1, after=key_of(asked.cursor))
    return JSONResponse(page_of(found, asked.limit))


@router.get(
    "/organisations", summary="หน่วยงานเจ้าของแผน", response_model=ListPage[OrganisationCount]
)
def organisations(kb: Kb, asked: Annotated[PageQuery, Query()]) -> JSONResponse:
    """Bodies by name, each with how much the knowledge base has of it."""
    after = key_of(asked.cursor)
    found = [body.to_dict() | dict(counts) for body, counts in kb.store.organisations()]
    shown = found[after : after + asked.limit]
    more = len(found) > after + asked.limit
    following = cursor_of(after + asked.limit) if more else None
    return JSONResponse({"items": shown, "next": following})


@router.get("/frameworks", summary="กรอบยุทธศาสตร์ของประเทศ", response_model=ListPage[FrameworkShape])
def frameworks() -> JSONResponse:
    """Give the national frameworks that come with the software, each with its nodes."""
    return JSONResponse({"items": [each.to_dict() for each in all_frameworks()], "next": None})
