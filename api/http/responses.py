"""Answers that several resources share: a report as a page, an unfinished job, waiting."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse

from api.http.jobs import FINISHED, Job
from api.http.state import ServerLimits

REPORT_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}
"""A report carries its own style, font and pictures; a browser may load nothing else for it."""


def report_page(text: str) -> HTMLResponse:
    """Return the answer that shows a report, which is one HTML text."""
    return HTMLResponse(text, headers=REPORT_HEADERS)


def wants_html(request: Request) -> bool:
    """Return whether the `Accept` header names HTML."""
    return "text/html" in request.headers.get("accept", "")


def job_accepted(job: Job) -> JSONResponse:
    """Return the answer 202 that says where the job of unfinished work is."""
    return JSONResponse(job.to_dict(), 202, headers={"location": f"/v1/jobs/{job.id}"})


async def finished_in_time(
    job: Job, work: Future[None], prefer: str | None, limits: ServerLimits
) -> bool:
    """Wait for a job as long as `Prefer` allows; return whether it has finished."""
    seconds = wait_seconds(prefer, limits)
    await asyncio.wait([asyncio.wrap_future(work)], timeout=seconds)
    return bool(seconds) and job.state in FINISHED


def wait_seconds(prefer: str | None, limits: ServerLimits) -> float:
    """Return how many seconds to wait for an answer, by `Prefer` (RFC 7240) and the limits."""
    preferences = (prefer or "").replace(" ", "").lower().split(",")
    if "respond-async" in preferences:
        return 0.0
    waits = [part.removeprefix("wait=") for part in preferences if part.startswith("wait=")]
    if waits and waits[0].isdecimal():
        return min(float(waits[0]), limits.wait_seconds)
    return limits.wait_seconds
