"""Search processes of a server: one Python process computes on one core only.

Every process has the knowledge base open and answers what it is asked; the server's own
process only speaks HTTP. Where none is ready, at the start or after one has died, the
caller answers by itself. A process that dies is started anew, and what it was asked is
asked once more.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import IO, Any

from ingest.errors import PhaenError, ReadError, UsageError

LARGE = 10_000
"""So many texts make searching processes worth their memory (some 200 MB each)."""

_ROOT = Path(__file__).resolve().parent.parent.parent
_SERVE = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from api.http.search_worker import serve; serve(sys.argv[2], int(sys.argv[3]))"
)
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_TRIES = 2
_END_SECONDS = 5.0
_MAX_DEATHS = 5
"""A process that dies so often before it is ready is not started again."""


class NoProcessError(Exception):
    """No process is ready."""


class SearchProcesses:
    """Search processes over one knowledge base, usable from any thread or event loop.

    `query_characters` is how long a query may be.
    """

    def __init__(self, path: Path, count: int, query_characters: int) -> None:
        self._all = [_SearchProcess(path, query_characters) for _ in range(count)]

    @property
    def ready(self) -> int:
        """The number of processes that are ready."""
        return sum(process.ready for process in self._all)

    @property
    def processes(self) -> list[int]:
        """The process ids of the running processes."""
        return [process.process.pid for process in self._all if process.process.poll() is None]

    async def answer(self, request: str) -> bytes:
        """Answer a search request in JSON with the JSON to send.

        Raises what the search raises, and NoProcessError where the caller is to answer.
        """
        for _ in range(_TRIES):
            ready = [process for process in self._all if process.ready]
            if not ready:
                raise NoProcessError
            process = min(ready, key=lambda process: process.busy)
            with contextlib.suppress(BrokenPipeError):
                return await asyncio.wrap_future(process.ask(request))
        raise RuntimeError("searching processes died of a question")

    def close(self) -> None:
        """End all processes; pending requests are not answered."""
        for process in self._all:
            process.leave()
        for process in self._all:
            process.close()


class _SearchProcess:
    """One process and its pending requests."""

    def __init__(self, path: Path, query_characters: int) -> None:
        self._words = [str(path), str(query_characters)]
        self._lock = threading.Lock()
        self._asked: dict[int, Future[bytes]] = {}
        self._number = 0
        self._deaths = 0
        self._closed = False
        self._served = False
        self.ready = False
        self.process = self._start()
        self._pump = threading.Thread(target=self._follow, name="searcher", daemon=True)
        self._pump.start()

    @property
    def busy(self) -> int:
        """The number of pending requests."""
        return len(self._asked)

    def ask(self, request: str) -> Future[bytes]:
        """Send a request. The future fails with BrokenPipeError if the process dies."""
        answer: Future[bytes] = Future()
        with self._lock:
            if not self.ready or self.process.stdin is None:
                raise BrokenPipeError
            self._number += 1
            self._asked[self._number] = answer
            try:
                self.process.stdin.write(f"{self._number} {request}\n".encode())
                self.process.stdin.flush()
            except (OSError, ValueError) as error:
                # It has ended, though the thread that follows it doesn't know yet.
                self.ready = False
                self._asked.pop(self._number, None)
                raise BrokenPipeError from error
        return answer

    def leave(self) -> None:
        """Close the process's input, on which it ends."""
        with self._lock:
            self._closed, self.ready = True, False
            _close(self.process.stdin)

    def close(self) -> None:
        """Wait some seconds for the process to end, then kill it."""
        try:
            self.process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._pump.join()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-P", "-c", _SERVE, str(_ROOT), *self._words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("PHAEN_DEBUG") else subprocess.DEVNULL,
            env={**os.environ, **dict.fromkeys(_ONE_THREAD, "1")},
            start_new_session=True,
        )

    def _follow(self) -> None:
        """Pass answers on while the process runs; start another if it dies."""
        while True:
            self._listen()
            self.process.wait()
            with self._lock:
                self._deaths = 0 if self._served else self._deaths + 1
                self.ready = self._served = False
                unanswered, self._asked = list(self._asked.values()), {}
                for pipe in (self.process.stdin, self.process.stdout):
                    _close(pipe)
                restart = not self._closed and self._deaths < _MAX_DEATHS
                if restart:
                    self.process = self._start()
            for future in unanswered:
                _settle(future, BrokenPipeError())
            if not restart:
                return

    def _listen(self) -> None:
        stdout = self.process.stdout
        assert stdout is not None  # noqa: S101 (asked for)
        for line in stdout:
            number, kind, body = line.rstrip(b"\n").split(b" ", 2)
            if kind == b"ready":
                self.ready = self._served = not self._closed
                continue
            future = self._asked.pop(int(number), None)
            if future:
                _settle(future, body if kind == b"ok" else _error_from_json(json.loads(body)))


def error_to_json(error: Exception) -> str:
    """Serialise an error so that `SearchProcesses` can raise it again."""
    if not isinstance(error, PhaenError):
        return json.dumps({"kind": "internal", "code": repr(error), "details": {}})
    kinds = {UsageError: "usage", ReadError: "read"}
    kind = next((name for of, name in kinds.items() if isinstance(error, of)), "phaen")
    return json.dumps({"kind": kind, "code": error.code, "details": error.details}, default=str)


def _error_from_json(record: dict[str, Any]) -> Exception:
    kinds = {"usage": UsageError, "read": ReadError, "phaen": PhaenError}
    kind = kinds.get(record["kind"])
    return kind(record["code"], **record["details"]) if kind else RuntimeError(record["code"])


def _settle(future: Future[bytes], result: bytes | Exception) -> None:
    """Set the result or exception of a future unless it was cancelled."""
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with contextlib.suppress(OSError):
            pipe.close()
