"""Search over HTTP under load: a real server in a process of its own, many clients at once."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.texts import questions

CLIENTS = 16
REQUESTS = {"words": 1600, "smart": 600, "exact": 600}
_WARM = 64
_WAIT = 120.0
_LOADING = 25.0
"""So long the server is left alone after its first answer: it still loads what it needs."""


def served(path: Path) -> list[str]:
    """Start `phaen serve` over a knowledge base and load it; return the table's lines."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["serve", "--kb", str(path), "--port", str(port)]
    command = [sys.executable, "-c", "from api.cli.main import main; main()", *words]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        asyncio.run(_awake(port))
        time.sleep(_LOADING)
        lines = [
            f"{CLIENTS} clients, each asks again as soon as it has its answer; no question is "
            "asked twice; the clients run on the same machine.",
            "",
            "| mode | requests | requests/s | p50 / p95, ms | errors |",
            "|---|---|---|---|---|",
        ]
        for seed, (mode, count) in enumerate(REQUESTS.items(), 21):
            lines.append(asyncio.run(_load(port, mode, questions(count + _WARM, seed=seed))))
        return [*lines, ""]
    finally:
        server.terminate()
        server.wait()


async def _load(port: int, mode: str, asked: list[str]) -> str:
    queue = iter(asked)
    took: list[float] = []
    errors = 0

    async def client() -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for query in queue:
            began = time.perf_counter()
            status = await _ask(reader, writer, {"query": query, "mode": mode})
            took.append((time.perf_counter() - began) * 1000)
            errors += status != 200
        writer.close()

    async with asyncio.TaskGroup() as group:
        warm = [next(queue) for _ in range(_WARM)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for query in warm:
            await _ask(reader, writer, {"query": query, "mode": mode})
        writer.close()
        began = time.perf_counter()
        for _ in range(CLIENTS):
            group.create_task(client())
    spent = time.perf_counter() - began
    p50, p95 = np.percentile(took, [50, 95])
    return f"| {mode} | {len(took)} | {len(took) / spent:.0f} | {p50:.0f} / {p95:.0f} | {errors} |"


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: dict[str, object]
) -> int:
    data = json.dumps(body).encode()
    head = (
        "POST /v1/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    writer.write(head.encode() + data)
    answer = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in answer.lower().split(b"\r\n")
        if line.startswith(b"content-length")
    )
    await reader.readexactly(length)
    return int(answer.split(b" ", 2)[1])


async def _awake(port: int) -> None:
    begun = time.perf_counter()
    while time.perf_counter() - begun < _WAIT:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            if await _ask(reader, writer, {"query": "ถนนและสะพาน"}) == 200:
                return
            writer.close()
        except OSError:
            pass
        await asyncio.sleep(0.5)
    raise TimeoutError("the server did not answer")
