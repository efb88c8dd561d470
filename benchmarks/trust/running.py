"""Real processes to measure with: `phaen` on the command line, `phaen serve` on a free port."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_MAIN = "from api.cli.main import main; main()"
_LARGE = (
    "import api.http.search_processes as s; s.LARGE = 1; "
    "import api.cli.commands.serve as c; c._CORES = 1"
)
_START_SECONDS = 300.0
_ANSWER_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with a knowledge base, and where its processes keep temporary files."""

    folder: Path

    @property
    def kb(self) -> Path:
        """The knowledge base."""
        return self.folder / "kb.db"

    @property
    def temporary(self) -> Path:
        """The folder for temporary files; made where it is missing."""
        path = self.folder / "tmp"
        path.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def environment(self) -> dict[str, str]:
        """What the processes of this place see."""
        own = {"PHAEN_KB": str(self.kb), "PHAEN_LANG": "en", "TMPDIR": str(self.temporary)}
        return {**os.environ, **own}

    def started(self, *words: object, before: str = "") -> subprocess.Popen[str]:
        """Start `phaen` with these words; `before` is Python to run first."""
        command = [sys.executable, "-c", f"{before}\n{_MAIN}", *map(str, words)]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *words: object) -> Ran:
        """Run `phaen` with these words to its end."""
        process = self.started(*words)
        out, err = process.communicate(timeout=_ANSWER_SECONDS)
        return Ran(process.returncode, out, err)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The JSON objects it wrote."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer; `status` is 0 where there was none, and `body` says why."""

    status: int
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def form(files: Sequence[Path]) -> tuple[bytes, dict[str, str]]:
    """Return the body and the headers of a form with files, as a browser sends it."""
    line = uuid.uuid4().hex
    parts = []
    for path in files:
        head = f'content-disposition: form-data; name="file"; filename="{path.name}"'
        parts.append(f"--{line}\r\n{head}\r\n\r\n".encode() + path.read_bytes() + b"\r\n")
    body = b"".join(parts) + f"--{line}--\r\n".encode()
    return body, {"content-type": f"multipart/form-data; boundary={line}"}


class Server:
    """`phaen serve` over a place, until it is left or killed.

    `searching` makes processes search, as for a large knowledge base.
    """

    def __init__(self, place: Place, *, searching: bool = False) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        before = _LARGE if searching else ""
        self.process = place.started("serve", "--port", self.port, before=before)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def wait(self) -> None:
        """Wait until it answers."""
        end = time.monotonic() + _START_SECONDS
        while self.ask("GET", "/v1/health").status != 200:
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the server did not come up: {self.stop()}")
            time.sleep(0.1)

    def wait_warm(self) -> None:
        """Wait until it has the model loaded and everything indexed."""
        end = time.monotonic() + _START_SECONDS
        while True:
            model = self.ask("GET", "/v1/health").json["model"]
            if model["loaded"] and not model["missing"]:
                time.sleep(1.0)  # reading ahead comes right after
                return
            if time.monotonic() > end:
                raise RuntimeError("the server did not load its model")
            time.sleep(0.2)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_ANSWER_SECONDS)
        try:
            connection.request(method, path, body, {"accept-language": "en", **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read())
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, repr(error).encode())
        finally:
            connection.close()

    def search(self, query: str, mode: str = "smart") -> Answer:
        """Search."""
        body = json.dumps({"query": query, "mode": mode}).encode()
        return self.ask("POST", "/v1/search", body, {"content-type": "application/json"})

    def upload(self, files: Sequence[Path]) -> Answer:
        """Upload files and wait until they are read and kept, however long the server takes."""
        body, headers = form(files)
        answer = self.ask("POST", "/v1/documents", body, headers)
        if answer.status != 202:
            return answer
        job = answer.json["id"]
        while answer.json["state"] not in ("done", "failed"):
            time.sleep(0.2)
            answer = self.ask("GET", f"/v1/jobs/{job}")
            if answer.status != 200:
                return answer
        done = answer.json["state"] == "done"
        return Answer(
            201 if done else 500, json.dumps({"documents": answer.json["result"]}).encode()
        )

    def begun(self, path: Path) -> http.client.HTTPConnection:
        """Send a file and don't wait for the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_ANSWER_SECONDS)
        body, headers = form([path])
        connection.request("POST", "/v1/documents", body, headers)
        return connection

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.communicate()

    def stop(self) -> str:
        """End it as Ctrl+C does; return what it said."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.communicate(timeout=120)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.communicate()[1]
