"""A reader that a hostile file has taken over reaches nothing but its file."""

import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.sandbox.confinement import Confinement
from ingest.sandbox.pool import Workers
from tests.ingest import hostile

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="readers are confined on Linux only"),
]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as started:
        yield started


@pytest.fixture(scope="module")
def given_up(workers: Workers) -> Confinement:
    return workers.confinement()


@pytest.fixture
def files(given_up: Confinement) -> None:
    if not given_up.landlock:
        pytest.skip("this kernel has no Landlock")


@pytest.fixture
def system_calls(given_up: Confinement) -> None:
    if not given_up.system_calls:
        pytest.skip("this kernel filters no system calls")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "แผน.txt"
    path.write_text("วิสัยทัศน์", "utf-8")
    return path


def test_a_reader_gets_its_file_and_a_temporary_folder(workers: Workers, plan: Path) -> None:
    assert workers.call(hostile.work, plan, kind=str) == "วิสัยทัศน์"


@pytest.mark.usefixtures("system_calls")
def test_libc_connects_to_nothing(workers: Workers, plan: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert workers.call(hostile.connect, plan, port, kind=str) == "EPERM"
    name = os.path.relpath(tmp_path / "service")
    with socket.socket(socket.AF_UNIX) as service:
        service.bind(name)
        service.listen()
        assert workers.call(hostile.connect_locally, plan, name, kind=str) == "EPERM"


@pytest.mark.usefixtures("files")
def test_no_other_file_is_read(workers: Workers, plan: Path, tmp_path: Path) -> None:
    for name in ("kb.db", "ข้างๆ.txt"):
        (tmp_path / name).write_text("ความลับ", "utf-8")
        assert workers.call(hostile.read, plan, str(tmp_path / name), kind=str) == "EACCES"
    assert workers.call(hostile.read, plan, "/etc/passwd", kind=str) == "EACCES"
    assert workers.call(hostile.read, plan, f"/proc/{os.getpid()}/environ", kind=str) == "EACCES"


@pytest.mark.usefixtures("files")
def test_nothing_is_written_outside(workers: Workers, plan: Path, tmp_path: Path) -> None:
    for other in (tmp_path / "kb.db", Path.home() / ".phaen-test", plan):
        assert workers.call(hostile.write, plan, str(other), kind=str) == "EACCES"
    assert not (tmp_path / "kb.db").exists()


def test_the_environment_holds_no_secrets(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHAEN_TOKEN", "secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with Workers(1) as workers:
        seen = workers.call(hostile.environment, plan, kind=dict)
    assert "secret" not in seen.values()
    assert seen["HOME"] == seen["TMPDIR"] != os.environ.get("HOME")


def test_other_processes_are_not_signalled(
    workers: Workers, given_up: Confinement, plan: Path
) -> None:
    if given_up.landlock < 6:
        pytest.skip("this kernel's Landlock knows no signals")
    assert workers.call(hostile.signal, plan, os.getpid(), kind=str) == "EPERM"


def test_what_a_reader_started_ends_with_its_file(workers: Workers, plan: Path) -> None:
    child = workers.call(hostile.leave_a_child, plan, kind=int)
    workers.call(hostile.work, plan, kind=str)
    assert not Path(f"/proc/{child}").exists()


def test_a_slow_file_holds_up_no_quick_one(plan: Path, tmp_path: Path) -> None:
    done = tmp_path / "done"
    answers: list[str] = []
    with Workers(2, quick_seconds=1.0) as workers:
        slow = [
            started(
                lambda: answers.append(workers.call(hostile.wait_for, plan, str(done), kind=str))
            )
            for _ in range(3)
        ]
        assert workers.read(plan).pages[0].text == "วิสัยทัศน์"
        assert answers == []
        done.touch()
        for thread in slow:
            thread.join()
    assert answers == ["waited"] * 3


def started(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.2)  # the queue is first come, first served
    return thread


def test_an_answer_of_another_kind_is_a_crash(workers: Workers, plan: Path) -> None:
    from ingest.errors import ReadError

    with pytest.raises(ReadError, match="reader-crashed"):
        workers.call(hostile.work, plan, kind=dict)  # type: ignore[arg-type]
