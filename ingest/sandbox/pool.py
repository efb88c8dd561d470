"""Reading in processes of their own: a file that breaks its reader breaks nothing else.

A reader that crashes, hangs or eats memory is that file's error (`reader-crashed`,
`reader-timeout`, `reader-memory`); its process and whatever it started are killed and
replaced. What a reading process may do at all is `ingest.sandbox.confinement`'s to say.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from ingest.errors import PhaenError, ReadError
from ingest.failures import failures_of
from ingest.formats.limits import Limits, display_name
from ingest.records import Document
from ingest.sandbox.confinement import Confinement, environment
from ingest.sandbox.queueing import Queue
from ingest.sandbox.worker import Task, confined, read, unpack
from ingest.temporary import TemporaryFolder

if TYPE_CHECKING:
    from ingest.readers.archive import Member

_ROOT = Path(__file__).resolve().parent.parent.parent
_SERVE = (
    "import sys; sys.path.insert(0, sys.argv[1]); from ingest.sandbox.worker import serve; serve()"
)
_END_SECONDS = 10.0
_START_SECONDS = 120.0
_RETIRE_AFTER = 200
_TRUSTED = frozenset(
    {
        "decimal",
        "ingest.records",
        "ingest.errors",
        "ingest.readers.archive",
        "ingest.sandbox.confinement",
    }
)
"""Modules whose classes an answer may be made of."""
_REBUILD = ("ingest.errors", "_rebuild")


def read_safely(path: Path | str, limits: Limits = Limits(), name: str | None = None) -> Document:
    """Read one file as `ingest.read` does, in a process that may die of it."""
    with Workers(1, limits) as workers:
        return workers.read(path, name=name)


Answer = TypeVar("Answer")


class Workers:
    """A few reading processes, each busy with one file at a time; use it from any threads.

    Processes are started when they are first needed and live on between files, which are
    read in the order they come. With `quick_seconds` one of the processes (of two at least)
    is kept for quick files: one that takes longer there is stopped and read by another, so
    that slow files hold up no quick one for longer than that.
    """

    def __init__(
        self,
        count: int | None = None,
        limits: Limits = Limits(),
        quick_seconds: float | None = None,
    ) -> None:
        self.count = max(count or _processors(), 1 if quick_seconds is None else 2)
        self.limits = limits
        self._closed = False
        self._all = [_Worker() for _ in range(self.count)]
        self._quick_seconds = quick_seconds
        self._quick = self._all[-1] if quick_seconds is not None else None
        self._queue = Queue(self._all[:-1] if self._quick else self._all, self._quick)

    def read(
        self,
        path: Path | str,
        *,
        name: str | None = None,
        on_page: Callable[[], None] | None = None,
        columns: tuple[str, ...] = (),
    ) -> Document:
        """Read a file; wait for an idle process. `on_page` hears of each page read.

        `columns` say what columns of its tables hold (`column=field`).

        Raise `ReadError` for anything that keeps the file from being read.
        """
        path = Path(path)
        task = Task(
            name or display_name(path),
            read,
            (path, self.limits, name, columns),
            self.limits,
            reads=(path,),
            ending=Path(name or path).suffix.lower(),
        )
        return self._do(task, Document, on_page)

    def unpack(self, path: Path | str, into: Path) -> list[Member]:
        """Unpack an archive's documents into an empty folder."""
        path = Path(path)
        task = Task(
            display_name(path),
            unpack,
            (path, into, self.limits),
            self.limits,
            reads=(path,),
            writes=(into,),
        )
        return self._do(task, list)

    def call(
        self,
        work: Callable[..., Answer],
        path: Path,
        *arguments: Any,
        kind: type[Answer],
        modules: frozenset[str] = frozenset(),
        writes: tuple[Path, ...] = (),
    ) -> Answer:
        """Return `work(path, *arguments)`, done in a reading process.

        `work` is a function of a module; its answer is of type `kind`, made of records and
        of the classes of `modules`. It may read the file `path` and write into the folders
        `writes`. Raises what `work` raises of `PhaenError`, and `ReadError` as `read` does.
        """
        task = Task(
            display_name(path),
            work,
            (path, *arguments),
            self.limits,
            reads=(path,),
            writes=writes,
            ending=path.suffix.lower(),
        )
        return self._do(task, kind, modules=modules)

    def confinement(self) -> Confinement:
        """Return what a reading process has given up on this machine, by asking one."""
        return self._do(Task("-", confined, (), self.limits), Confinement)

    def close(self) -> None:
        """Kill all processes; what they are reading becomes `reader-crashed`."""
        self._closed = True
        for worker in self._all:
            worker.stop()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _do(
        self,
        task: Task,
        kind: type[Answer],
        on_page: Callable[[], None] | None = None,
        modules: frozenset[str] = frozenset(),
    ) -> Answer:
        on_page = on_page or (lambda: None)
        with self._queue.place() as place:
            worker = place.wait()
            if worker is self._quick and self._quick_seconds is not None:
                try:
                    brief = min(self._quick_seconds, self.limits.total_seconds)
                    limits = replace(task.limits, seconds=brief, total_seconds=brief)
                    hurried = replace(task, limits=limits)  # the reader itself cuts nothing short
                    return self._done_by(worker, hurried, kind, on_page, modules)
                except ReadError as error:
                    if error.code != "reader-timeout":
                        raise
                worker = place.wait(quick=False)
            return self._done_by(worker, task, kind, on_page, modules)

    def _done_by(
        self,
        worker: _Worker,
        task: Task,
        kind: type[Answer],
        on_page: Callable[[], None],
        modules: frozenset[str],
    ) -> Answer:
        if self._closed:
            raise ReadError("reader-crashed", file=task.file)
        return worker.do(task, kind, on_page, modules)


class _Worker:
    """One reading process, started anew after it was killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._pump: threading.Thread | None = None
        self._folder: TemporaryFolder | None = None
        self._tasks = 0
        self._modules: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    def do(
        self, task: Task, kind: type[Answer], on_page: Callable[[], None], modules: frozenset[str]
    ) -> Answer:
        """Do one task, within its limits; the answer is of type `kind`."""
        try:
            process = self._running(task.file)
            self._modules = modules
            self._send(process, task)
            limits = task.limits
            outcome, result = self._wait(limits.seconds, limits.total_seconds, on_page, task.file)
            if not isinstance(result, PhaenError if outcome == "error" else kind):
                raise ReadError("reader-crashed", file=task.file)
        except BaseException:
            self.stop()
            raise
        if isinstance(result, PhaenError):
            if result.code == "reader-memory":
                self.stop()
            raise type(result)(result.code, **result.details) from result
        answer: Answer = result
        return answer

    def _running(self, file: str) -> subprocess.Popen[bytes]:
        if self._tasks >= _RETIRE_AFTER:
            self.stop()
        with self._lock:
            self._tasks += 1
            if self._process is not None and self._process.poll() is None:
                return self._process
        self.stop()
        with failures_of(file):
            process = self._start()
        self._wait(_START_SECONDS, _START_SECONDS, lambda: None, file)
        return process

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            self._folder = TemporaryFolder()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _SERVE, str(_ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("PHAEN_DEBUG") else subprocess.DEVNULL,
                env=environment(str(self._folder.path)),
                start_new_session=True,
            )
            self._answers = queue.SimpleQueue()
            self._pump = threading.Thread(
                target=self._pump_answers, args=(self._process.stdout, self._answers), daemon=True
            )
            self._pump.start()
            self._tasks = 1
            return self._process

    def _send(self, process: subprocess.Popen[bytes], task: Task) -> None:
        stdin = process.stdin
        try:
            if stdin is not None:
                pickle.dump(task, stdin)
                stdin.flush()
        except OSError as error:
            raise ReadError("reader-crashed", file=task.file) from error

    def _wait(
        self, seconds: float, total: float, on_page: Callable[[], None], file: str
    ) -> tuple[str, Any]:
        """Wait for the answer as long as pages come within `seconds` of each other."""
        end = time.monotonic() + total
        while True:
            patience = min(seconds, end - time.monotonic())
            try:
                answer = self._next(patience)
            except queue.Empty as error:
                spent = seconds if patience == seconds else total
                raise ReadError("reader-timeout", file=file, seconds=spent) from error
            if answer is None:
                raise ReadError("reader-crashed", file=file, signal=self._signal())
            if len(answer) == 2:
                return answer[0], answer[1]
            if answer == ("page",):
                on_page()

    def _pump_answers(
        self, source: IO[bytes], answers: queue.SimpleQueue[tuple[Any, ...] | None]
    ) -> None:
        """Hand on answers as they come, and None when there will be no more."""
        try:
            while True:
                answer = _Records(source, lambda: self._modules).load()
                if not isinstance(answer, tuple):
                    raise pickle.UnpicklingError("no message")
                answers.put(answer)
        except Exception:  # whatever is wrong with the stream, the process behind it is lost
            answers.put(None)

    def _next(self, seconds: float) -> tuple[Any, ...] | None:
        return self._answers.get(timeout=max(seconds, 0.001))

    def _signal(self) -> str:
        """Name what the process died of."""
        process = self._process
        try:
            code = process.wait(_END_SECONDS) if process is not None else 0
        except subprocess.TimeoutExpired:  # it goes on, but its answer can't be read
            return "unreadable answer"
        if code >= 0:
            return f"exit {code}"
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"

    def stop(self) -> None:
        """Kill the process with all it started, and remove its temporary folder."""
        with self._lock:
            process, pump, folder = self._process, self._pump, self._folder
            self._process = self._pump = self._folder = None
        if process is not None:
            _kill(process)
            if pump is not None:
                pump.join()
            for pipe in (process.stdin, process.stdout):
                _close(pipe)
        if folder is not None:
            folder.remove()


class _Records(pickle.Unpickler):
    """Unpickles our records and nothing else: the process that wrote them read bad files.

    Nothing is called but classes of the modules that are named: none of their functions.
    """

    def __init__(
        self, source: IO[bytes], modules: Callable[[], frozenset[str]] = frozenset
    ) -> None:
        """Read from `source`; `modules` are asked for when an answer names a class.

        An answer is waited for before its question is put, so they can't be given beforehand.
        """
        super().__init__(source)
        self._modules = modules

    def find_class(self, module: str, name: str) -> Any:
        """Refuse everything that no answer is made of, also by way of what a module imports."""
        if module in _TRUSTED | self._modules() and "." not in name:
            matches = super().find_class(module, name)
            ours = getattr(matches, "__module__", None) == module
            if ours and (isinstance(matches, type) or (module, name) == _REBUILD):
                return matches
        raise pickle.UnpicklingError(f"{module}.{name}")


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with contextlib.suppress(BrokenPipeError):
            pipe.close()


def _processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
