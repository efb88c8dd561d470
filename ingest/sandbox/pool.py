"""Reading in processes of their own: a file that breaks its reader breaks nothing else.

A reader that crashes, hangs or eats memory is that file's error (`reader-crashed`,
`reader-timeout`, `reader-memory`); its process and whatever it started are killed and
replaced. Reading processes have no network and a temporary folder that dies with them.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from ingest.errors import ReadError
from ingest.failures import failures_of
from ingest.formats.limits import Limits, display_name
from ingest.records import Document
from ingest.sandbox.worker import Task

if TYPE_CHECKING:
    from ingest.readers.archive import Member

_ROOT = Path(__file__).resolve().parent.parent.parent
_SERVE = (
    "import sys; sys.path.insert(0, sys.argv[1]); from ingest.sandbox.worker import serve; serve()"
)
_START_SECONDS = 120.0
_RETIRE_AFTER = 200
_TRUSTED = frozenset({"decimal", "ingest.records", "ingest.errors", "ingest.readers.archive"})


def read_safely(path: Path | str, limits: Limits = Limits(), name: str | None = None) -> Document:  # noqa: B008
    """Read one file as `ingest.read` does, in a process that may die of it."""
    with Workers(1, limits) as workers:
        return workers.read(path, name=name)


class Workers:
    """A few reading processes, each busy with one file at a time; use it from any threads.

    Processes are started when they are first needed and live on between files.
    """

    def __init__(self, count: int | None = None, limits: Limits = Limits()) -> None:  # noqa: B008
        self.count = count or _processors()
        self.limits = limits
        self._closed = False
        self._all = [_Worker() for _ in range(self.count)]
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in self._all:
            self._idle.put(worker)

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
        task = Task(Path(path), self.limits, name=name, columns=columns)
        return cast(Document, self._do(task, on_page))

    def unpack(self, path: Path | str, into: Path) -> list[Member]:
        """Unpack an archive's documents into an empty folder."""
        return cast("list[Member]", self._do(Task(Path(path), self.limits, into=into), None))

    def close(self) -> None:
        """Kill all processes; what they are reading becomes `reader-crashed`."""
        self._closed = True
        for worker in self._all:
            worker.stop()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _do(self, task: Task, on_page: Callable[[], None] | None) -> object:
        worker = self._idle.get()
        try:
            if self._closed:
                raise ReadError("reader-crashed", file=display_name(task.path))
            return worker.do(task, on_page or (lambda: None))
        finally:
            self._idle.put(worker)


class _Worker:
    """One reading process, started anew after it was killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._pump: threading.Thread | None = None
        self._folder: str | None = None
        self._tasks = 0
        self._lock = threading.Lock()

    def do(self, task: Task, on_page: Callable[[], None]) -> object:
        """Do one task, within its limits."""
        file = task.name or display_name(task.path)
        try:
            process = self._running(file)
            self._send(process, task)
            limits = task.limits
            kind, result = self._wait(limits.seconds, limits.total_seconds, on_page, file)
        except BaseException:
            self.stop()
            raise
        if kind == "error":
            if result.code == "reader-memory":
                self.stop()
            raise ReadError(result.code, **result.details) from result
        return result

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
            self._folder = tempfile.mkdtemp(prefix="phaen-")
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _SERVE, str(_ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("PHAEN_DEBUG") else subprocess.DEVNULL,
                env={**os.environ, "TMPDIR": self._folder, "OMP_THREAD_LIMIT": "1"},
                start_new_session=True,
            )
            self._answers = queue.SimpleQueue()
            self._pump = threading.Thread(
                target=_pump, args=(self._process.stdout, self._answers), daemon=True
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
            raise ReadError("reader-crashed", file=display_name(task.path)) from error

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
            if answer != ("page",):
                return answer[0], answer[1]
            on_page()

    def _next(self, seconds: float) -> tuple[Any, ...] | None:
        return self._answers.get(timeout=max(seconds, 0.001))

    def _signal(self) -> str:
        """Name what the process died of."""
        process = self._process
        code = process.wait(10) if process is not None else 0
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
            shutil.rmtree(folder, ignore_errors=True)


def _pump(source: IO[bytes], answers: queue.SimpleQueue[tuple[Any, ...] | None]) -> None:
    """Hand on answers as they come, and None when there will be no more."""
    try:
        while True:
            answers.put(_Records(source).load())
    except Exception:  # whatever is wrong with the stream, the process behind it is lost
        answers.put(None)


class _Records(pickle.Unpickler):
    """Unpickles our records and nothing else: the process that wrote them read bad files."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse everything that no answer is made of, also by way of what a module imports."""
        if module in _TRUSTED and "." not in name:
            found = super().find_class(module, name)
            if getattr(found, "__module__", None) == module:
                return found
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
