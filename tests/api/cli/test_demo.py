"""`phaen demo` leaves a new user before the application with samples in it."""

import signal
import socket
from pathlib import Path

import pytest

from benchmarks.trust.running import Place, Server

pytestmark = pytest.mark.slow


class Demo(Server):
    """`phaen demo` instead of `phaen serve`."""

    def __init__(self, place: Place) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process = place.started("demo", "--port", self.port, "--no-browser")


def test_samples_are_added_asked_and_served(tmp_path: Path) -> None:
    with Demo(Place(tmp_path)) as demo:
        demo.wait()
        counts = demo.ask("GET", "/v1/health").json["counts"]
        demo.process.send_signal(signal.SIGINT)
        out, err = demo.process.communicate(timeout=300)
    assert counts["documents"] == 25
    assert "Question: น้ำไม่พอทำนาในหน้าแล้ง" in err
    assert "จัดหาแหล่งน้ำ" in out
    assert "No plan says anything that answers this" in err
    assert "Traceback" not in err
