"""Reading processes that die, hang and eat memory, and the reading that goes on."""

import contextlib
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ingest
from ingest.errors import ReadError
from ingest.formats.limits import MIB, Limits
from ingest.sandbox.pool import Workers, _Records, read_safely

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc"),
]

LONG = "จังหวัดจัดประชุมติดตามผลการดำเนินงานตามแผนพัฒนาประจำปีงบประมาณ\n" * 60_000


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "แผน.txt"
    path.write_text("วิสัยทัศน์\nเมืองน่าอยู่ คู่ธรรมชาติ\n", encoding="utf-8")
    return path


@pytest.fixture
def long_plan(tmp_path: Path) -> Path:
    path = tmp_path / "long.txt"
    path.write_text(LONG, encoding="utf-8")
    return path


@pytest.fixture
def workers() -> Iterator[Workers]:
    with Workers(1) as started:
        yield started


def children(of: int | str = "self") -> list[int]:
    tasks = Path(f"/proc/{of}/task").iterdir()
    return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]


def used(pid: int) -> int:
    """Return the processor time a process has used, in hundredths of a second."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])


def reading(of: int | str = "self") -> int:
    """Wait until a process reads a file, and has done so for a fifth of a second; return it."""
    while True:
        for server in children(of):
            for pid in children(server):
                with contextlib.suppress(OSError):
                    if used(pid) >= 20:
                        return pid
        time.sleep(0.01)


def strike(number: int) -> None:
    """Send a signal to the process that reads a file, once it is at work."""
    os.kill(reading(), number)


def error_of(read: Callable[[], object]) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read()
    return caught.value


def test_a_document_comes_out_as_if_read_here(workers: Workers, plan: Path) -> None:
    assert workers.read(plan) == ingest.read(plan)
    assert workers.read(plan, name="แผน.zip/แผน.txt").file == "แผน.zip/แผน.txt"


def test_read_safely_leaves_nothing_behind(plan: Path) -> None:
    before = children()
    assert read_safely(plan).pages[0].text.startswith("วิสัยทัศน์")
    assert children() == before


def test_an_error_keeps_its_code_and_details(workers: Workers, tmp_path: Path) -> None:
    error = error_of(lambda: workers.read(tmp_path / "ไม่มี.txt"))
    assert (error.code, error.details["file"]) == ("file-not-found", str(tmp_path / "ไม่มี.txt"))


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_crash_is_one_files_error(
    workers: Workers, long_plan: Path, plan: Path, number: signal.Signals
) -> None:
    workers.read(plan)
    killer = threading.Thread(target=strike, args=(number,))
    killer.start()
    error = error_of(lambda: workers.read(long_plan))
    killer.join()
    assert error.code == "reader-crashed"
    assert error.details == {"file": str(long_plan), "signal": number.name}
    assert workers.read(plan).pages[0].text.startswith("วิสัยทัศน์")


def test_a_reader_that_hangs_is_stopped(long_plan: Path, plan: Path) -> None:
    with Workers(1, Limits(seconds=3)) as workers:
        assert workers.read(plan)
        stopper = threading.Thread(target=strike, args=(signal.SIGSTOP,))
        stopper.start()
        error = error_of(lambda: workers.read(long_plan))
        stopper.join()
        assert error.code == "reader-timeout"
        assert workers.read(plan)


def test_the_whole_file_has_a_limit_too(long_plan: Path) -> None:
    with Workers(1, Limits(total_seconds=0.2)) as workers:
        assert error_of(lambda: workers.read(long_plan)).code == "reader-timeout"


def test_a_reader_that_eats_memory_is_stopped(tmp_path: Path, plan: Path) -> None:
    big = tmp_path / "big.csv"
    big.write_text("ก,ข,ค,ง\n" * 900_000, encoding="utf-8")
    with Workers(1, Limits(memory=250 * MIB)) as workers:
        assert error_of(lambda: workers.read(big)).code == "reader-memory"
        assert workers.read(plan)


def test_pages_are_told_while_a_file_is_read(workers: Workers, tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_text("\f".join(f"หน้า {n}" for n in range(1, 6)), encoding="utf-8")
    heard: list[int] = []
    assert len(workers.read(path, on_page=lambda: heard.append(1)).pages) == 5
    assert len(heard) == 5


def test_many_threads_share_the_workers(plan: Path) -> None:
    found: list[str] = []
    with Workers(2) as workers:
        threads = [
            threading.Thread(target=lambda: found.append(workers.read(plan).id)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [ingest.document_id(plan)] * 8


def test_temporary_folders_die_with_their_process(
    long_plan: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with Workers(1, Limits(seconds=0.2)) as workers:
        error_of(lambda: workers.read(long_plan))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "attack",
    [
        pickle.dumps(os.system),
        b"\x80\x04\x8c\x0eingest.records\x8c\x12hashlib.os.system0\x93.",
        b"\x80\x04\x8c\x0eingest.records\x8c\x02re\x93.",
    ],
)
def test_an_answer_is_made_of_records_and_nothing_else(attack: bytes) -> None:
    with pytest.raises(pickle.UnpicklingError):
        _Records(io.BytesIO(attack)).load()


def test_a_reader_has_no_network(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from ingest.sandbox import worker; sys.addaudithook(worker._refuse_network);"
        "import socket; socket.create_connection(('127.0.0.1', 9))"
    )
    root = str(Path(ingest.__file__).resolve().parent.parent)
    done = subprocess.run([sys.executable, "-c", code, root], capture_output=True, text=True)
    assert "PermissionError: a reader has no business with socket" in done.stderr


def test_a_reading_process_does_not_outlive_who_started_it(long_plan: Path) -> None:
    code = "import sys; from ingest.sandbox.pool import read_safely; read_safely(sys.argv[1])"
    root = Path(ingest.__file__).resolve().parent.parent
    parent = subprocess.Popen([sys.executable, "-c", code, str(long_plan)], cwd=root)
    read_by = [*children(parent.pid), reading(parent.pid)]
    parent.kill()
    parent.wait()
    for _ in range(500):
        if not any(Path(f"/proc/{pid}").exists() for pid in read_by):
            return
        time.sleep(0.02)
    for pid in read_by:
        os.kill(pid, signal.SIGKILL)
    pytest.fail("the reading process lives on")
