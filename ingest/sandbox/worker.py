"""The reading process: takes tasks from its standard input, answers on its standard output.

On Linux every task runs in a child of its own, forked from a process that has seen no file:
the child gives up all it does not need (`ingest.sandbox.confinement`), works, answers and is gone,
with its folder and all it started. Elsewhere the process itself does the work. Bounds on
memory, processor time and written files hold where the system has them. Messages are
pickles, one after another: `Task` in, a tuple that begins with its kind out.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import queue
import select
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import ingest
from ingest.errors import PhaenError, ReadError
from ingest.formats.limits import Limits
from ingest.progress import listening
from ingest.sandbox.confinement import Confinement, confine, software
from ingest.sandbox.seccomp import prctl

if TYPE_CHECKING:
    from ingest.readers.archive import Member
    from ingest.records import Document

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
_PDF = ("ingest.readers.pdf", "pdfplumber", "pypdf")
_HTML = ("ingest.readers.html.page", "trafilatura")
_SHEET, _IMAGE = ("ingest.readers.office.sheet",), ("ingest.readers.image.frames",)
_NEEDED = {
    ".pdf": _PDF,
    ".docx": ("ingest.readers.office.docx",),
    ".html": _HTML,
    ".htm": _HTML,
    ".xlsx": _SHEET,
    ".xls": _SHEET,
    ".ods": _SHEET,
    ".png": _IMAGE,
    ".jpg": _IMAGE,
    ".jpeg": _IMAGE,
    ".tif": _IMAGE,
    ".tiff": _IMAGE,
}
"""What a file of such a name will probably need; imported before a child is forked."""
_FULL = 0.9
"""A process that died with this share of its memory in use died of that."""
_confinement = Confinement()
_PLAN = """แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570) องค์การบริหารส่วนตำบลตัวอย่าง อำเภอเมือง จังหวัดแพร่
วิสัยทัศน์
เมืองน่าอยู่ คู่ธรรมชาติ ประชาชนมีคุณภาพชีวิตที่ดี
พันธกิจ
1. พัฒนาโครงสร้างพื้นฐานให้ทั่วถึง
ยุทธศาสตร์ที่ 1 การพัฒนาโครงสร้างพื้นฐาน
"""
_TABLE = """ที่,โครงการ,วัตถุประสงค์,เป้าหมาย,2566,ตัวชี้วัด,ผลที่คาดว่าจะได้รับ,หน่วยงาน
1,ก่อสร้างถนน คสล. บ้านตัวอย่าง หมู่ที่ 4,เพื่อการสัญจร,กว้าง 4 เมตร,500000,ร้อยละ 80,สะดวก,กองช่าง
2,ขุดลอกคลอง หมู่ที่ 5 ตำบลตัวอย่าง,เพื่อการเกษตร,ยาว 900 เมตร,90000,1 แห่ง,มีน้ำใช้,กองช่าง
"""
_SUBREAPER, _PARENT_DEATH = 36, 1  # options of prctl


@dataclass(frozen=True, slots=True)
class Task:
    """Call `work(*arguments)`, within `limits`, on behalf of the file called `file`.

    `work` is a function of a module. It may read the files `reads` and write into the
    folders `writes`; `ending` is a file's, a hint which reader it will need.
    """

    file: str
    work: Callable[..., Any]
    arguments: tuple[Any, ...]
    limits: Limits
    reads: tuple[Path, ...] = ()
    writes: tuple[Path, ...] = ()
    ending: str = ""


def read(path: Path, limits: Limits, name: str | None, columns: tuple[str, ...] = ()) -> Document:
    """Read a file, as a task."""
    return ingest.read(path, limits, name=name, columns=columns)


def unpack(path: Path, into: Path, limits: Limits) -> list[Member]:
    """Unpack an archive, as a task."""
    from ingest.readers import archive

    return archive.unpack(path, into, limits)


def confined() -> Confinement:
    """Return what this process has given up, as a task."""
    return _confinement


def serve() -> None:
    """Work until standard input ends; end at once when it does."""
    answers = _private_output()
    sys.addaudithook(_refuse_network)
    _warm_up()
    _put(answers, ("ready", None))
    if _can_fork():
        _serve_by_children(sys.stdin.buffer, answers)
    else:
        _serve_here(sys.stdin.buffer, answers)


def _warm_up() -> None:
    """Load what every file needs (words, places, bodies), so that no file's time is spent on it.

    A plan and a table of our own are read: children inherit whatever that has loaded.
    """
    for ending, text in ((".txt", _PLAN), (".csv", _TABLE)):
        # What goes wrong here goes wrong with files too, and is told of them.
        with (
            contextlib.suppress(PhaenError, OSError),
            tempfile.TemporaryDirectory(prefix="warm-") as folder,
        ):
            path = Path(folder, f"plan{ending}")
            path.write_text(text, "utf-8")
            ingest.read(path)


def _private_output() -> BinaryIO:
    """Keep standard output for answers; whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _put(answers: BinaryIO, message: tuple[Any, ...]) -> None:
    data = pickle.dumps(message)
    answers.write(data)
    answers.flush()


def _serve_here(source: BinaryIO, answers: BinaryIO) -> None:
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    threading.Thread(target=_take_tasks, args=(source, tasks), daemon=True).start()
    while True:
        task = tasks.get()
        bound(task.limits)
        _work(task, answers)


def _take_tasks(source: BinaryIO, tasks: queue.SimpleQueue[Task]) -> None:
    """Hand on tasks as they come; when whoever sent them is gone, die with all children."""
    while True:
        tasks.put(_next(source))


def _next(source: BinaryIO) -> Task:
    try:
        task: Task = pickle.load(source)  # noqa: S301 - from the process that started us
    except (EOFError, OSError, pickle.UnpicklingError):
        _end()
    return task


def _end() -> None:
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _work(task: Task, answers: BinaryIO) -> None:
    """Do a task and answer; pages read meanwhile are answers too."""
    lock = threading.Lock()

    def answer(*message: Any) -> None:
        with lock:
            _put(answers, message)

    with listening(lambda: answer("page"), lambda: answer("alive")):
        kind, result = _attempt(task)
    try:
        answer(kind, result)
    except MemoryError:
        answer("error", ReadError("reader-memory", file=task.file))


def _attempt(task: Task) -> tuple[str, Any]:
    try:
        return "done", task.work(*task.arguments)
    except PhaenError as error:
        return "error", error
    except MemoryError:
        return "error", ReadError("reader-memory", file=task.file)


def _refuse_network(event: str, details: tuple[Any, ...]) -> None:
    if event in _NETWORK and not _is_local(details):
        raise PermissionError(f"a reader has no business with {event}")


def _is_local(details: tuple[Any, ...]) -> bool:
    """Return whether a socket is one between processes of this machine."""
    import socket

    first = details[0] if details else None
    return isinstance(first, socket.socket) and first.family == getattr(socket, "AF_UNIX", None)


if sys.platform == "linux":

    def _can_fork() -> bool:
        """Return whether the kernel lets a process watch its children (Linux 5.3)."""
        try:
            os.close(os.pidfd_open(os.getpid()))
        except OSError:
            return False
        return True

    def _serve_by_children(source: BinaryIO, answers: BinaryIO) -> None:
        prctl(_SUBREAPER, 1)
        software()
        gc.freeze()  # children share what is there as long as nobody touches it
        while True:
            task = _next(source)
            for module in _NEEDED.get(task.ending, ()):
                import_module(module)
            folder = Path(tempfile.mkdtemp(prefix="task-"))
            try:
                child = _fork(task, answers, folder)
                status, used = _await(child, source.fileno())
            finally:
                _reap()
                shutil.rmtree(folder, ignore_errors=True)
            if os.WIFSIGNALED(status) and used > _FULL * task.limits.memory:
                _put(answers, ("error", ReadError("reader-memory", file=task.file)))
            elif status:
                _die_alike(status)

    def _fork(task: Task, answers: BinaryIO, folder: Path) -> int:
        """Start a child for one task; return its number."""
        answers.flush()
        parent = os.getpid()
        child = os.fork()
        if child:
            return child
        try:
            prctl(_PARENT_DEATH, signal.SIGKILL)
            if os.getppid() == parent:
                _settle(folder)
                bound(task.limits)
                global _confinement
                _confinement = confine(task.reads, (folder, *task.writes))
                _work(task, answers)
                os._exit(0)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        os._exit(1)

    def _settle(folder: Path) -> None:
        """Take a folder as home and for temporary files, and nothing as standard input."""
        os.environ.update(dict.fromkeys(("HOME", "TMPDIR"), str(folder)))
        tempfile.tempdir = None
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)

    def _await(child: int, source: int) -> tuple[int, int]:
        """Wait for a child; return its status and the most memory it had, in bytes.

        End with it when nobody wants the answer.
        """
        handle = os.pidfd_open(child)
        try:
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            poll.register(source, 0)  # tells of nothing but the end of the pipe
            ready = {place for place, _ in poll.poll()}
            if source in ready and handle not in ready:
                _end()
            _, status, used = os.wait4(child, 0)
            return status, used.ru_maxrss * 1024
        finally:
            os.close(handle)

    def _reap() -> None:
        """Kill what a child has left behind; orphans become children of this process."""
        listed = Path(f"/proc/self/task/{os.getpid()}/children")
        while True:
            try:
                orphans = [int(number) for number in listed.read_text().split()]
            except OSError:
                return
            if not orphans:
                return
            for orphan in orphans:
                os.kill(orphan, signal.SIGKILL)
                os.waitpid(orphan, 0)

    def _die_alike(status: int) -> None:
        """End as a child ended, so that whoever started this process hears of it."""
        if not os.WIFSIGNALED(status):
            os._exit(os.waitstatus_to_exitcode(status))
        number = os.WTERMSIG(status)
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

else:

    def _can_fork() -> bool:
        """Do not fork: elsewhere a child of a process with libraries loaded is not safe."""
        return False

    def _serve_by_children(source: BinaryIO, answers: BinaryIO) -> None:
        raise NotImplementedError


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
