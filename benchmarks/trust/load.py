"""Many clients at once: what a real server answers below its limit, and beyond it.

`python -m benchmarks.trust.load` starts `phaen serve` over the sample documents. First 100
clients ask for a minute, one in ten writes (uploads, reviews, removals); then 400 clients ask
for twenty seconds, twice what the server takes at once. The table goes to
`benchmarks/results/trust-load.md`. `--seconds N` shortens the first part.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpora" / "samples"
RESULTS = ROOT / "benchmarks" / "results" / "trust-load.md"
CLIENTS, WRITERS, SECONDS = 100, 10, 60.0
CROWD, CROWD_SECONDS = 400, 20.0
SEED = 20261130
QUERIES = (
    "น้ำไม่พอทำนาในหน้าแล้ง",
    "ดูแลผู้สูงอายุที่อยู่คนเดียว",
    "ถนนในหมู่บ้านเป็นหลุม",
    "ขยะล้นตลาด",
    "นักท่องเที่ยวกลับมา",
    "หมอกควันและไฟป่า",
    "เด็กเล็กไม่มีที่เรียน",
)
PLAN = """แผนพัฒนาตำบล

วิสัยทัศน์
ตำบลน่าอยู่หมายเลข {number} คนมีสุข

พันธกิจ
1. ดูแลแหล่งน้ำที่ {number}
"""
PAGES = ("/", "/v1/statements?limit=20", "/v1/organisations", "/v1/health", "/v1/documents")


@dataclass
class Tally:
    """What came back: how often each answer, how long it took, what was promised to be kept."""

    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    waits: Counter[str] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)

    @property
    def failures(self) -> int:
        """Count what was neither answered as asked nor told to come again."""
        fine = ("200", "201", "202", "204", "503")
        return sum(count for status, count in self.answers.items() if status not in fine)


Step = Callable[[httpx2.AsyncClient, random.Random, Tally], Awaitable[None]]


async def call(
    client: httpx2.AsyncClient, tally: Tally, method: str, path: str, **sent: object
) -> httpx2.Response | None:
    """Ask once and note what came of it."""
    began = time.perf_counter()
    try:
        answer = await client.request(method, path, **sent)  # type: ignore[arg-type]
    except httpx2.HTTPError as error:
        tally.answers[type(error).__name__] += 1
        return None
    tally.seconds.append(time.perf_counter() - began)
    tally.answers[str(answer.status_code)] += 1
    if answer.status_code == 503:
        tally.waits[answer.headers.get("retry-after", "none")] += 1
    return answer


async def read(client: httpx2.AsyncClient, dice: random.Random, tally: Tally) -> None:
    """Search, or look at a list or a page."""
    if dice.random() < 0.7:
        query = {"query": dice.choice(QUERIES), "mode": dice.choice(("smart", "words", "meaning"))}
        await call(client, tally, "POST", "/v1/search", json=query)
    else:
        await call(client, tally, "GET", dice.choice(PAGES))


async def write(client: httpx2.AsyncClient, dice: random.Random, tally: Tally) -> None:
    """Add a plan nobody has sent before; review what it says; remove one in four again."""
    number = dice.randrange(10**12)
    file = (f"{number}.txt", PLAN.format(number=number).encode())
    sent = await call(client, tally, "POST", "/v1/documents", files={"file": file})
    if sent is None or sent.status_code not in (200, 201):
        return
    document = sent.json()["documents"][0]["document_id"]
    tally.kept.add(document)
    whole = await call(client, tally, "GET", f"/v1/documents/{document}")
    if whole is not None and whole.status_code == 200:
        record = whole.json()["statements"][0]["id"]
        said = {"record": record, "verdict": "accepted"}
        await call(client, tally, "POST", "/v1/reviews", json=said)
    if dice.random() < 0.25:
        gone = await call(client, tally, "DELETE", f"/v1/documents/{document}")
        if gone is not None and gone.status_code == 204:
            tally.removed.add(document)


async def crowd(address: str, clients: int, writers: int, seconds: float) -> Tally:
    """Let clients ask one after the other, each on its own connection, for some seconds."""
    tally, ends = Tally(), time.perf_counter() + seconds

    async def one(number: int) -> None:
        dice = random.Random(SEED + number)
        step: Step = write if number < writers else read
        async with httpx2.AsyncClient(base_url=address, timeout=120, verify=False) as client:
            while time.perf_counter() < ends:
                await step(client, dice, tally)

    await asyncio.gather(*(one(number) for number in range(clients)))
    return tally


def lost(address: str, tally: Tally) -> int:
    """Count documents whose sender was told that they are kept, and that are not there."""
    there: set[str] = set()
    cursor: str | None = None
    with httpx2.Client(base_url=address, timeout=120) as client:
        while True:
            asked = {"limit": "500"} | ({"cursor": cursor} if cursor else {})
            page = client.get("/v1/documents", params=asked).json()
            there |= {item["id"] for item in page["items"]}
            cursor = page["next"]
            if cursor is None:
                return len((tally.kept - tally.removed) - there) + len(tally.removed & there)


def main(arguments: list[str] | None = None) -> None:
    """Measure both, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    seconds = parser.parse_args(arguments).seconds
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PHAEN_KB": str(Path(folder) / "kb.db")}
        phaen = [sys.executable, "-c", "from api.cli.main import main; main()"]
        subprocess.run(
            [*phaen, "add", str(SAMPLES)],
            env=environment,
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        busy = os.getloadavg()[0]
        server = subprocess.Popen([*phaen, "serve", "--port", str(port)], env=environment, cwd=ROOT)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            below = asyncio.run(crowd(address, CLIENTS, WRITERS, seconds))
            missing = lost(address, below)
            beyond = asyncio.run(crowd(address, CROWD, 0, CROWD_SECONDS))
            after = httpx2.get(f"{address}/v1/health", timeout=60).status_code
        finally:
            server.terminate()
            server.wait()
    text = table(below, missing, beyond, after, seconds, busy)
    RESULTS.write_text(text, "utf-8")
    print(text)


def wait_for(address: str) -> None:
    """Wait until the server answers and its model is loaded."""
    for _ in range(1200):
        try:
            if httpx2.get(f"{address}/v1/health", timeout=10).json()["model"]["missing"] == 0:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.25)
    raise SystemExit("the server did not come up")


def table(
    below: Tally, missing: int, beyond: Tally, after: int, seconds: float, busy: float
) -> str:
    """Write the figures."""
    rows = [
        ("clients (of these writing)", f"{CLIENTS} ({WRITERS})", f"{CROWD} (0)"),
        ("seconds", f"{seconds:.0f}", f"{CROWD_SECONDS:.0f}"),
        ("answers", f"{sum(below.answers.values()):,}", f"{sum(beyond.answers.values()):,}"),
        ("by status", shown(below.answers), shown(beyond.answers)),
        ("failed", str(below.failures), str(beyond.failures)),
        ("503 (of these with `Retry-After`)", refused(below), refused(beyond)),
        ("median / 95 % / longest, ms", times(below), times(beyond)),
        ("documents not as their sender was answered", f"{missing} of {len(below.kept)}", ""),
        ("health afterwards", "", str(after)),
    ]
    lines = "\n".join(f"| {name} | {first} | {second} |" for name, first, second in rows)
    return (
        "# Many clients at once\n\n"
        "`python -m benchmarks.trust.load`: a real `phaen serve` over the sample documents;\n"
        f"clients and server share {os.cpu_count()} cores ({platform.machine()}, Python "
        f"{platform.python_version()}). Readers search (7 of 10, all\n"
        "modes) or open lists and pages; writers upload, review and remove. Other work on the\n"
        f"machine when it began: a load of {busy:.1f}.\n\n"
        f"| | below the limit | beyond it |\n|---|---|---|\n{lines}\n"
    )


def shown(answers: Counter[str]) -> str:
    """List answers by status."""
    return ", ".join(f"{status}: {count:,}" for status, count in sorted(answers.items()))


def refused(tally: Tally) -> str:
    """Return how many were told to come again, and how many of them when."""
    outcome = sum(count for wait, count in tally.waits.items() if wait.isdigit())
    return f"{tally.answers['503']:,} ({outcome:,})"


def times(tally: Tally) -> str:
    """Return how long answers took."""
    cuts = statistics.quantiles(tally.seconds, n=20)
    return " / ".join(f"{1000 * each:,.0f}" for each in (cuts[9], cuts[18], max(tally.seconds)))


if __name__ == "__main__":
    main()
