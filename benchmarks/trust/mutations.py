"""Mutated documents: every answer is an error or a document, nothing crashes or hangs.

Sample documents of six formats are damaged in ways chosen by a seed (bytes changed, pieces
cut out, doubled, moved; parts of ZIP files and streams of PDF files changed inside) and read
in the sandbox, as `phaen add` reads them.

    python -m benchmarks.trust.mutations [--files 2000] [--seed 12]
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ingest.errors import ReadError
from ingest.sandbox.pool import Workers

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "samples"
KINDS = (".pdf", ".docx", ".xlsx", ".html", ".csv", ".zip")
BAD = frozenset({"reader-crashed", "reader-timeout", "read-failed"})
"""Answers that say that the reader, not the file, was at fault."""
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TRICKS = (b"\xff", b"\x00", b"-1", b"1e308", b"99999999999", b"<", b">>", b"\xed\xb8\x80", b"&#0;")


def main() -> None:
    """Read mutated files and print what came of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=12)
    options = asked.parse_args()
    for name, value in run(options.files, options.seed).items():
        print(f"{name}: {value}")


def run(files: int = 2000, seed: int = 12) -> dict[str, Any]:
    """Read `files` mutated documents; return what came of them.

    `bad` lists file, code and reason of every answer that blames the reader.
    """
    answers: Counter[str] = Counter()
    bad: list[str] = []
    slowest = 0.0
    with tempfile.TemporaryDirectory(prefix="phaen-mutations-") as folder, Workers() as workers:
        made = mutated(Path(folder), files, seed)
        with ThreadPoolExecutor(workers.count) as pool:
            read = pool.map(lambda path: _read(workers, path), made)
            for number, (path, outcomes, seconds) in enumerate(read, start=1):
                if number % 100 == 0:
                    print(f"{number} read", file=sys.stderr, flush=True)
                slowest = max(slowest, seconds)
                for code, reason in outcomes:
                    answers[code] += 1
                    if code in BAD:
                        bad.append(f"{path.name}: {code} {reason}")
    return {
        "files": files,
        "seed": seed,
        "answers": dict(answers.most_common()),
        "bad": bad,
        "slowest_seconds": round(slowest, 1),
    }


def mutated(folder: Path, files: int, seed: int) -> Iterator[Path]:
    """Write damaged copies of the samples into a folder, one after another."""
    sources = [(kind, source) for kind in KINDS for source in _sources(kind)]
    by_kind = {kind: [data for other, data in sources if other == kind] for kind in KINDS}
    for number in range(files):
        chance = random.Random(f"{seed}-{number}")
        kind = KINDS[number % len(KINDS)]
        path = folder / f"{number:04}{kind}"
        path.write_bytes(_mutate(chance.choice(by_kind[kind]), kind, chance))
        yield path


def _sources(kind: str) -> list[bytes]:
    if kind != ".zip":
        return [path.read_bytes() for path in sorted(SAMPLES.glob(f"*{kind}"))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(SAMPLES.glob("*.txt"))[:3] + sorted(SAMPLES.glob("*.csv"))[:1]:
            archive.write(path, f"แผน/{path.name}")
    return [out.getvalue()]


def _mutate(data: bytes, kind: str, chance: random.Random) -> bytes:
    inside = chance.random() < 0.6
    if inside and kind in (".docx", ".xlsx", ".zip"):
        return _in_zip(data, chance)
    if inside and kind == ".pdf":
        return _in_pdf(data, chance)
    return _damage(data, chance)


def _damage(data: bytes, chance: random.Random) -> bytes:
    """Change a few bytes, or cut, double or move a piece."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place, length = chance.randrange(len(changed) or 1), chance.choice((1, 4, 64, 2000))
        trick = chance.randrange(6)
        if trick == 0:
            changed[place : place + 1] = bytes([chance.randrange(256)])
        elif trick == 1:
            del changed[place : place + length]
        elif trick == 2:
            changed[place:place] = changed[place : place + length]
        elif trick == 3:
            piece = changed[place : place + length]
            del changed[place : place + length]
            other = chance.randrange(len(changed) + 1)
            changed[other:other] = piece
        elif trick == 4:
            changed[place : place + 2] = chance.choice(_TRICKS)
        else:
            numbers = list(re.finditer(rb"\d+", changed[place : place + 4000]))
            if numbers:
                first, last = chance.choice(numbers).span()
                changed[place + first : place + last] = chance.choice(_TRICKS)
    return bytes(changed) or b"\0"


def _in_zip(data: bytes, chance: random.Random) -> bytes:
    """Change one part of a ZIP file, which stays one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        names = source.namelist()
        struck = chance.choice(names)
        for name in names:
            part = source.read(name)
            target.writestr(name, _damage(part, chance) if name == struck and part else part)
    return out.getvalue()


def _in_pdf(data: bytes, chance: random.Random) -> bytes:
    """Change what one stream of a PDF holds, compressed or not."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return _damage(data, chance)
    struck = chance.choice(streams)
    inner = struck[1]
    try:
        changed = zlib.compress(_damage(zlib.decompress(inner), chance))
    except zlib.error:
        changed = _damage(inner, chance) if inner else inner
    return data[: struck.start(1)] + changed + data[struck.end(1) :]


def _read(workers: Workers, path: Path) -> tuple[Path, list[tuple[str, str]], float]:
    begun = time.monotonic()
    outcomes = list(_outcomes(workers, path))
    path.unlink()
    return path, outcomes, time.monotonic() - begun


def _outcomes(workers: Workers, path: Path) -> Iterator[tuple[str, str]]:
    """Read a file, or what is in it, and yield a code and a reason for each."""
    try:
        workers.read(path)
        yield "document", ""
    except ReadError as error:
        if error.code != "is-archive":
            yield error.code, str(error.details.get("reason", ""))
            return
        with tempfile.TemporaryDirectory(prefix="phaen-mutations-") as folder:
            try:
                members = workers.unpack(path, Path(folder))
            except ReadError as refused:
                yield refused.code, str(refused.details.get("reason", ""))
                return
            for member in members:
                if member.error is not None or member.file is None:
                    yield f"member: {member.error.code if member.error else '?'}", ""
                else:
                    yield from _outcomes(workers, Path(folder, member.file))


if __name__ == "__main__":
    main()
