"""Jobs that read wait for no other work, and a slow upload for no other upload."""

import threading
from collections.abc import Callable

import pytest

from api.http.jobs import Job, Jobs
from ingest.errors import UsageError


def until(go: threading.Event) -> Callable[[Job], None]:
    def work(_: Job) -> None:
        go.wait()

    return work


def test_reading_waits_for_no_other_work() -> None:
    jobs, go = Jobs(waiting=10, remembered=10), threading.Event()
    try:
        slow = [
            jobs.start(Job("documents"), until(go), reads=True),
            jobs.start(Job("duplicates-within"), until(go)),
        ]
        quick = jobs.start(Job("documents"), lambda job: job.step({}), reads=True)
        assert quick.result(timeout=60) is None
        assert not any(work.done() for work in slow)
    finally:
        go.set()
        jobs.close()


def test_too_much_waiting_is_refused_for_readers_too() -> None:
    jobs, go = Jobs(waiting=1, remembered=10), threading.Event()
    try:
        jobs.start(Job("documents"), until(go), reads=True)
        with pytest.raises(UsageError, match="too-many-jobs"):
            jobs.start(Job("documents"), lambda _: None, reads=True)
    finally:
        go.set()
        jobs.close()
