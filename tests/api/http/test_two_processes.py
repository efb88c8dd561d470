"""A server and commands on one knowledge base at the same time: nothing lost, nothing failed."""

import time
from pathlib import Path

import pytest

from benchmarks.trust.plans import written
from benchmarks.trust.processes import run
from benchmarks.trust.running import Place, Server

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("searching", [False, True])
def test_a_server_and_commands_lose_nothing(tmp_path: Path, searching: bool) -> None:
    found = run(tmp_path, 3, searching=searching)
    assert (found.failed, found.lost, found.extra) == ([], set(), set())
    assert found.check == "ok"
    assert found.locked is not False


def test_an_upload_of_a_killed_server_is_read_by_the_next_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    place = Place(tmp_path)
    (plan,) = written(tmp_path / "plans", range(1), 20_000)
    with Server(place) as server:
        server.wait()
        connection = server.begun(plan)
        while not any(tmp_path.rglob("*.jobs/*/0")):
            assert server.process.poll() is None
        server.kill()
        connection.close()
    with Server(place) as server:
        server.wait()
        while any(tmp_path.rglob("*.jobs/*/0")):
            assert server.process.poll() is None
            time.sleep(0.1)
        assert server.ask("GET", "/v1/health").status == 200
    assert list(place.temporary.iterdir()) == []


def test_a_server_says_that_its_knowledge_base_has_gone_or_is_another(tmp_path: Path) -> None:
    place = Place(tmp_path)
    (plan, other) = written(tmp_path / "plans", range(2))
    assert place.run("add", plan).code == 0
    with Server(place) as server:
        server.wait()
        place.kb.rename(tmp_path / "moved.db")
        for answer in (
            server.ask("GET", "/v1/health"),
            server.ask("GET", "/v1/documents"),
            server.search("ขุดลอกคลอง", "words"),
            server.upload([other]),
        ):
            assert answer.status == 503
            assert answer.json["code"] in ("kb-gone", "upload-failed")
            assert "deleted or moved" in answer.json["detail"]
        assert not place.kb.exists()
        assert place.run("add", other).code == 0
        for answer in (server.ask("GET", "/v1/health"), server.upload([other])):
            assert answer.status == 503
            assert "replaced by another file" in answer.json["detail"]
    assert len(place.run("list", "--json").records) == 1
