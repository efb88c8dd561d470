"""Uploaded files: read in the sandbox and stored one by one."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from fastapi import Request, UploadFile
from fastapi.concurrency import run_in_threadpool

from api.http.health import warm_up
from api.http.jobs import Job, Jobs
from api.http.privacy import worded
from api.http.state import ServerLimits
from api.text.language import Language
from api.text.messages import printable
from api.text.requested_options import RequestedOptions, requested_options
from ingest.errors import PhaenError, ReadError, UsageError
from ingest.records import Document
from ingest.sandbox.pool import Workers
from ingest.temporary import TemporaryFolder
from kb import KnowledgeBase
from kb.store.actor import Actor, acting, acting_as

_SECONDS = len("2026-01-01T00:00:00")
_NAME_BYTES = 200
"""File systems take names of 255 bytes; a Thai letter is three."""
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")


def received(files: Sequence[UploadFile]) -> tuple[TemporaryFolder, list[tuple[Path, str]]]:
    """Write uploads into a new folder; return the folder, and the path and name of each file."""
    folder = TemporaryFolder()
    return folder, received_into(folder, files)


class JobFolder:
    """The folder of a job's files: it outlives the process, and goes when the job has ended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def remove(self) -> None:
        """Delete the folder with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)


Folder = TemporaryFolder | JobFolder


def job_folder(jobs: Jobs, job: str) -> Folder:
    """Return a folder for a job's files: a lasting one where jobs are durable."""
    if jobs.durable and jobs.owner is not None:
        jobs.owner.hold()
        return JobFolder(jobs.owner.files_of(job))
    return TemporaryFolder()


def received_into(folder: Folder, files: Sequence[UploadFile]) -> list[tuple[Path, str]]:
    """Write uploads into a folder, on the disk for certain; return the path and name of each."""
    try:
        named_files = []
        for number, upload in enumerate(files):
            path = folder.path / str(number)
            with path.open("wb") as out:
                shutil.copyfileobj(upload.file, out, 1 << 20)
                out.flush()
                os.fsync(out.fileno())
            named_files.append((path, file_name(upload.filename, number)))
    except BaseException:
        folder.remove()
        raise
    return named_files


def file_name(sent: str | None, number: int) -> str:
    """Return a file name that every file system accepts for the one a browser sent.

    No folders, no control characters, no `..`, and no more bytes than file systems take;
    a name that is cut keeps its ending, which says what the file is.
    """
    bare = printable(PurePosixPath(PureWindowsPath(sent or "").as_posix()).name).strip()
    if not bare.strip("."):
        return f"upload-{number + 1}"
    if len(bare.encode()) <= _NAME_BYTES:
        return bare
    ending = _SUFFIX.search(bare)
    suffix = ending[0] if ending else ""
    stem = bare.removesuffix(suffix).encode()[: _NAME_BYTES - len(suffix)]
    return stem.decode(errors="ignore") + suffix


async def begun(
    request: Request,
    kb: KnowledgeBase,
    limits: ServerLimits,
    files: Sequence[UploadFile],
    organisation: str | None,
    period: str | None,
    language: Language,
) -> tuple[Job, Future[None]]:
    """Begin to read uploads; return the job and its work. RequestedOptions are a body and a period.

    Raises UsageError: `too-many-files`, `too-many-jobs`, and what `requested_options` raises.
    """
    if len(files) > limits.files:
        raise UsageError("too-many-files", limit=limits.files)
    state = request.app.state
    options = await run_in_threadpool(requested_options, organisation, period)
    job = Job("documents", total=len(files))
    await run_in_threadpool(state.jobs.announce, job)
    try:
        folder = job_folder(state.jobs, job.id)
        named = await run_in_threadpool(received_into, folder, files)
        job.input = {
            "files": [name for _, name in named],
            "organisation": organisation,
            "period": period,
            "language": language,
            "actor": acting().to_json(),
        }
        reading = UploadReading(kb, state.workers, options, folder, named, language, acting())
        work: Future[None] = await run_in_threadpool(state.jobs.start, job, reading.run, reads=True)
    except BaseException:
        state.jobs.withdraw(job)
        raise
    if state.warm:
        work.add_done_callback(lambda _: warm_up(kb))
    return job, work


class UploadReading:
    """The reading of one upload into the knowledge base."""

    def __init__(
        self,
        kb: KnowledgeBase,
        workers: Workers,
        options: RequestedOptions,
        folder: Folder,
        files: Sequence[tuple[Path, str]],
        language: Language = "th",
        actor: Actor | None = None,
    ) -> None:
        self._actor = actor or Actor()
        self._kb, self._workers, self._options = kb, workers, options
        self._folder, self._files, self._language = folder, files, language
        self._lock = threading.Lock()
        self._job: Job | None = None

    @property
    def _is_resumed(self) -> bool:
        return self._job is not None and self._job.resumed

    @property
    def _began(self) -> str:
        return self._job.created_at if self._job is not None else ""

    def _check(self) -> None:
        if self._job is not None:
            self._job.check()

    def run(self, job: Job) -> None:
        """Read and store every file; results join the job as they come, at the end in order.

        A file whose outcomes the store has, from before a restart, is not read again. The
        files stay on the disk until the store has the job's end: a server that is killed before
        that finds them again.
        """
        self._job = job
        stored = job.table.results(job.id) if job.table is not None else {}
        results = [stored.get(number, []) for number in range(len(self._files))]
        for outcome in (outcome for outcomes in results for outcome in outcomes):
            job.step(outcome)

        def keep(number: int) -> None:
            job.check()
            for outcome in self._one(*self._files[number]):
                with self._lock:
                    job.step(outcome)
                    results[number].append(outcome)
            if job.table is not None:
                job.table.add_result(job.id, number, results[number])

        try:
            with ThreadPoolExecutor(self._workers.count, "phaen-upload") as pool:
                unread = [number for number in range(len(results)) if number not in stored]
                for future in [pool.submit(keep, number) for number in unread]:
                    future.result()
            job.result = [outcome for outcomes in results for outcome in outcomes]
        finally:
            if isinstance(self._folder, TemporaryFolder):
                self._folder.remove()  # a lasting one goes once the job's end is stored

    def _one(self, path: Path, name: str) -> Iterator[dict[str, Any]]:
        try:
            document = self._workers.read(path, name=name)
            self._check()
            yield self._store(document, path)
        except ReadError as error:
            self._check()
            if error.code == "is-archive":
                yield from self._archive(path, name)
            else:
                yield failed(name, error, self._language)
        except PhaenError as error:
            yield failed(name, error, self._language)

    def _store(self, document: Document, path: Path) -> dict[str, Any]:
        changed = self._options.applied(document)
        with acting_as(self._actor):
            self._kb.keep_original(changed.id, path)
            status: str = self._kb.add(changed)
        record = self._kb.document(changed.id).to_dict()
        if (
            status == "unchanged"
            and self._is_resumed
            and record["added_at"][:_SECONDS] >= self._began[:_SECONDS]
        ):
            status = "added"  # by this job, before it was interrupted
        return record | {"document_id": changed.id, "status": status, "error": None}

    def _archive(self, path: Path, name: str) -> Iterator[dict[str, Any]]:
        """Read an archive's documents; archives in it were unpacked with it."""
        inside = Path(tempfile.mkdtemp(dir=self._folder.path))
        try:
            members = self._workers.unpack(path, inside)
        except ReadError as error:
            yield failed(name, error, self._language)
            return
        if not members:
            yield failed(name, ReadError("no-documents", file=name), self._language)
        for member in members:
            member_name = f"{name}/{member.name}"
            if member.file is None:
                damage = member.error or ReadError("damaged", file=member_name)
                yield failed(member_name, damage, self._language)
            else:
                yield from self._one(inside / member.file, member_name)


def failed(name: str, error: PhaenError, language: Language) -> dict[str, Any]:
    """Return the result of a file that could not be read or stored."""
    renamed = type(error)(error.code, **{**error.details, "file": name})
    error_record = {"code": error.code, "message": worded(renamed, language)}
    return {"file": name, "document_id": None, "status": "failed", "error": error_record}
