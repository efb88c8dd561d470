"""The FastAPI application over one knowledge base."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.http import (
    alignment,
    comparisons,
    documents,
    duplicates,
    exports,
    health,
    jobs,
    lists,
    metrics,
    review_sets,
    reviews,
    search,
)
from api.http.access import Access, Sessions
from api.http.access_layer import AccessLayer
from api.http.attempts import Attempts
from api.http.error_handlers import handle_problems
from api.http.guard import Capacity, Guard
from api.http.identity import Identities
from api.http.jobs import Jobs
from api.http.methods import Methods
from api.http.observing import LogFormat, Observing
from api.http.openapi import described
from api.http.problems import ProblemShape
from api.http.resumption import resume_jobs
from api.http.search_processes import SearchProcesses
from api.http.state import ServerLimits
from api.web import (
    account,
    add,
    assets,
    body,
    body_checks,
    changes,
    docs,
    document,
    home,
    login,
    pages,
    people,
    problem,
    record,
    to_check,
)
from api.web import align as align_page
from api.web import compare as compare_page
from api.web import documents as documents_page
from api.web import duplicates as duplicates_page
from api.web import reviews as reviews_page
from api.web import search as search_page
from api.web.rendering import notice_page
from ingest.sandbox.pool import Workers
from kb import KnowledgeBase

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"model": ProblemShape, "description": text}
    for code, text in {
        404: "ไม่พบ · not found",
        413: "ใหญ่เกินไป · too large",
        422: "คำขอใช้ไม่ได้ · not valid",
    }.items()
}

_RESOURCES = (
    documents,
    lists,
    reviews,
    search,
    alignment,
    duplicates,
    comparisons,
    review_sets,
    exports,
    jobs,
    health,
)
_PAGES = (
    assets,
    home,
    search_page,
    body,
    documents_page,
    to_check,
    document,
    pages,
    problem,
    reviews_page,
    body_checks,
    duplicates_page,
    align_page,
    compare_page,
    record,
    add,
    login,
    account,
    people,
    changes,
    docs,
)


def create_app(
    kb_path: Path | str,
    *,
    limits: ServerLimits = ServerLimits(),  # noqa: B008 (frozen)
    hosts: Collection[str] | None = None,
    warm: bool = False,
    search_processes: int = 0,
    access: Access = Access(),  # noqa: B008 (frozen)
    log: LogFormat = "off",
) -> FastAPI:
    """Make the application; the knowledge base is opened, and made where there is none.

    `hosts` are the names the server answers to, None for any. `warm` loads the model at
    the start and indexes uploads by meaning at once, so that no search need wait for it.
    `search_processes` are processes that answer searches, started with the application; with none
    its own process answers. `access` says who may do what (`api.http.access`).
    `log` writes a line for every request to standard error (`api.http.observing`).
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        if warm:
            health.warm_up(app.state.kb)
        if search_processes:
            kb: KnowledgeBase = app.state.kb
            app.state.search_processes = SearchProcesses(
                kb.store.path, search_processes, limits.query_characters
            )
        resume_jobs(app)
        yield
        app.state.jobs.stop()
        if app.state.search_processes is not None:
            app.state.search_processes.close()
        app.state.workers.close()
        app.state.jobs.close()
        app.state.kb.close()

    app = FastAPI(
        title="แผน · phaen", version=version("phaen"), lifespan=life, docs_url=None, redoc_url=None
    )
    app.state.kb = KnowledgeBase(kb_path)
    app.state.search_processes = None
    app.state.limits = limits
    app.state.access, app.state.sessions = access, Sessions()
    app.state.identities = Identities(access, app.state.sessions, app.state.kb.store)
    app.state.attempts = Attempts()
    app.state.login_page = login.page_with
    app.state.warm = warm
    app.state.workers = Workers(limits.readers, quick_seconds=limits.quick_seconds)
    app.state.jobs = Jobs(limits.jobs_waiting, limits.jobs_kept, app.state.kb.store)
    for resource in _RESOURCES:
        app.include_router(resource.router, prefix="/v1", responses=_PROBLEMS)
    app.state.metrics = metrics.Metrics(app.state.kb, app.state.jobs)
    app.include_router(metrics.router)
    for page in _PAGES:
        app.include_router(page.router)
    handle_problems(app, notice_page)
    app.add_middleware(Methods)
    app.add_middleware(Capacity, requests=limits.requests, uploads=limits.uploads)
    app.add_middleware(AccessLayer, access=access, identities=app.state.identities)
    if access.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=access.origins,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["authorization", "content-type", "prefer"],
            expose_headers=["location", "retry-after"],
        )
    app.add_middleware(Guard, limits=limits, hosts=hosts, origins=access.origins)
    app.add_middleware(Observing, metrics=app.state.metrics, form=log, write=_to_standard_error)
    described(app)
    return app


def _to_standard_error(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 (a service's log)
