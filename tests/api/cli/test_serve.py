"""`phaen serve` as a real process on a real port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.conftest import Run

pytestmark = pytest.mark.slow


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from api.cli.main import main; main()",
            "serve",
            "--port",
            str(port),
        ],
        cwd=tmp_path,
        env={**os.environ, "PHAEN_KB": str(tmp_path / "kb.db"), "PHAEN_MODEL": "none-here"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def answered(port: int, path: str, **headers: str) -> dict[str, object]:
    """Ask until the server is up."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    for _ in range(240):
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310
                stated: dict[str, object] = json.loads(answer.read())
                return stated
        except urllib.error.HTTPError as error:
            return {"status": error.code, **json.loads(error.read())}
        except urllib.error.URLError:
            time.sleep(0.25)
    raise AssertionError("the server did not come up")


def test_it_serves_on_this_machine_and_stops_when_asked(
    served: subprocess.Popen[str], port: int
) -> None:
    assert answered(port, "/v1/health")["status"] == "ok"
    assert answered(port, "/v1/health", host="rebound.example")["code"] == "host-refused"
    served.send_signal(signal.SIGINT)
    out, said = served.communicate(timeout=60)
    assert out == ""
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said
    assert served.returncode in (0, 130)


def test_a_port_that_is_taken_is_told(run: Run, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        result = run("serve", "--port", port, "--lang", "en")
    assert result.code == 1
    assert f"Cannot serve at 127.0.0.1:{port}" in result.err
    assert run("serve", "--port", 99999).code == 1
