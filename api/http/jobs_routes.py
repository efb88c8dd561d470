"""The progress of long work, asked for or streamed."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse

from api.http.jobs import Job, events
from api.http.records import Shape

router = APIRouter(prefix="/jobs", tags=["jobs"])


class JobShape(Shape):
    """A job: how far it is (`done` of `total`), and its results so far."""

    id: str
    kind: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int
    total: int | None
    result: list[dict[str, Any]]
    error: dict[str, Any] | None
    created_at: str
    updated_at: str


def _job(request: Request, job: str) -> Job:
    found: Job = request.app.state.jobs.get(job)
    return found


@router.get("/{job}", summary="ความคืบหน้าของงาน", response_model=JobShape)
def job(request: Request, job: str) -> JSONResponse:
    """Tell how far a job is, and its results so far."""
    return JSONResponse(_job(request, job).to_dict())


@router.get("/{job}/events", summary="ติดตามงาน", response_class=StreamingResponse)
async def follow(request: Request, job: str) -> StreamingResponse:
    """Stream a job's progress as server-sent events; the last one is `done` or `failed`."""
    return StreamingResponse(events(_job(request, job)), media_type="text/event-stream")
