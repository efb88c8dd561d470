"""Jobs: long work in threads, its progress as JSON and as server-sent events.

Work that only waits for reading processes runs in threads of its own: whose file is read
next is the sandbox's to say, so that one slow file holds up no other. All other work is
done one piece at a time.
"""

from __future__ import annotations

import asyncio
import json
import threading
import uuid
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse

from api.http.privacy import worded
from api.http.schemas import StrictModel
from api.text.messages import message
from ingest.errors import PhaenError, UsageError

router = APIRouter(prefix="/jobs", tags=["jobs"])
State = Literal["waiting", "running", "done", "failed"]
FINISHED = ("done", "failed")
_LOOK_SECONDS = 0.25


@dataclass
class Job:
    """A job: its progress, and its results or error."""

    kind: str
    total: int | None = None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: State = "waiting"
    done: int = 0
    result: list[dict[str, Any]] = field(default_factory=list)
    error: dict[str, Any] | None = None
    failure: PhaenError | None = None
    created_at: str = field(default_factory=lambda: _now())
    updated_at: str = field(default_factory=lambda: _now())

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "result": list(self.result),
            "error": self.error,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        }

    def step(self, outcome: dict[str, Any]) -> None:
        """Add a result."""
        self.result.append(outcome)
        self.done += 1
        self.updated_at = _now()

    def progress(self, _stage: str, done: int, total: int) -> None:
        """Set how much of the work is done; the form of a progress callback."""
        self.done, self.total, self.updated_at = done, total, _now()

    def raise_failure(self) -> None:
        """Raise the error that ended the work, if any."""
        if self.failure is not None:
            raise self.failure
        if self.error is not None:
            raise PhaenError(self.error["code"])

    def turn(self, state: State, error: dict[str, Any] | None = None) -> None:
        """Set the state."""
        self.error, self.state, self.updated_at = error, state, _now()


class Jobs:
    """The jobs of one server; beyond `remembered` the oldest finished ones are dropped."""

    def __init__(self, waiting: int, remembered: int) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="phaen-job")
        self._readers = ThreadPoolExecutor(waiting, thread_name_prefix="phaen-reading")
        self._jobs: dict[str, Job] = {}
        self._waiting, self._remembered = waiting, remembered
        self._lock = threading.Lock()

    def start(self, job: Job, work: Callable[[Job], None], *, reads: bool = False) -> Future[None]:
        """Queue a job; raise `too-many-jobs` if too many are waiting.

        `reads`: the work mostly waits for files to be read, and need not wait for other work.
        """
        with self._lock:
            if sum(known.state not in FINISHED for known in self._jobs.values()) >= self._waiting:
                raise UsageError("too-many-jobs")
            finished = [known.id for known in self._jobs.values() if known.state in FINISHED]
            for old in finished[: max(0, len(self._jobs) + 1 - self._remembered)]:
                del self._jobs[old]
            self._jobs[job.id] = job
        return (self._readers if reads else self._worker).submit(_run, job, work)

    def get(self, job: str) -> Job:
        """Return a job; raise `job-unknown`."""
        if job not in self._jobs:
            raise UsageError("job-unknown", id=job)
        return self._jobs[job]

    def close(self) -> None:
        """Wait for the running job and drop the waiting ones."""
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._worker.shutdown(wait=True, cancel_futures=True)


def _run(job: Job, work: Callable[[Job], None]) -> None:
    job.turn("running")
    try:
        work(job)
    except PhaenError as error:
        job.failure = error
        job.turn("failed", {"code": error.code, "message": worded(error)})
    except Exception:
        job.turn("failed", {"code": "internal", "message": message("internal")})
        raise
    else:
        job.turn("done")


async def events(job: Job) -> AsyncIterator[str]:
    """Stream a job's progress as server-sent events until it is finished."""
    last_sent = None
    while True:
        record = job.to_dict()
        if record["updated_at"] != last_sent or record["state"] in FINISHED:
            last_sent = record["updated_at"]
            yield f"event: {record['state']}\ndata: {json.dumps(record, ensure_ascii=False)}\n\n"
        if record["state"] in FINISHED:
            return
        await asyncio.sleep(_LOOK_SECONDS)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class JobShape(StrictModel):
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
    known: Job = request.app.state.jobs.get(job)
    return known


@router.get("/{job}", summary="ความคืบหน้าของงาน", response_model=JobShape)
def job(request: Request, job: str) -> JSONResponse:
    """Return how far a job is, and its results so far."""
    return JSONResponse(_job(request, job).to_dict())


@router.get("/{job}/events", summary="ติดตามงาน", response_class=StreamingResponse)
async def follow(request: Request, job: str) -> StreamingResponse:
    """Stream a job's progress as server-sent events; the last one is `done` or `failed`."""
    return StreamingResponse(events(_job(request, job)), media_type="text/event-stream")
