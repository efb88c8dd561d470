"""The reading process: takes tasks from its standard input, answers on its standard output.

It runs with bounds on memory, processor time and the size of files it writes, without the
network, and in a process group of its own, so that programs a reader starts die with it.
Messages are pickles, one after another: `Task` in, a tuple that begins with its kind out.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import ingest
from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.progress import listening

_NETWORK = frozenset(
    {
        "socket.connect",
        "socket.sendto",
        "socket.sendmsg",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
    }
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: read the file at `path`, or unpack it into the folder `into`.

    `columns` say what columns of its tables hold (`column=field`).
    """

    path: Path
    limits: Limits
    name: str | None = None
    into: Path | None = None
    columns: tuple[str, ...] = ()


def serve() -> None:
    """Work until standard input ends; end at once when it does."""
    answers = _private_output()
    sys.addaudithook(_refuse_network)
    _warm_up()
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    threading.Thread(target=_take_tasks, args=(sys.stdin.buffer, tasks), daemon=True).start()
    lock = threading.Lock()

    def answer(*message: Any) -> None:
        with lock:
            pickle.dump(message, answers)
            answers.flush()

    answer("ready", None)
    while True:
        task = tasks.get()
        bound(task.limits)
        with listening(lambda: answer("page")):
            result = _attempt(task)
        answer(*result)


def _warm_up() -> None:
    """Import what every file needs, so that no file's time is spent on it."""
    import ingest.extract
    import ingest.readers.pages  # noqa: F401


def _private_output() -> BinaryIO:
    """Keep standard output for answers; whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _take_tasks(source: BinaryIO, tasks: queue.SimpleQueue[Task]) -> None:
    """Hand on tasks as they come; when whoever sent them is gone, die with all children."""
    try:
        while True:
            tasks.put(pickle.load(source))  # noqa: S301 - from the process that started us
    except (EOFError, OSError, pickle.UnpicklingError):
        if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _attempt(task: Task) -> tuple[str, Any]:
    try:
        if task.into is not None:
            from ingest.readers.archive import unpack

            return "done", unpack(task.path, task.into, task.limits)
        return "done", ingest.read(task.path, task.limits, name=task.name, columns=task.columns)
    except ReadError as error:
        return "error", error


def _refuse_network(event: str, details: tuple[Any, ...]) -> None:
    if event in _NETWORK and not _is_local(details):
        raise PermissionError(f"a reader has no business with {event}")


def _is_local(details: tuple[Any, ...]) -> bool:
    """Say whether a socket is one between processes of this machine."""
    import socket

    first = details[0] if details else None
    return isinstance(first, socket.socket) and first.family == getattr(socket, "AF_UNIX", None)


if sys.platform == "win32":

    def bound(limits: Limits) -> None:
        """Do nothing: this system knows no such bounds; time limits still hold."""

else:
    import resource

    def bound(limits: Limits) -> None:
        """Bound this process for its next task: memory, processor time, size of files."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime + limits.total_seconds) + 60
        _soft(resource.RLIMIT_DATA, limits.memory)
        _soft(resource.RLIMIT_CPU, seconds)
        _soft(resource.RLIMIT_FSIZE, limits.inflated_bytes)
        _soft(resource.RLIMIT_CORE, 0)

    def _soft(kind: int, wanted: int) -> None:
        hard = resource.getrlimit(kind)[1]
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (value, hard))
