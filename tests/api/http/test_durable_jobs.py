"""Jobs survive the server: killed in the middle and started anew, nothing lost or done twice."""

import time
from pathlib import Path

import pytest

from api.http.jobs import Job, Jobs
from api.http.uploads import UploadReading, job_folder
from api.text.requested_options import requested_options
from benchmarks.trust.plans import written
from benchmarks.trust.running import Place, Server, form
from ingest.sandbox.pool import Workers
from kb import KnowledgeBase
from kb.store.jobs import JobTable
from kb.store.store import Store

PLANS, KILLS = 12, 5


def sent(server: Server, plans: list[Path]) -> str:
    """Send plans as a job; return its id."""
    body, headers = form(plans)
    answer = server.ask("POST", "/v1/documents", body, {**headers, "Prefer": "respond-async"})
    return str(answer.json["id"])


@pytest.mark.slow
def test_an_upload_goes_on_after_every_kill(tmp_path: Path) -> None:
    place = Place(tmp_path)
    plans = written(tmp_path / "plans", range(PLANS), 200)
    job, done, kills = "", 0, 0
    while True:
        with Server(place) as server:
            server.wait()
            job = job or sent(server, plans)
            while True:
                record = server.ask("GET", f"/v1/jobs/{job}").json
                more = record["done"] > done and kills < KILLS
                if record["state"] in ("done", "failed") or more:
                    break
                time.sleep(0.01)
            if record["state"] == "done":
                listed = server.ask("GET", "/v1/documents").json["items"]
                break
            assert record["state"] != "failed", record
            done, kills = record["done"], kills + 1
            server.kill()
    assert kills > 0
    assert [outcome["file"] for outcome in record["result"]] == [plan.name for plan in plans]
    assert {outcome["status"] for outcome in record["result"]} == {"added"}
    assert len(listed) == PLANS
    assert not any(tmp_path.rglob("*.jobs/*/0"))


def test_what_cannot_be_resumed_says_that_it_was_interrupted(tmp_path: Path) -> None:
    with Store(tmp_path / "kb.db") as store:
        dead = Job("alignment")
        JobTable(store).save(dead.record("a-server-that-is-gone"))
        jobs = Jobs(waiting=10, remembered=10, store=store)
        jobs.resume({})
        record = jobs.get(dead.id).to_dict()
        jobs.close()
    assert record["state"] == "failed"
    assert record["error"]["code"] == "job-interrupted"


def test_the_job_of_a_living_server_is_left_to_it(tmp_path: Path) -> None:
    with Store(tmp_path / "kb.db") as store:
        one = Jobs(waiting=10, remembered=10, store=store)
        other = Jobs(waiting=10, remembered=10, store=store)
        assert one.owner is not None
        mine = Job("alignment")
        JobTable(store).save(mine.record(one.owner.hold()))
        other.resume({})
        assert other.get(mine.id).state == "waiting"
        one.close()
        other.resume({})
        assert other.get(mine.id).state == "failed"
        other.close()


def test_a_cancelled_job_goes_on_no_further(tmp_path: Path) -> None:
    with Store(tmp_path / "kb.db") as store:
        jobs = Jobs(waiting=10, remembered=10, store=store)
        job = Job("counting")

        def endless(job: Job) -> None:
            while True:
                job.progress("count", job.done + 1, 10**9)

        work = jobs.start(job, endless)
        while not job.done:
            time.sleep(0.01)
        jobs.cancel(job.id)
        work.result(timeout=60)
        record = jobs.get(job.id).to_dict()
        jobs.close()
        stored = JobTable(store).get(job.id)
    assert (record["state"], record["error"]["code"]) == ("failed", "job-cancelled")
    assert stored is not None
    assert stored.state == "failed"


def test_files_of_an_upload_outlive_the_work_until_its_end_is_stored(tmp_path: Path) -> None:
    plans = written(tmp_path / "plans", range(1), 20)
    with KnowledgeBase(tmp_path / "kb.db") as kb, Workers(2, quick_seconds=8.0) as workers:
        jobs = Jobs(waiting=10, remembered=10, store=kb.store)
        job = Job("documents", total=1)
        jobs.announce(job)
        folder = job_folder(jobs, job.id)
        path = folder.path / "0"
        path.write_bytes(plans[0].read_bytes())
        options = requested_options(None, None)
        reading = UploadReading(kb, workers, options, folder, [(path, plans[0].name)])
        job.input = {"files": [plans[0].name]}
        seen: list[bool] = []

        def work(job: Job) -> None:
            reading.run(job)
            seen.append(path.is_file())  # a kill here finds the file at the next start

        jobs.start(job, work, reads=True).result(timeout=120)
        assert job.state == "done"
        assert seen == [True]
        assert not path.exists()
        jobs.close()
