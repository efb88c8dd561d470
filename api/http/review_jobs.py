"""Review sets are filled and judged by a job, which is taken up anew after a restart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from fastapi import FastAPI, UploadFile
from fastapi.concurrency import run_in_threadpool

from api.http.alignment import FORMATS, MOST
from api.http.jobs import Job, Work
from api.http.privacy import worded
from api.http.uploads import file_name
from api.text.requested_options import organisation_named
from ingest.errors import PhaenError, UsageError
from ingest.temporary import TemporaryFolder
from kb.loading.proposals import Proposal, read_proposals
from kb.review_sets.judging import judge_set
from kb.review_sets.records import ReviewSet
from kb.review_sets.sets import ReviewSets

KIND = "review-set"
MOST_BYTES = 64 << 20
"""A workbook of 10,000 proposals is a tenth of it."""


async def begin_workbook(
    app: FastAPI,
    upload: UploadFile,
    *,
    name: str,
    against: Sequence[str],
    organisation: str | None,
    who: str,
) -> tuple[ReviewSet, Job]:
    """Make a set of an uploaded workbook and begin its job.

    Raises UsageError: `no-files-sent`, `body-too-large`, and what `organisation_named` raises.
    """
    content = await upload.read(MOST_BYTES + 1)
    if not content:
        raise UsageError("no-files-sent")
    if len(content) > MOST_BYTES:
        raise UsageError("body-too-large", limit=MOST_BYTES)
    file = file_name(upload.filename, 0)
    title = name.strip() or PurePath(file).stem
    return await run_in_threadpool(_begin, app, title, file, content, against, organisation, who)


def begin_proposal(
    app: FastAPI, proposal: Proposal, *, against: Sequence[str], who: str
) -> tuple[ReviewSet, Job]:
    """Make a set of one typed proposal and begin its job."""
    sets = ReviewSets(app.state.kb.store)
    made = sets.make(proposal.title[:200], "", None, against, made_by=who or None)
    sets.fill(made.id, [proposal])
    return _start(app, sets, made.id, None)


def review_work(app: FastAPI, job: Job) -> Work:
    """Return the work of a job of this kind; what is judged already is not judged anew."""
    stated: dict[str, Any] = dict(job.input or {})
    review_set, organisation = stated["set"], stated["organisation"]
    state = app.state
    sets = ReviewSets(state.kb.store)

    def read() -> Sequence[Proposal]:
        with TemporaryFolder() as folder:
            path = folder.path / sets.get(review_set).file
            path.write_bytes(sets.workbook(review_set) or b"")
            return read_proposals(path, FORMATS, MOST, state.workers)

    def work(job: Job) -> None:
        try:
            body = organisation_named(organisation) if organisation else None
            judge_set(state.kb, review_set, read, organisation=body, progress=job.progress)
        except PhaenError as error:
            if job.stop != "closing":
                sets.turn(review_set, "failed", worded(error))
            raise

    return work


def _begin(
    app: FastAPI,
    name: str,
    file: str,
    content: bytes,
    against: Sequence[str],
    organisation: str | None,
    who: str,
) -> tuple[ReviewSet, Job]:
    if organisation:
        organisation_named(organisation)
    sets = ReviewSets(app.state.kb.store)
    made = sets.make(name[:200], file, content, against, made_by=who or None)
    return _start(app, sets, made.id, organisation)


def _start(
    app: FastAPI, sets: ReviewSets, review_set: str, organisation: str | None
) -> tuple[ReviewSet, Job]:
    job = Job(KIND, input={"set": review_set, "organisation": organisation})
    sets.set_job(review_set, job.id)
    try:
        app.state.jobs.start(job, review_work(app, job), reads=True)
    except BaseException:
        sets.delete(review_set)
        raise
    return sets.get(review_set), job
