"""Jobs that are taken up at the start of a server, by their kinds."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI

from api.http.jobs import Job, Work
from api.http.review_jobs import KIND, review_work
from api.http.uploads import UploadReading, job_folder
from api.text.requested_options import requested_options
from ingest.errors import UsageError
from kb.store.actor import Actor


def resume_jobs(app: FastAPI) -> None:
    """Take up every job that a server which is gone left unfinished, or mark it."""
    app.state.jobs.resume(
        {"documents": (partial(_documents, app), True), KIND: (partial(review_work, app), True)}
    )


def _documents(app: FastAPI, job: Job) -> Work:
    stated = job.input or {}
    folder = job_folder(app.state.jobs, job.id)
    files = [(folder.path / str(number), name) for number, name in enumerate(stated["files"])]
    if not all(path.is_file() for path, _ in files):
        raise UsageError("job-interrupted")
    options = requested_options(stated["organisation"], stated["period"])
    state = app.state
    actor = Actor.of_json(stated.get("actor"))
    language = stated["language"]
    return UploadReading(state.kb, state.workers, options, folder, files, language, actor).run
