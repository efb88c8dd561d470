"""How fast and how right the meaning index is, by size.

    python -m benchmarks.meaning [SIZE ...] [--add 10000] [--keep]

Vectors: 3,000 statements (`benchmarks.texts`) are encoded by the default model; each vector
of the set is one of them moved along the difference of two others (0.1 to 0.6 of it) and
blurred (0.006 a dimension), so the set has the model's own directions and clusters. The
queries are 200 questions, encoded as questions, so they lie outside the set as in life.
Recall is measured against all cosines in full precision. Every size runs in a process of
its own, whose peak memory is the last column; the model is not loaded there.
`--keep` writes the table to `benchmarks/results/meaning.md`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.texts import RESULTS, machine, peak_memory, questions, statements
from kb.vectors import files
from kb.vectors.index import Mark, MeaningIndex, Version
from kb.vectors.segments import Ids, Vectors

BLOCK = 10_000
K = 10
_HEADER = """# The meaning index, by size

{machine}

`{command}` (how the vectors are made stands in `benchmarks/meaning.py`). One query at a
time, the {k} nearest; times in ms, median / 95th percentile of 200 questions.
"""
_COLUMNS = (
    "vectors",
    "segments",
    "made from the store, s",
    "on disk, MB",
    "opened, ms",
    "search",
    "within 1 % of ids",
    "within 30 %",
    f"recall@{K}",
    "{add} more, s",
    "search meanwhile",
    "4 threads, queries/s",
    "peak memory, MB",
)


class Synthetic:
    """A source of vectors that makes each block anew when it is asked for it."""

    def __init__(self, base: Vectors, size: int) -> None:
        self.base, self.size = base, size
        self.version: Version = (size,)

    def ids(self) -> Ids:
        """Return 0 to the size."""
        return np.arange(self.size, dtype=np.int64)

    def since(self, mark: Mark) -> tuple[Mark, Ids | None]:
        """Return the size and the ids beyond the size that was told before."""
        return (self.size,), np.arange(mark[0], self.size, dtype=np.int64) if mark else None

    def fetch(self, ids: Ids) -> tuple[Ids, Vectors]:
        """Return the ids and a row for each."""
        blocks = np.unique(ids // BLOCK)
        rows = np.concatenate([self.block(int(number)) for number in blocks])
        return ids, rows[np.searchsorted(blocks, ids // BLOCK) * BLOCK + ids % BLOCK]

    def block(self, number: int) -> Vectors:
        """Make ten thousand rows, the same every time."""
        draw = np.random.default_rng(number)
        one, two, three = (self.base[draw.integers(len(self.base), size=BLOCK)] for _ in range(3))
        far = draw.uniform(0.1, 0.6, (BLOCK, 1)).astype(np.float32)
        blur = draw.normal(0, 0.006, one.shape).astype(np.float32)
        rows = one + far * (two - three) + blur
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def nearest(self, queries: Vectors) -> Ids:
        """Compare every query with every vector in full precision."""
        best = np.full((len(queries), K), -np.inf, np.float32)
        ids = np.zeros((len(queries), K), np.int64)
        for number in range(-(-self.size // BLOCK)):
            rows = self.block(number)[: self.size - number * BLOCK]
            near = np.concatenate([best, queries @ rows.T], axis=1)
            mine = np.tile(number * BLOCK + np.arange(len(rows)), (len(queries), 1))
            keys = np.concatenate([ids, mine], axis=1)
            order = np.argpartition(-near, K, axis=1)[:, :K]
            best, ids = np.take_along_axis(near, order, 1), np.take_along_axis(keys, order, 1)
        return ids


def measure(size: int, add: int, inputs: Path, folder: Path) -> dict[str, float | str]:
    """Run everything for one size and return the row's figures."""
    base, queries = np.load(inputs / "base.npy"), np.load(inputs / "queries.npy")
    source = Synthetic(base, size)
    made = _seconds(lambda: files.derived(folder, "synthetic", base.shape[1], source))
    opened = _seconds(lambda: files.load(folder, "synthetic"))
    index = files.load(folder, "synthetic")
    segments = f"{len(index.segments)} ({sum(s.looked > 0 for s in index.segments)} sketched)"
    row: dict[str, float | str] = {
        "size": size,
        "segments": segments,
        "made": made,
        "opened": opened * 1000,
        "disk": sum(path.stat().st_size for path in folder.iterdir()) / 1e6,
        "search": _times(index, queries),
        "one": _times(index, queries, source.ids()[::100]),
        "third": _times(index, queries, source.ids()[source.ids() % 10 < 3]),
        "threads": _throughput(index, queries),
    }
    row["recall"] = _recall(index, queries, source)
    row |= _grown(index, queries, source, add, folder)
    row["memory"] = peak_memory()
    return row


def _grown(
    index: MeaningIndex, queries: Vectors, source: Synthetic, add: int, folder: Path
) -> dict[str, float | str]:
    """Add records as a store would, searching from another thread all the while."""
    source.size += add
    source.version = (source.size,)
    done, spent = threading.Event(), []

    def search() -> None:
        while not done.is_set():
            for query in queries:
                begun = time.perf_counter()
                index.search(query, K)
                spent.append(time.perf_counter() - begun)

    searcher = threading.Thread(target=search)
    searcher.start()
    begun = time.perf_counter()
    index.follow(source, folder=folder)
    files.save(index, folder)
    seconds = time.perf_counter() - begun
    done.set()
    searcher.join()
    return {"added": seconds, "meanwhile": _percentiles(spent)}


def _times(index: MeaningIndex, queries: Vectors, allowed: Ids | None = None) -> str:
    spent = []
    for query in [*queries[:20], *queries]:
        begun = time.perf_counter()
        index.search(query, K, allowed)
        spent.append(time.perf_counter() - begun)
    return _percentiles(spent[20:])


def _throughput(index: MeaningIndex, queries: Vectors) -> float:
    def work(part: Vectors) -> None:
        for query in part:
            index.search(query, K)

    threads = [threading.Thread(target=work, args=(queries[n::4],)) for n in range(4)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(queries) / (time.perf_counter() - begun)


def _recall(index: MeaningIndex, queries: Vectors, source: Synthetic) -> float:
    found, exact = index.search(queries, K)[0], source.nearest(queries)
    return float(np.mean([len(set(a) & set(b)) / K for a, b in zip(found, exact, strict=True)]))


def _percentiles(spent: list[float]) -> str:
    return " / ".join(f"{1000 * value:.1f}" for value in np.percentile(spent, [50, 95]))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def encode(inputs: Path) -> None:
    """Encode the statements and questions everything else is made of."""
    from kb.model.sentence_encoder import load_encoder

    encoder = load_encoder()
    np.save(inputs / "base.npy", encoder.encode(statements(3000), "passage"))
    np.save(inputs / "queries.npy", encoder.encode(questions(200), "query"))


def _line(row: dict[str, float | str]) -> str:
    return (
        f"| {row['size']:,} | {row['segments']} | {row['made']:.1f} | {row['disk']:.0f} "
        f"| {row['opened']:.0f} | {row['search']} | {row['one']} | {row['third']} "
        f"| {row['recall']:.3f} | {row['added']:.1f} | {row['meanwhile']} "
        f"| {row['threads']:.0f} | {row['memory']:.0f} |"
    )


def main() -> None:
    """Measure each size in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[50_000, 200_000])
    parser.add_argument("--add", type=int, default=10_000)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("INPUTS", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.sizes[0], asked.add, *map(Path, asked.one))))
        return
    with tempfile.TemporaryDirectory() as work:
        inputs = Path(work)
        encode(inputs)
        lines = []
        for size in asked.sizes:
            call = [sys.executable, "-m", "benchmarks.meaning", str(size), "--add", str(asked.add)]
            call += ["--one", work, str(inputs / str(size))]
            stated = subprocess.run(call, capture_output=True, text=True, check=False)
            if stated.returncode:
                sys.exit(stated.stderr)
            lines.append(_line(json.loads(stated.stdout)))
            print(lines[-1], flush=True)
    command = " ".join(["python -m benchmarks.meaning", *map(str, asked.sizes)])
    table = [
        f"| {' | '.join(_COLUMNS)} |".format(add=f"{asked.add:,}"),
        "|---" * len(_COLUMNS) + "|",
        *lines,
    ]
    head = _HEADER.format(machine=machine("faiss-cpu", "numpy"), command=command, k=K)
    if asked.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "meaning.md").write_text("\n".join([head, *table, ""]), "utf-8")


if __name__ == "__main__":
    main()
