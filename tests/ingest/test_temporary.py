"""Temporary folders: gone when they are done with, swept when their process was killed."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.temporary import TemporaryFolder, sweep

HOLD = (
    "import sys, time; from pathlib import Path; from ingest.temporary import TemporaryFolder; "
    "folder = TemporaryFolder(Path(sys.argv[1]) if len(sys.argv) > 1 else None); "
    "(folder.path / 'upload').write_bytes(b'x' * 1000); print(folder.path, flush=True); "
    "time.sleep(600)"
)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder, one of this test's own."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def holding() -> Iterator[list[subprocess.Popen[str]]]:
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        process.kill()
        process.communicate()


def held(holding: list[subprocess.Popen[str]], *words: str) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, *words], stdout=subprocess.PIPE, text=True
    )
    holding.append(process)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_it_is_gone_when_it_is_done_with(temporary: Path) -> None:
    with TemporaryFolder() as folder:
        (folder.path / "a").write_text("ก")
        assert sweep() == 0
        assert (folder.path / "a").read_text() == "ก"
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
def test_only_what_nobody_holds_is_swept(
    temporary: Path, holding: list[subprocess.Popen[str]]
) -> None:
    killed, lost = held(holding)
    _, kept = held(holding)
    killed.kill()
    killed.wait()
    assert (lost / "upload").exists()
    assert sweep() == 1
    assert not lost.parent.exists()
    assert (kept / "upload").stat().st_size == 1000
    assert [path.name for path in temporary.iterdir()] == [kept.parent.name]


@pytest.mark.slow
def test_what_lies_beside_a_file_is_swept_there(
    tmp_path: Path, holding: list[subprocess.Popen[str]]
) -> None:
    killed, lost = held(holding, str(tmp_path))
    assert lost.parent.parent == tmp_path
    assert lost.parent.name.startswith(".")
    killed.kill()
    killed.wait()
    assert sweep() == 0
    assert sweep(tmp_path) == 1
    assert not lost.parent.exists()


def test_folders_that_only_look_like_ours_are_left_alone(temporary: Path, tmp_path: Path) -> None:
    long_ago = time.time() - 10 * 86_400
    names = ("phaen-projects", "phaen-held-mywork00", "phaen-2570", "phaen-upload-mine")
    for place in (temporary, tmp_path):
        for name in names:
            (place / name).mkdir()
            (place / name / "plan.txt").write_text("งานสำคัญ")
            for path in (place / name / "plan.txt", place / name):
                os.utime(path, (long_ago, long_ago))
    (temporary / "phaen-held-abcdefgh").symlink_to(tmp_path / "phaen-2570")
    sweep(tmp_path)
    for place in (temporary, tmp_path):
        assert all((place / name / "plan.txt").read_text() == "งานสำคัญ" for name in names)


def test_uploads_of_older_versions_go_after_a_day(temporary: Path) -> None:
    fresh, old = temporary / "phaen-upload-abc_1234", temporary / "phaen-upload-def_5678"
    long_ago = time.time() - 2 * 86_400
    for folder in (fresh, old):
        folder.mkdir()
        (folder / "0").write_bytes(b"x")
    for path in (old / "0", old):
        os.utime(path, (long_ago, long_ago))
    assert sweep() == 1
    assert fresh.exists()


def test_a_folder_killed_in_the_making_is_swept(temporary: Path) -> None:
    (temporary / "phaen-held-abcdefgh").mkdir()
    assert sweep() == 1


@pytest.mark.slow
def test_many_may_make_and_sweep_at_once(temporary: Path) -> None:
    code = (
        "from ingest.temporary import TemporaryFolder, sweep\n"
        "for _ in range(60):\n"
        "    with TemporaryFolder() as folder:\n"
        "        sweep()\n"
        "        (folder.path / 'a').write_text('a')\n"
        "        sweep()\n"
        "        assert (folder.path / 'a').read_text() == 'a'\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(4)
    ]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    sweep()
    assert list(temporary.iterdir()) == []
