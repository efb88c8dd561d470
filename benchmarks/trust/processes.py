"""A server and commands on one knowledge base at the same time, and nothing lost.

Every round uploads, searches, adds, lists, reviews and removes at once, half over HTTP and
half on the command line. After every round the server must hold exactly what was answered
for; after the last one SQLite's own check must be clean.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.trust.plans import written
from benchmarks.trust.running import Answer, Place, Ran, Server
from benchmarks.trust.table import Figures

TITLE = "Two processes on one knowledge base"
ROUNDS = 12
_RUNS = 3
_UPLOADS = 2
_QUERIES = ("ขุดลอกคลอง", "ผู้สูงอายุ", "ถนนคอนกรีต")


@dataclass
class Outcome:
    """What one run found; everything but `answered` and `rounds` is to be nothing."""

    rounds: int
    answered: int = 0
    lost: set[str] = field(default_factory=set)
    extra: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    check: str = ""
    locked: bool | None = None
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, nothing failed, and the file is sound."""
        wrong = self.lost or self.extra or self.failed or self.locked is False
        return not wrong and self.check == "ok"


def measured(*, quick: bool = False) -> Figures:
    """Run three times, once more with searching processes as large knowledge bases have."""
    runs = [(ROUNDS, False)] * _RUNS + [(ROUNDS, True)]
    if quick:
        runs = [(2, False), (2, True)]
    rows, clean = [], True
    for number, (rounds, searching) in enumerate(runs, 1):
        with tempfile.TemporaryDirectory() as folder:
            outcome = run(Path(folder), rounds, searching=searching)
        clean = clean and outcome.clean
        locks = {None: "unknown here", True: "held", False: "LOST"}[outcome.locked]
        rows.append(
            [
                f"{number}{', searching processes' * searching}",
                outcome.rounds,
                outcome.answered,
                len(outcome.lost),
                len(outcome.extra),
                len(outcome.failed),
                outcome.check,
                locks,
                f"{outcome.seconds:.0f}",
            ]
        )
        for line in outcome.failed[:20]:
            print("failed:", line)
    head = (
        "run",
        "rounds",
        "answered",
        "lost",
        "unasked",
        "failed",
        "integrity_check",
        "server's lock after warm-up",
        "seconds",
    )
    return Figures(head, rows, clean)


def run(folder: Path, rounds: int, *, searching: bool = False) -> Outcome:
    """Run so many rounds in an empty folder."""
    place, outcome, began = Place(folder), Outcome(rounds), time.monotonic()
    expected = _first(place, outcome)
    with Server(place, searching=searching) as server:
        server.wait()
        server.wait_warm()
        outcome.locked = holds_lock(server.process.pid, place.kb)
        for number in range(rounds):
            expected = _round(place, server, outcome, number, expected)
            kept = _kept(server.ask("GET", "/v1/documents?limit=100"), outcome)
            outcome.lost |= expected - kept
            outcome.extra |= kept - expected
    outcome.check, inside = _checked(place.kb)
    outcome.lost |= expected - inside
    outcome.extra |= inside - expected
    outcome.seconds = time.monotonic() - began
    return outcome


def _checked(path: Path) -> tuple[str, set[str]]:
    """Return what SQLite's own check says, and the documents that are there."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            said = "; ".join(row[0] for row in connection.execute("pragma integrity_check(3)"))
            return said, {row[0] for row in connection.execute("select id from documents")}
        except sqlite3.DatabaseError as error:
            return str(error), set()


def holds_lock(process: int, path: Path) -> bool | None:
    """Return whether a process holds a POSIX lock on a file; None where the system doesn't say."""
    locks = Path("/proc/locks")
    if not locks.exists():
        return None
    inode = str(path.stat().st_ino)
    lines = [line.split() for line in locks.read_text().splitlines()]
    held = [line for line in lines if line[1] == "POSIX" and line[4] == str(process)]
    return any(line[5].rpartition(":")[2] == inode for line in held)


def _first(place: Place, outcome: Outcome) -> set[str]:
    files = written(place.folder / "first", range(2))
    ran = place.run("add", *files, "--json")
    _note(outcome, ran, "add")
    return {record["document_id"] for record in ran.records}


def _round(
    place: Place, server: Server, outcome: Outcome, number: int, expected: set[str]
) -> set[str]:
    """Do everything at once; return the documents that are to be there now."""
    base = 100 + number * 10
    uploads = written(place.folder / f"uploads {number}", range(base, base + _UPLOADS))
    (added,) = written(place.folder / f"added {number}", range(base + 5, base + 6))
    oldest = sorted(expected)[0]
    reviewed = sorted(expected)[-1]
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(server.upload, [path]) for path in uploads]
        adding = pool.submit(place.run, "add", added, "--json")
        searches = [pool.submit(server.search, query) for query in _QUERIES]
        commands = [
            pool.submit(place.run, "list", "--json"),
            pool.submit(place.run, "search", _QUERIES[number % len(_QUERIES)], "--mode", "words"),
            pool.submit(place.run, "review", reviewed, "--accept"),
        ]
        removing = pool.submit(place.run, "remove", oldest, "--json")
    for one in searches:
        _ask(outcome, one.result(), "search", 200)
    for ran in [*(each.result() for each in commands), adding.result(), removing.result()]:
        _note(outcome, ran, "command")
    fresh = {record["document_id"] for record in adding.result().records}
    for upload in sent:
        if _ask(outcome, upload.result(), "upload", 201):
            fresh |= {each["document_id"] for each in upload.result().json["documents"]}
    gone = {oldest} if removing.result().code == 0 and oldest != reviewed else set()
    return expected - gone | fresh


def _kept(answer: Answer, outcome: Outcome) -> set[str]:
    if not _ask(outcome, answer, "list", 200):
        return set()
    return {document["id"] for document in answer.json["items"]}


def _ask(outcome: Outcome, answer: Answer, what: str, wanted: int) -> bool:
    if answer.status == wanted:
        outcome.answered += 1
        return True
    outcome.failed.append(f"{what}: {answer.status} {answer.body[:300].decode('utf-8', 'replace')}")
    return False


def _note(outcome: Outcome, ran: Ran, what: str) -> None:
    if ran.code == 0:
        outcome.answered += 1
    else:
        outcome.failed.append(f"{what}: exit {ran.code} {ran.err[-300:]}")
