"""How long a request waits for its work, and the answer that says it goes on (RFC 7240)."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

from fastapi.responses import JSONResponse

from api.http.jobs import FINISHED, Job
from api.http.state import ServerLimits


async def ended(job: Job, work: Future[None], prefer: str | None, limits: ServerLimits) -> bool:
    """Wait for a job as long as the sender will, and tell whether it has ended."""
    seconds = patience(prefer, limits)
    await asyncio.wait([asyncio.wrap_future(work)], timeout=seconds)
    return bool(seconds) and job.state in FINISHED


def later(job: Job) -> JSONResponse:
    """Answer that the work goes on, and where its job is."""
    return JSONResponse(job.to_dict(), 202, headers={"location": f"/v1/jobs/{job.id}"})


def patience(prefer: str | None, limits: ServerLimits) -> float:
    """Read from `Prefer` how many seconds the sender is willing to wait."""
    told = (prefer or "").replace(" ", "").lower().split(",")
    if "respond-async" in told:
        return 0.0
    waits = [part.removeprefix("wait=") for part in told if part.startswith("wait=")]
    if waits and waits[0].isdecimal():
        return min(float(waits[0]), limits.wait_seconds)
    return limits.wait_seconds
