"""Many files into the knowledge base: read by several processes, kept one by one.

Files are read ahead in parallel and kept in their natural order, each wholly or not at
all. What is kept already is known by its content and skipped unread, so a run that was
killed is continued by running it again, and ends as if it had never been killed.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

from ingest import document_id
from ingest.errors import PhaenError, ReadError
from ingest.failures import failures_of, unreadable
from ingest.formats.limits import Limits
from ingest.readers.archive import named
from ingest.records import Document, Organisation, Period
from ingest.sandbox.pool import Workers
from kb.loading.sources import Folder, Source, sources_of
from kb.store.records import StoredDocument

Status = Literal["added", "unchanged", "replaced", "failed"]
_AHEAD = 8


class Keeper(Protocol):
    """What keeps documents: the store, or the knowledge base around it."""

    def has(self, document: str) -> bool:
        """Return whether a document of this id is kept."""
        ...

    def document(self, document: str) -> StoredDocument:
        """Give a kept document."""
        ...

    def is_own(self, path: Path) -> bool:
        """Return whether a file is one that documents are kept in."""
        ...

    def add(
        self, document: Document, source: str | None = None
    ) -> Literal["added", "unchanged", "replaced"]:
        """Keep a document, wholly or not at all."""
        ...

    def keep_original(self, document: str, file: Path) -> None:
        """Keep the file a document is read from."""
        ...

    def seen(self, document: str, source: str) -> Literal["unchanged", "replaced"]:
        """Note that a kept document stands at `source`, instead of what stood there."""
        ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file."""

    file: str
    status: Status
    document_id: str | None = None
    statements: int = 0
    projects: int = 0
    pages: int = 0
    unread_pages: int = 0
    notes: tuple[str, ...] = ()
    error: ReadError | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `files` of `total` are done, `pages` read in `seconds`."""

    files: int
    total: int
    pages: int
    seconds: float
    file: str | None = None

    @property
    def rate(self) -> float:
        """Pages a second since the run began."""
        return self.pages / self.seconds if self.seconds else 0.0


def load(
    paths: Iterable[Path | str],
    kb: Keeper,
    *,
    workers: int | None = None,
    organisation: Organisation | None = None,
    period: Period | None = None,
    again: bool = False,
    columns: tuple[str, ...] = (),
    limits: Limits = Limits(),
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Loaded]:
    """Read files, folders and archives into `kb`; yield what became of each, in order.

    `organisation` and `period` replace what the documents say of themselves. Files whose
    content is kept are not read, unless `again`. `columns` say what columns of tables hold
    (`column=field`). `progress` is called often, from several
    threads but never twice at once. A file that can't be read is `failed` with its error,
    and the others go on.
    """
    with Workers(workers, limits) as started:
        run = _Run(kb, started, _Requirements(organisation, period, again, columns), progress)
        yield from run.all(sources_of(paths, kb.is_own))


@dataclass(frozen=True, slots=True)
class _Requirements:
    """What the caller wants of every document."""

    organisation: Organisation | None
    period: Period | None
    again: bool
    columns: tuple[str, ...] = ()

    def fulfilled(self, kept: StoredDocument) -> bool:
        """Return whether a kept document is as it would be after reading it now."""
        return (
            not self.again
            and not self.columns
            and self.organisation in (None, kept.organisation)
            and self.period in (None, kept.period)
        )

    def applied(self, document: Document) -> Document:
        """Return the document with the caller's organisation and period."""
        return replace(
            document,
            organisation=self.organisation or document.organisation,
            period=self.period or document.period,
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file that a process reads, or is about to."""

    source: Source
    future: Future[Document]


_Item = Source | _Reading | Loaded


class _Run:
    """One run: a line of files, the first few of which are being read."""

    def __init__(
        self,
        kb: Keeper,
        workers: Workers,
        wishes: _Requirements,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._kb = kb
        self._workers = workers
        self._wishes = wishes
        self._meter = Meter(progress)
        self._line: deque[_Item] = deque()
        self._pool = ThreadPoolExecutor(workers.count, "phaen-read")

    def all(self, sources: Iterable[Source | ReadError]) -> Iterator[Loaded]:
        """Read and keep everything, in order."""
        self._join(sources)
        try:
            while self._line:
                self._read_ahead()
                item = self._line.popleft()
                loaded = item if isinstance(item, Loaded) else self._finish(item)
                if loaded is not None:
                    self._meter.file_done(loaded.file)
                    yield loaded
        finally:
            self._workers.close()
            self._pool.shutdown(cancel_futures=True)

    def _join(self, sources: Iterable[Source | ReadError]) -> None:
        """Put files at the head of the line."""
        items = [_failed(s) if isinstance(s, ReadError) else s for s in sources]
        self._meter.expect(len(items))
        self._line.extendleft(reversed(items))

    def _read_ahead(self) -> None:
        for nth in range(min(len(self._line), _AHEAD * self._workers.count)):
            item = self._line[nth]
            if isinstance(item, Source):
                self._line[nth] = self._begin(item)

    def _begin(self, source: Source) -> _Reading | Loaded:
        """Have a file read, unless it can't be or its content is kept already."""
        if self._kb.is_own(source.path):
            return _failed(ReadError("own-file"), source.name)
        try:
            result = document_id(source.path, self._workers.limits)
        except ReadError as error:
            return _failed(error, source.name)
        except OSError as error:
            return _failed(unreadable(error, source.name), source.name)
        if (kept := self._kept(result, source)) is not None:
            return kept
        future = self._pool.submit(
            self._workers.read,
            source.path,
            name=source.name,
            on_page=self._meter.page_done,
            columns=self._wishes.columns,
        )
        return _Reading(source, future)

    def _kept(self, found: str, source: Source) -> Loaded | None:
        """Note that a document kept already stands here too; None where it is to be read."""
        if not self._kb.has(found):
            return None
        kept = self._kb.document(found)
        with contextlib.suppress(
            PhaenError
        ):  # the document is kept, whether its original is or not
            self._kb.keep_original(found, source.path)
        if not self._wishes.fulfilled(kept):
            return None
        return Loaded(
            source.name,
            self._kb.seen(found, source.place),
            found,
            kept.statements,
            kept.projects,
            kept.pages,
            kept.unread_pages,
            kept.notes,
        )

    def _finish(self, item: Source | _Reading) -> Loaded | None:
        """Keep what was read; None where it was an archive, whose files now come first."""
        if isinstance(item, Source):
            raise AssertionError("the head of the line is always begun")
        source = item.source
        try:
            document = item.future.result()
        except ReadError as error:
            if error.code == "is-archive":
                return self._open(source)
            return _failed(error, source.name)
        return self._kept(document.id, source) or self._keep(document, source)

    def _keep(self, document: Document, source: Source) -> Loaded:
        document = self._wishes.applied(document)
        self._kb.keep_original(document.id, source.path)
        status = self._kb.add(document, source.place)
        return Loaded(
            source.name,
            status,
            document.id,
            len(document.statements),
            len(document.projects),
            len(document.pages),
            len(document.unread_pages),
            document.notes,
        )

    def _open(self, source: Source) -> Loaded | None:
        """Unpack an archive and put its files at the head of the line."""
        try:
            with failures_of(source.name):
                folder = Folder()
            members = self._workers.unpack(source.path, folder.path)
        except ReadError as error:
            return _failed(error, source.name)
        inside: list[Source | ReadError] = []
        for member in members:
            name, place = f"{source.name}/{member.name}", f"{source.place}/{member.name}"
            if member.file is None:
                inside.append(named(member, name))
            else:
                inside.append(Source(folder.path / member.file, name, place, folder))
        if not inside:
            return _failed(ReadError("no-documents"), source.name)
        self._join(inside)
        self._meter.expect(-1)
        return None


def _failed(error: ReadError, name: str | None = None) -> Loaded:
    """Make the outcome of a file that could not be read; its error bears the file's name."""
    file = name or str(error.details.get("file", ""))
    return Loaded(file, "failed", error=ReadError(error.code, **{**error.details, "file": file}))


class Meter:
    """Counts files and pages, and tells whoever wants to know; threads may share it."""

    def __init__(self, listener: Callable[[Progress], None] | None) -> None:
        self._listener = listener
        self._lock = threading.Lock()
        self._begun = time.monotonic()
        self._files = self._total = self._pages = 0

    def expect(self, files: int) -> None:
        """Expect more files, or fewer."""
        with self._lock:
            self._total += files
            self._tell(None)

    def page_done(self) -> None:
        """Count a page."""
        with self._lock:
            self._pages += 1
            self._tell(None)

    def file_done(self, file: str) -> None:
        """Count a file."""
        with self._lock:
            self._files += 1
            self._tell(file)

    def _tell(self, file: str | None) -> None:
        if self._listener is not None:
            seconds = time.monotonic() - self._begun
            self._listener(Progress(self._files, self._total, self._pages, seconds, file))
