"""Files that once broke something, through every way in: read, added, uploaded, as a workbook.

Every answer is a document or a clear error within a minute, and the process that serves
others grows by 200 MB at most. The files are those of a folder of attacks; each command
runs with a limit on its address space.

    python -m benchmarks.trust.attack FOLDER
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MIB = 1 << 20
LONGEST_SECONDS = 60.0
MOST_GROWTH = 200 * MIB
_PHAEN = [sys.executable, "-c", "from api.cli.main import main; main()"]
_ADDRESS_SPACE = 16 << 30  # bytes; the model maps its weights
_WAIT_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one way in made of one file."""

    file: str
    way: str
    outcome: str
    seconds: float
    memory: int  # bytes: of the command at its most, or by how much the server grew

    @property
    def good(self) -> bool:
        """Whether it is an answer, in time, and the server did not grow much."""
        held = self.memory <= MOST_GROWTH or not self.way.startswith("http")
        return self.outcome in ("document", "error") and self.seconds < LONGEST_SECONDS and held


def main() -> None:
    """Try every file of a folder and print the answers."""
    answers: list[Answer] = []
    for answer in attack(Path(sys.argv[1])):
        answers.append(answer)
        print(
            f"{answer.file:28} {answer.way:16} {answer.outcome:10} {answer.seconds:6.1f} s "
            f"{answer.memory / MIB:7.0f} MB{'' if answer.good else '  !'}",
            flush=True,
        )
    print(json.dumps(summary(answers), ensure_ascii=False))


def summary(answers: list[Answer]) -> dict[str, Any]:
    """Return the figures that count."""
    http = [answer for answer in answers if answer.way.startswith("http")]
    return {
        "answers": len(answers),
        "bad": sum(not answer.good for answer in answers),
        "slowest_seconds": round(max(answer.seconds for answer in answers), 1),
        "server_growth_mb": round(max(answer.memory for answer in http) / MIB),
    }


def attack(folder: Path) -> Iterator[Answer]:
    """Send every file of a folder through every way in; yield what came of each."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".md")
    with tempfile.TemporaryDirectory(prefix="phaen-attack-") as place:
        kb = Path(place, "kb.db")
        (Path(place) / "plan.txt").write_text("วิสัยทัศน์\nเมืองน่าอยู่ คู่เกษตรปลอดภัย\n", "utf-8")
        _commanded("add", [str(Path(place, "plan.txt"))], kb)
        with _served(kb) as (port, pid):
            for file in files:
                yield from _by_http(file, port, pid)
        for file in files:
            yield from _by_commands(file, Path(place))


def _by_commands(file: Path, place: Path) -> Iterator[Answer]:
    yield _command(file, "extract", [str(file)], place / "kb.db")
    yield _command(file, "add", [str(file)], place / f"added-{file.name}.db")
    if file.suffix == ".xlsx":
        report = ["--report", str(place / "out.xlsx")]
        yield _command(file, "align", ["--file", str(file), *report], place / "kb.db")
        given = ["--file", str(file), "--words-only", *report]
        yield _command(file, "duplicates", given, place / "kb.db")


def _command(file: Path, name: str, arguments: list[str], kb: Path) -> Answer:
    begun = time.monotonic()
    code, errors, memory = _commanded(name, arguments, kb)
    outcome = {0: "document", 1: "error", 2: "error"}.get(code, f"died {code}")
    if "Traceback" in errors:
        outcome = "traceback"
    return Answer(file.name, name, outcome, time.monotonic() - begun, memory)


def _commanded(name: str, arguments: list[str], kb: Path) -> tuple[int, str, int]:
    """Run a command; return its code, what it complained of, and its most memory in bytes."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [*_PHAEN, name, "--kb", str(kb), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=errors,
            preexec_fn=_limit_memory,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    return process.returncode, said, used.ru_maxrss * 1024


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))


@contextmanager
def _served(kb: Path) -> Iterator[tuple[int, int]]:
    """Serve a knowledge base; give the port, and the process once it is warm."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*_PHAEN, "serve", "--kb", str(kb), "--port", str(port)],
        stderr=subprocess.DEVNULL,
        preexec_fn=_limit_memory,
    )
    try:
        while True:
            try:
                _ask(port, "/v1/health")
                break
            except OSError:
                time.sleep(0.2)
        _settled(server.pid)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def _settled(pid: int) -> None:
    """Wait until a server has loaded what it loads aside: its memory stays as it is."""
    before = -1
    while abs(_memory(pid) - before) > MIB:
        before = _memory(pid)
        time.sleep(5)


def _memory(pid: int) -> int:
    """Return the memory a process holds for itself, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0


def _by_http(file: Path, port: int, pid: int) -> Iterator[Answer]:
    yield _request(file, port, pid, "http upload", "/v1/documents", {})
    if file.suffix == ".xlsx":
        wanted = {"accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        yield _request(file, port, pid, "http workbook", "/v1/alignment/workbook", wanted)


def _request(
    file: Path, port: int, pid: int, way: str, path: str, headers: dict[str, str]
) -> Answer:
    before, begun = _memory(pid), time.monotonic()
    status, data = _ask(port, path, _form(file), headers)
    while status == 202:
        job = json.loads(data)
        if job["state"] in ("done", "failed") or time.monotonic() - begun > _WAIT_SECONDS:
            break
        time.sleep(0.1)
        _, data = _ask(port, f"/v1/jobs/{job['id']}")
    outcome = (
        "document" if status in (200, 201) else "error" if status in (413, 422) else str(status)
    )
    if status == 202:
        done = json.loads(data)["state"] in ("done", "failed")
        outcome = "document" if done else "no answer"
    return Answer(file.name, way, outcome, time.monotonic() - begun, _memory(pid) - before)


def _form(file: Path) -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
    return head.encode() + file.read_bytes() + b"\r\n--x--\r\n"


def _ask(
    port: int, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    sent = {"content-type": "multipart/form-data; boundary=x"} if body else {}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", body, {**sent, **(headers or {})}
    )
    try:
        with urllib.request.urlopen(request, timeout=_WAIT_SECONDS) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


if __name__ == "__main__":
    main()
