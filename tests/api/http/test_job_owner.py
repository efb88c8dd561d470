"""The name under which a server's jobs are stored, and its lock."""

import threading
from pathlib import Path

from api.http.job_owner import JobOwner

_THREADS = 8


def test_requests_that_come_at_once_hold_one_lock_and_none_waits_for_ever(tmp_path: Path) -> None:
    owner, start = JobOwner(tmp_path / "kb.db"), threading.Barrier(_THREADS)
    names: list[str] = []

    def hold() -> None:
        start.wait()
        names.append(owner.hold())

    threads = [threading.Thread(target=hold, daemon=True) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert names == [owner.name] * _THREADS
    assert not JobOwner(tmp_path / "kb.db").is_gone(owner.name)
    owner.release()
    assert JobOwner(tmp_path / "kb.db").is_gone(owner.name)
    assert not (tmp_path / "kb.db.jobs").exists()
