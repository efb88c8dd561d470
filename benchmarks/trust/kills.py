"""Commands and servers killed at random moments: nothing lost, nothing left behind.

Six kinds of work are begun over a sound knowledge base and killed (SIGKILL) after a random
part of the time they take. Then `phaen list` is the next start, and everything derived is
compared with what is kept, as `phaen check` does: nothing may be half done, nothing answered
for may be missing, no temporary file may be left.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from benchmarks.trust.plans import written
from benchmarks.trust.running import Answer, Place, Server
from benchmarks.trust.table import Figures
from kb import KnowledgeBase
from kb.checking import check
from kb.model.encoder import Encoder
from kb.model.sentence_encoder import load_encoder

TITLE = "Killed at random moments"
KILLS = 300
_PLANS = 6
_MORE = range(500, 506)
_BESIDE = frozenset({"kb.db", "kb.db-wal", "kb.db-shm", "kb.db.meaning", "kb.db.words"})
_INPUTS = frozenset({"tmp", "more", "backup.db"})
_DERIVED = frozenset({"vectors-missing", "meaning-outdated", "words-outdated", "words-damaged"})
State = dict[str, tuple[int, int]]
"""Documents, each with how many records it has and how many of them are reviewed."""


@dataclass
class Tally:
    """What became of the kills of one kind of work."""

    kills: int = 0
    finished: int = 0
    wrong: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be killed: the words of a command, and what may be there afterwards.

    `before` prepares the place; `allowed` is asked with the state before, after, and after
    the work was done once without a kill.
    """

    words: tuple[str, ...]
    allowed: Callable[[State, State, State], bool]
    before: Callable[[Place], None] = lambda _: None


def measured(*, quick: bool = False) -> Figures:
    """Kill every kind of work equally often."""
    kinds = (*WORKS, "upload")
    each = 2 if quick else KILLS // len(kinds)
    rows, clean = [], True
    with tempfile.TemporaryDirectory() as folder:
        base = _base(Path(folder) / "base")
        for kind in kinds:
            dice, began = random.Random(kind), time.monotonic()
            if kind == "upload":
                tally = _killed_servers(base, Path(folder), each, dice)
            else:
                tally = _killed(WORKS[kind], base, Path(folder), each, dice)
            clean = clean and not tally.wrong and not tally.left
            print(f"{kind}: {tally.kills} kills", flush=True)
            rows.append(
                [
                    kind,
                    tally.kills,
                    tally.finished,
                    len(tally.wrong),
                    len(tally.left),
                    f"{time.monotonic() - began:.0f}",
                ]
            )
            for line in [*tally.wrong, *tally.left][:10]:
                print(f"{kind}:", line, flush=True)
    total = sum(row[1] for row in rows)
    rows.append(["all", total, *(sum(row[at] for row in rows) for at in (2, 3, 4)), ""])
    head = (
        "work",
        "kills",
        "besides: done before (uploads: all answered)",
        "something lost or half done",
        "something left behind",
        "seconds",
    )
    return Figures(head, rows, clean)


def _base(folder: Path) -> Place:
    """Make the sound knowledge base every try begins with, and a backup of another state."""
    folder.mkdir(parents=True)
    place = Place(folder)
    written(folder / "more", _MORE, 40)
    for plan in written(folder / "first", range(_PLANS), 12):
        _done(place, "add", plan)
    shutil.rmtree(folder / "first")
    _done(place, "search", "ขุดลอกคลอง")
    _done(place, "backup", folder / "backup.db")
    _done(place, "remove", sorted(_state(place.kb))[0])
    return place


def _killed(work: Work, base: Place, folder: Path, kills: int, dice: random.Random) -> Tally:
    """Kill a command so many times, each over a fresh copy of the base.

    One that was done before it could be killed is looked at too and does not count.
    """
    tally = Tally()
    place = _copied(base, folder)
    work.before(place)
    began = time.monotonic()
    _done(place, *_words(work, place))
    took, done = time.monotonic() - began, _state(place.kb)
    while tally.kills < kills:
        place = _copied(base, folder)
        work.before(place)
        before = _state(place.kb)
        process = place.started(*_words(work, place))
        timer = threading.Timer(dice.uniform(0.0, took), process.kill)
        timer.start()
        process.communicate()
        timer.cancel()
        tally.kills += process.returncode < 0
        tally.finished += process.returncode == 0
        _looked_at(place, tally)
        after = _state(place.kb)
        if process.returncode == 0 and _shape(after) != _shape(done):
            tally.wrong.append("what was said to be done is not there")
        elif not work.allowed(before, after, done):
            tally.wrong.append(f"half done: {before} {after}")
    return tally


def _killed_servers(base: Place, folder: Path, kills: int, dice: random.Random) -> Tally:
    """Kill a server that is sent files; every upload it answered is to be there."""
    tally = Tally()
    for _ in range(kills):
        place = _copied(base, folder)
        before = set(_state(place.kb))
        server = Server(place)
        server.wait()
        files = sorted((place.folder / "more").iterdir())
        with ThreadPoolExecutor(len(files)) as pool:
            sent = [pool.submit(server.upload, [path]) for path in files]
            time.sleep(dice.uniform(0.0, 4.0))
            server.kill()
            answers = [each.result() for each in sent]
        tally.kills += 1
        tally.finished += all(answer.status == 201 for answer in answers)
        _looked_at(place, tally)
        after = _state(place.kb)
        if lost := (before | _said(answers)) - set(after):
            tally.wrong.append(f"lost {lost}")
        if len({shape for key, shape in after.items() if key not in before}) > 1:
            tally.wrong.append("a document is half kept")
    return tally


def _said(answers: list[Answer]) -> set[str]:
    """List the documents the server answered for."""
    good = [answer for answer in answers if answer.status == 201]
    return {each["document_id"] for answer in good for each in answer.json["documents"]}


def _looked_at(place: Place, tally: Tally) -> None:
    """Start anew; note what is wrong, and what is left."""
    ran = place.run("list", "--json")
    if ran.code or len(ran.records) != len(_state(place.kb)):
        tally.wrong.append(f"list: {ran.code} {ran.err}")
    with KnowledgeBase(place.kb, create=False, encoder=_encoder()) as kb:
        codes = {finding.code for finding in check(kb)}
    if codes - _DERIVED:
        tally.wrong.append(f"check: {codes}")
    tally.left += left_behind(place)


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    """Load the model once for all checks."""
    return load_encoder()


def left_behind(place: Place) -> list[str]:
    """Name files that no run needs any more."""
    left = [str(path) for path in place.temporary.iterdir()]
    names = {path.name for path in place.folder.iterdir()}
    left += sorted(names - _BESIDE - _INPUTS)
    for index in (place.folder / "kb.db.meaning", place.folder / "kb.db.words"):
        left += _unnamed(index) if index.is_dir() else []
    return left


def _unnamed(index: Path) -> list[str]:
    """Name files of an index folder that its manifest doesn't."""
    manifest = index / "manifest.json"
    outcome = json.loads(manifest.read_text("utf-8")) if manifest.exists() else {}
    named = set(outcome.get("parts", {}))
    named |= {name for entry in outcome.get("segments", []) for name in entry["files"]}
    return sorted({path.name for path in index.iterdir()} - named - {"manifest.json", ".lock"})


def _state(kb: Path) -> State:
    with closing(sqlite3.connect(kb)) as connection:
        rows = connection.execute(
            "select d.id, (select count(*) from entries where document = d.key), "
            "(select count(*) from entries where document = d.key and review is not null) "
            "from documents d"
        )
        return {row[0]: (row[1], row[2]) for row in rows}


def _shape(state: State) -> list[tuple[str, int, int]]:
    return sorted((key, *counts) for key, counts in state.items())


def _copied(base: Place, folder: Path) -> Place:
    target = folder / "try"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(base.folder, target)
    return Place(target)


def _done(place: Place, *words: object) -> None:
    ran = place.run(*words)
    if ran.code:
        raise RuntimeError(f"{words}: {ran.err}")


def _words(work: Work, place: Place) -> list[str]:
    """Fill in the words: `{more}` is the folder of new plans, `{first}` the first document."""
    first = sorted(_state(place.kb))[0]
    backup, more = place.folder / "backup.db", place.folder / "more"
    return [word.format(first=first, backup=backup, more=more) for word in work.words]


def _part_of(before: State, after: State, done: State) -> bool:
    """Allow some of the new documents, each whole, beside all the old ones."""
    return before.items() <= after.items() <= done.items()


def _either(before: State, after: State, done: State) -> bool:
    """Allow all of it to be done, or nothing."""
    return after in (before, done)


def _same(before: State, after: State, done: State) -> bool:
    return before == after == done


def _damage(place: Place) -> None:
    """Take every second vector, and damage the word index: work for a repair."""
    with closing(sqlite3.connect(place.kb)) as connection, connection:
        connection.execute("delete from vectors where key % 2 = 0")
        connection.execute("update settings set value = 'old' where name = 'recipe'")
        connection.execute(
            "update settings set value = cast(value as integer) + 1 where name = 'generation'"
        )


WORKS = {
    "add": Work(("add", "{more}"), _part_of),
    "review": Work(("review", "{first}", "--accept"), _either),
    "remove": Work(("remove", "{first}"), _either),
    "restore": Work(("restore", "{backup}", "--force"), _either),
    "repair": Work(("check", "--repair"), _same, _damage),
}
