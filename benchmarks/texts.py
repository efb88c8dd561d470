"""Planning texts in any number, made of the project's own words; and what machine this is.

Works (`corpora/names/works.tsv`), things (`synonyms.tsv`), places (`provinces.tsv`) and the
lines of the sample documents are combined at random, the same way every time. Where a file
of real budget lines is at hand (`{"item", "project"}` a line), `recombined` makes more of
them: the work of one line, the thing and the place of others.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
RESULTS = Path(__file__).resolve().parent / "results"

_PLACE = re.compile("หมู่|บ้าน|ตำบล|แขวง|อำเภอ|เขต|จังหวัด|ถนน|ทางหลวง|สาย|คลอง|บริเวณ|ช่วง")
"""With such a word a budget line goes from what is done over to where it is done."""
_WORK = 8
"""So many characters at least tell what is done."""


def statements(count: int, seed: int = 0) -> list[str]:
    """Return distinct texts as plans have them: a work, a thing, a place (15-150 letters)."""
    return _distinct(_statement, count, seed)


def recombined(count: int, lines: Path, seed: int = 4) -> list[str]:
    """Return distinct texts made of real budget lines: works of some, places of others.

    A third are works with another line's place, a third projects with another's item, and
    a third have beside these a thing of the project's own lexicon and a village's number.
    """
    parts = _Lines(lines)
    return _distinct(lambda words, draw: parts.text(words, draw), count, seed)


def questions(count: int, seed: int = 1) -> list[str]:
    """Return distinct short questions as people type them (5-40 letters)."""
    return _distinct(_question, count, seed)


def paragraphs(count: int, seed: int = 2) -> list[str]:
    """Return distinct paragraphs of some 1,500 letters."""
    draw = random.Random(seed)
    parts = statements(count * 20, seed)
    return ["\n".join(draw.sample(parts, 20))[:1500] for _ in range(count)]


def machine(*packages: str) -> str:
    """Describe this machine for a table: processor, cores, load, versions of packages."""
    models = [line for line in _lines(Path("/proc/cpuinfo")) if "model name" in line]
    name = models[0].split(":", 1)[1].strip() if models else "unknown processor"
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    stated = ", ".join(f"{package} {version(package)}" for package in packages)
    return f"{name}, {os.cpu_count()} cores (shared; {load} at the end), {stated}"


def peak_memory() -> float:
    """Return the most memory this process has held at once, in MB.

    Linux tells it in `VmHWM`; `ru_maxrss` would count what the parent process held.
    """
    for line in _lines(Path("/proc/self/status")):
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _distinct(make: Callable[[_Words, random.Random], str], count: int, seed: int) -> list[str]:
    draw, words = random.Random(seed), _Words()
    found: dict[str, None] = {}
    while len(found) < count:
        found[make(words, draw)] = None
    return list(found)


class _Words:
    def __init__(self) -> None:
        names = CORPORA / "names"
        self.works = [w for line in _lines(names / "works.tsv")[1:] for w in line.split(";")]
        self.things = [
            term
            for line in _lines(names / "synonyms.tsv")[1:]
            for term in line.split("\t")[1].split(";")
        ]
        self.provinces = [line.split("\t")[1] for line in _lines(names / "provinces.tsv")[1:]]
        self.lines = [line for line in self._sample_lines() if 30 <= len(line) <= 160]

    def _sample_lines(self) -> Iterator[str]:
        for path in sorted((CORPORA / "samples").glob("*.txt")):
            yield from (line.strip(" -•") for line in _lines(path))


class _Lines:
    """Real budget lines, cut into what is done and where."""

    def __init__(self, path: Path) -> None:
        rows = [json.loads(line) for line in _lines(path) if line.strip()]
        items = sorted({" ".join(row["item"].split()) for row in rows})
        self.projects = sorted({" ".join(row["project"].split()) for row in rows} - {""})
        self.works, self.places = [], []
        for item in items:
            found = _PLACE.search(item, _WORK)
            self.works.append(item[: found.start()].strip() if found else item)
            if found:
                self.places.append(item[found.start() :])

    def text(self, words: _Words, draw: random.Random) -> str:
        work, place = draw.choice(self.works), draw.choice(self.places)
        way = draw.randrange(3)
        if way == 0:
            return f"{work} {place}"
        if way == 1:
            return f"{draw.choice(self.projects)} {draw.choice(self.works)} {place[:60]}"
        where = f"หมู่ที่ {draw.randint(1, 20)} จังหวัด{draw.choice(words.provinces)}"
        return f"{work} {draw.choice(words.things)} {where}"


def _statement(words: _Words, draw: random.Random) -> str:
    place = f"ตำบลที่ {draw.randint(1, 300)} จังหวัด{draw.choice(words.provinces)}"
    thing, other = draw.choice(words.things), draw.choice(words.things)
    return draw.choice(
        [
            f"{draw.choice(words.works)}{thing} หมู่ที่ {draw.randint(1, 20)} {place}",
            f"{draw.choice(words.works)}{thing}เพื่อแก้ปัญหา{other}",
            f"โครงการ{draw.choice(words.works)}{thing}และ{other} {place}",
            f"{draw.choice(words.lines)} ({thing})",
        ]
    )


def _question(words: _Words, draw: random.Random) -> str:
    thing, other = draw.choice(words.things), draw.choice(words.things)
    return draw.choice(
        [
            f"{draw.choice(words.works)}{thing}",
            f"{thing} {draw.choice(words.provinces)}",
            f"มีแผนเรื่อง{thing}กับ{other}หรือไม่",
        ]
    )


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8", "ignore").splitlines() if path.is_file() else []
