"""A knowledge base on media that can only be read: listed, searched, exported, never written."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kb import KnowledgeBase
from tests.kb.samples import HILLTOWN, document, project

pytestmark = pytest.mark.slow

Phaen = Callable[..., subprocess.CompletedProcess[str]]
_PHAEN = "from api.cli.main import main; main()"


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Path]:
    """A folder with a knowledge base; what runs by `phaen` can only read it."""
    folder = tmp_path / "media"
    folder.mkdir()
    with KnowledgeBase(folder / "kb.db") as kb:
        kb.add(document("a"))
        kb.add(document("c", body=HILLTOWN, projects=(project("ขุดคลอง"),)))
        kb.complete()
    (folder / "plan.txt").write_text("แผนพัฒนาจังหวัดพะเยา พ.ศ. 2566 - 2570\nวิสัยทัศน์\nเมืองน่าอยู่\n")
    yield folder
    folder.chmod(0o755)


@pytest.fixture
def phaen(media: Path, tmp_path: Path) -> Phaen:
    """Run `phaen` with the media mounted to be read only, or without the right to write there."""
    before: list[str] = []
    if os.geteuid() == 0:
        if not shutil.which("unshare") or subprocess.run(["unshare", "-m", "true"]).returncode:
            pytest.skip("root writes everywhere, and this machine lets nobody mount")
        script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
        before = ["unshare", "-m", "sh", "-c", script, str(media)]

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        if os.geteuid():
            media.chmod(0o555)
        environment = {**os.environ, "PHAEN_KB": str(media / "kb.db"), "PHAEN_LANG": "en"}
        return subprocess.run(
            [*before, sys.executable, "-c", _PHAEN, *map(str, words)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_it_is_listed_searched_and_exported(phaen: Phaen, media: Path, tmp_path: Path) -> None:
    before = contents(media)
    listed = phaen("list", "--json")
    assert (listed.returncode, len(listed.stdout.splitlines())) == (0, 2), listed.stderr
    for mode in ("words", "exact", "smart", "meaning"):
        result = phaen("search", "ขุดคลอง", "--mode", mode, "--json")
        assert result.returncode == 0, result.stderr
        assert "ขุดคลอง" in result.stdout
    exported = phaen("export", tmp_path / "out")
    assert exported.returncode == 0, exported.stderr
    assert (tmp_path / "out" / "statements.csv").stat().st_size > 100
    for words in (("stats", "--json"), ("check",), ("backup", tmp_path / "copy.db")):
        result = phaen(*words)
        assert result.returncode == 0, result.stderr
    assert contents(media) == before
    with KnowledgeBase(tmp_path / "copy.db") as kb:
        assert kb.counts()["documents"] == 2


def test_what_would_write_says_that_it_can_only_be_read(phaen: Phaen, media: Path) -> None:
    before = contents(media)
    (first, _) = (json.loads(line) for line in phaen("list", "--json").stdout.splitlines())
    for words in (
        ("add", media / "plan.txt"),
        ("remove", first["id"]),
        ("review", first["id"], "--accept"),
        ("check", "--repair"),
    ):
        result = phaen(*words)
        if words != ("check", "--repair"):
            assert result.returncode == 1
            assert "can only be read" in result.stderr
        assert "Traceback" not in result.stderr
    assert contents(media) == before


def test_changes_that_are_not_in_the_file_yet_are_not_passed_over(
    phaen: Phaen, media: Path
) -> None:
    """A run that was killed leaves changes beside the file: they count, or it is said."""
    code = (
        "import os, sys; from kb import KnowledgeBase; from tests.kb.samples import document\n"
        "kb = KnowledgeBase(sys.argv[1]); kb.add(document('d')); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(media / "kb.db")], check=False)
    assert (media / "kb.db-wal").stat().st_size > 0
    for gone in ((), ("kb.db-shm",)):
        for name in gone:
            (media / name).unlink()
        result = phaen("list", "--json")
        if result.returncode == 0:
            assert len(result.stdout.splitlines()) == 3
        else:
            assert "kb.db-wal" in result.stderr
            assert "copy both files" in result.stderr


def test_an_older_file_says_what_to_do(phaen: Phaen, media: Path) -> None:
    with closing(sqlite3.connect(media / "kb.db")) as other, other:
        other.execute("delete from _sqlite_migrations where name = 'm010_project_traits'")
        other.execute("drop table project_traits")
    result = phaen("list")
    assert result.returncode == 1
    assert "copy it to where it can be written" in result.stderr
