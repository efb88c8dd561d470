"""Jobs: long work in threads, durable in the store, its progress as JSON and as events.

Work that only waits for reading processes runs in threads of its own: whose file is read
next is the sandbox's to say, so that one slow file holds up no other. All other work is
done one piece at a time.

A job is a row of the store before it begins (`kb.store.jobs`). After a restart, or where
another server finds its owner dead, a job of a kind that can be resumed goes on, and any other
is marked as interrupted.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, cast, get_args

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse

from api.http.job_owner import JobOwner
from api.http.privacy import worded
from api.http.schemas import StrictModel
from api.text.messages import message
from ingest.errors import PhaenError, UsageError
from kb.store.jobs import FINISHED as FINISHED
from kb.store.jobs import JobRecord, JobTable
from kb.store.store import Store

router = APIRouter(prefix="/jobs", tags=["jobs"])
State = Literal["waiting", "running", "done", "failed"]
_LOOK_SECONDS = 0.25
_SAVE_SECONDS = 1.0
"""Progress is written to the store no more often than this."""


class JobStoppedError(Exception):
    """A job was cancelled, or its server is being closed."""


@dataclass
class Job:
    """A job: its progress, and its results or error.

    `input` is what the job needs to be done anew after a restart, None where it can't be.
    """

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
    input: Mapping[str, Any] | None = None
    stop: Literal["cancelled", "closing"] | None = None
    table: JobTable | None = None
    resumed: bool = False
    _saved: float = 0.0

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
        """Add a result. Raises JobStoppedError."""
        self.check()
        self.result.append(outcome)
        self.done += 1
        self._touch()

    def progress(self, _stage: str, done: int, total: int) -> None:
        """Set how much of the work is done; the form of a progress callback.

        Raises JobStoppedError where the job was cancelled or the server is being closed.
        """
        self.check()
        self.done, self.total = done, total
        self._touch()

    def check(self) -> None:
        """Raise JobStoppedError where the job is to go on no further."""
        if self.stop is not None:
            raise JobStoppedError

    def raise_failure(self) -> None:
        """Raise the error that ended the work, if any."""
        if self.failure is not None:
            raise self.failure
        if self.error is not None:
            raise PhaenError(self.error["code"])

    def turn(self, state: State, error: dict[str, Any] | None = None) -> None:
        """Set the state."""
        self.error, self.state, self.updated_at = error, state, _now()

    def record(self, owner: str) -> JobRecord:
        """Return the form that the store keeps."""
        return JobRecord(
            self.id,
            self.kind,
            self.state,
            self.done,
            self.total,
            owner,
            self.input,
            list(self.result) if self.state in FINISHED else [],
            self.error,
            self.created_at,
            self.updated_at,
        )

    def _touch(self) -> None:
        self.updated_at = _now()
        if self.table is not None and time.monotonic() - self._saved > _SAVE_SECONDS:
            self._saved = time.monotonic()
            with suppress(PhaenError):  # the next one will be written
                self.table.progress(self.id, self.done, self.total, self.updated_at)


Work = Callable[[Job], None]
Resume = Callable[[Job], Work]
"""Returns the work of a job that another process left unfinished, from its `input`."""


class Jobs:
    """The jobs of one server; beyond `remembered` the oldest finished ones are dropped.

    With a `store` that can be written they are durable; without, they end with the process.
    """

    def __init__(self, waiting: int, remembered: int, store: Store | None = None) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="phaen-job")
        self._readers = ThreadPoolExecutor(waiting, thread_name_prefix="phaen-reading")
        self._jobs: dict[str, Job] = {}
        self._waiting, self._remembered = waiting, remembered
        self._lock = threading.Lock()
        self.table = JobTable(store) if store is not None else None
        self.owner = JobOwner(store.path.absolute()) if store is not None else None

    @property
    def durable(self) -> bool:
        """Whether a job survives this process."""
        return self.table is not None and self.table.store.writable

    def announce(self, job: Job) -> None:
        """Store a job before its files are there, so that a start after a kill removes them."""
        if self.table is not None and self.owner is not None and self.durable:
            self.table.save(job.record(self.owner.hold()))

    def withdraw(self, job: Job) -> None:
        """Forget an announced job that can't begin, and its files."""
        if self.table is not None and self.owner is not None and self.durable:
            with suppress(PhaenError):
                self.table.delete(job.id)
            self.owner.drop_files(job.id)

    def start(self, job: Job, work: Work, *, reads: bool = False) -> Future[None]:
        """Queue a job; raise `too-many-jobs` if too many are waiting.

        `reads`: the work mostly waits for files to be read, and need not wait for other work.
        A job with an `input` is stored first; what storing it raises is raised here.
        """
        with self._lock:
            if sum(known.state not in FINISHED for known in self._jobs.values()) >= self._waiting:
                raise UsageError("too-many-jobs")
            finished = [known.id for known in self._jobs.values() if known.state in FINISHED]
            for old in finished[: max(0, len(self._jobs) + 1 - self._remembered)]:
                del self._jobs[old]
            self._jobs[job.id] = job
        try:
            self._store(job)
        except BaseException:
            with self._lock:
                del self._jobs[job.id]
            raise
        return (self._readers if reads else self._worker).submit(self._run, job, work)

    def resume(self, kinds: Mapping[str, tuple[Resume, bool]]) -> None:
        """Take up what servers that are gone left unfinished, or mark it as interrupted.

        `kinds` are those that can be resumed: how, and whether they read.
        """
        if self.table is None or self.owner is None or not self.durable:
            return
        for record in self.table.unfinished():
            if not self.owner.is_gone(record.owner):
                continue
            if not self.table.adopt(record.id, record.owner, self.owner.hold()):
                continue
            job = _job_of(record)
            job.state, job.done, job.resumed = "waiting", 0, True
            if record.input is None or record.kind not in kinds:
                self._fail(job, "job-interrupted")
                continue
            resume, reads = kinds[record.kind]
            try:
                self.start(job, resume(job), reads=reads)
            except PhaenError as error:
                self._fail(job, error.code)

    def cancel(self, job: str) -> Job:
        """Let a job go on no further; what it has stored stays. Raises `job-unknown`."""
        known = self._jobs.get(job)
        if known is None:
            return self.get(job)
        if known.state not in FINISHED:
            known.stop = "cancelled"
            if known.state == "waiting":
                self._fail(known, "job-cancelled")
        return known

    def get(self, job: str) -> Job:
        """Return a job of this server, or one that the store remembers; raise `job-unknown`."""
        if job in self._jobs:
            return self._jobs[job]
        record = self.table.get(job) if self.table is not None else None
        if record is None:
            raise UsageError("job-unknown", id=job)
        return _job_of(record)

    def states(self) -> dict[str, int]:
        """Return how many jobs of this server are in each state."""
        states = Counter(job.state for job in list(self._jobs.values()))
        return {state: states[state] for state in get_args(State)}

    def __contains__(self, job: str) -> bool:
        return job in self._jobs

    def stop(self) -> None:
        """Begin to close: running jobs end at their next step, to be taken up at the next start."""
        for job in list(self._jobs.values()):
            if job.state not in FINISHED and job.table is not None and job.input is not None:
                job.stop = "closing"

    def close(self) -> None:
        """Wait for the running job; a waiting one is left to the next start."""
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._worker.shutdown(wait=True, cancel_futures=True)
        if self.owner is not None:
            self.owner.release()

    def _store(self, job: Job) -> None:
        if self.table is None or self.owner is None or not self.durable:
            return
        try:
            self.table.save(job.record(self.owner.hold()))
            self.table.forget(self._remembered)
        except (PhaenError, OSError):
            if job.input is not None:
                raise
            return
        job.table = self.table

    def _save(self, job: Job) -> None:
        """Write a job's end; where the store is busy or gone, a few times more."""
        if job.table is None or self.owner is None:
            return
        try:
            job.table.save(job.record(self.owner.name))
        except PhaenError:
            return  # the next start finds it unfinished and does it anew
        self.owner.drop_files(job.id)

    def _fail(self, job: Job, code: str) -> None:
        job.table = job.table or self.table
        job.turn("failed", {"code": code, "message": message(code)})
        self._save(job)

    def _run(self, job: Job, work: Work) -> None:
        if job.state in FINISHED or job.stop is not None:
            return
        job.turn("running")
        try:
            work(job)
        except JobStoppedError:
            if job.stop == "cancelled":
                self._fail(job, "job-cancelled")
            return
        except PhaenError as error:
            if job.stop == "closing":
                return
            job.failure = error
            job.turn("failed", {"code": error.code, "message": worded(error)})
        except Exception:
            job.turn("failed", {"code": "internal", "message": message("internal")})
            self._save(job)
            raise
        else:
            job.turn("done")
        self._save(job)


def _job_of(record: JobRecord) -> Job:
    return Job(
        record.kind,
        record.total,
        record.id,
        cast(State, record.state),
        record.done,
        [dict(outcome) for outcome in record.result],
        dict(record.error) if record.error else None,
        None,
        record.created_at,
        record.updated_at,
        record.input,
    )


async def events(get: Callable[[], Job]) -> AsyncIterator[str]:
    """Stream a job's progress as server-sent events until it is finished."""
    last_sent = None
    while True:
        record = get().to_dict()
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
    known = _job(request, job)
    own = known.id in request.app.state.jobs
    get = (lambda: known) if own else (lambda: _job(request, job))
    return StreamingResponse(events(get), media_type="text/event-stream")


@router.post("/{job}/cancel", summary="ยกเลิกงาน", response_model=JobShape)
def cancel(request: Request, job: str) -> JSONResponse:
    """Cancel a job: it goes on no further, and what it has stored stays.

    Its state is `failed` with the error `job-cancelled` once it has stopped; a file that is
    being read is read to its end and not stored. A finished job stays as it is.
    """
    known: Job = request.app.state.jobs.cancel(job)
    return JSONResponse(known.to_dict())
