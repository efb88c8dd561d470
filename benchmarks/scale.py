"""How search does by size: a town's statements, a region's, a nation's, and over HTTP.

    python -m benchmarks.scale 1000000 --folder FOLDER --lines FILE [--keep]
    python -m benchmarks.scale 100000 --folder FOLDER --lines FILE --http [--keep]

Texts: real budget lines (`--lines`, a JSON object with `item` and `project` a line) are
recombined, the work of one with the place of another (`benchmarks.texts`; without
`--lines` texts are made of the project's own words). Beyond 100,000 the same works come
again with ระยะที่ 1, 2, 3 … at their end, as they do in plans from year to year. Vectors:
20,000 of the texts are encoded, the other vectors are these moved along the difference of
two others and blurred, as `benchmarks.meaning` tells. 200 questions lie outside the texts.

Filling takes long once; the knowledge base stays in FOLDER and is used again. Times are of
one question after the other in one warm process, encoding the question apart. Recall is
that of the meaning index: how many of the truly nearest ten, by all cosines of the vectors
that are kept, it finds. `--http` asks over HTTP, 16 clients at once, no question twice.
Before each mode is timed, 100 other questions are asked in it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.meaning import Synthetic
from benchmarks.serving import served
from benchmarks.texts import RESULTS, machine, peak_memory, questions, recombined, statements
from ingest.records import (
    STATEMENT_KINDS,
    Document,
    Organisation,
    Page,
    Period,
    Statement,
    fingerprint,
)
from kb import MODES, Filters, KnowledgeBase
from kb.model.encoder import Role
from kb.model.sentence_encoder import DefaultEncoder, load_encoder
from kb.vectors.segments import Vectors as Rows
from kb.vectors.stored import PARTS, Vectors

IN_ONE = 500
BASE = 100_000
ENCODED = 20_000
ADDED = 10_000
ASKED = 200
_K = 10
_COPIES = (
    "insert into documents (id, digest, file, media_type, title, organisation, plan_kind, "
    "year_from, year_to, published, quality, version_of, notes, added_at) "
    "select printf('%016x', key + :copy * 1000000), digest, file, media_type, title, "
    "organisation, plan_kind, year_from, year_to, published, quality, version_of, notes, "
    "added_at from documents where key <= :documents order by key",
    "insert into passages (hash, text, more, parts, words, more_words, concepts, squeezed) "
    "select hash || :copy, text || ' ระยะที่ ' || :copy, more, parts, words || ' ระยะ ที่ ' || :copy, "
    "more_words, concepts, squeezed || 'ระยะที่' || :copy from passages where key <= :passages "
    "order by key limit :rows",
    "insert into entries (id, document, passage, position, kind, organisation, year_from, "
    "year_to, confidence, review) select id || :copy, document + :documents * :copy, "
    "passage + :passages * :copy, position, kind, organisation, year_from, year_to, confidence, "
    "review from entries where key <= :passages order by key limit :rows",
    "insert into statements select key + :passages * :copy, text || ' ระยะที่ ' || :copy, "
    'explanation, alternatives, organisation, year_from, year_to, page, "start", "end", section, '
    "number, parent, found_by from statements where key <= :passages order by key limit :rows",
)
"""One more copy of the first 100,000 rows; keys run on without gaps."""


def fill(kb: KnowledgeBase, size: int, lines: Path | None) -> None:
    """Fill a knowledge base with so many statements and vectors for them."""
    base = min(size, BASE)
    texts = recombined(base, lines) if lines else statements(base, seed=7)
    for start in range(0, base, IN_ONE):
        kb.add(plan(start, texts[start : start + IN_ONE]))
    documents = -(-base // IN_ONE)
    for copy in range(1, -(-size // BASE)):
        stated = {
            "copy": copy,
            "documents": documents,
            "passages": base,
            "rows": min(base, size - copy * base),
        }
        with kb.store.writing() as connection:
            for statement in _COPIES:
                connection.execute(statement, stated)
    encoder = load_encoder()
    kb.store.remember("model", encoder.fingerprint)
    vectors = Vectors(kb.store, encoder.fingerprint)
    encoded = encoder.encode(texts[:ENCODED], "passage")
    made = Synthetic(encoded, size)
    for number, ids in enumerate(_missing(kb)):
        rows = encoded[number * _STEP : number * _STEP + len(ids)]
        vectors.keep(ids, rows if len(rows) == len(ids) else made.block(number)[: len(ids)])


_STEP = 10_000


def _missing(kb: KnowledgeBase) -> Iterator[list[int]]:
    rows = kb.store.connection.execute("select key from passages order by key").fetchall()
    ids = [row["key"] * PARTS for row in rows]
    for start in range(0, len(ids), _STEP):
        yield ids[start : start + _STEP]


def plan(start: int, texts: list[str]) -> Document:
    """Make a plan of some statements, of one of 77 bodies."""
    name = f"เมืองที่ {start // IN_ONE % 77 + 1}"
    said = tuple(
        Statement(
            fingerprint(str(start + at)),
            STATEMENT_KINDS[at % len(STATEMENT_KINDS)],
            text,
            1,
            0,
            len(text),
        )
        for at, text in enumerate(texts)
    )
    return Document(
        fingerprint("d", str(start)),
        f"{start}.txt",
        "text/plain",
        None,
        Organisation(f"จังหวัด{name}", "province", name),
        "province_plan",
        Period(2566, 2570),
        None,
        (Page(1, ""),),
        said,
    )


def speed(path: Path) -> list[str]:
    """Time searches of every mode; return the table's lines."""
    began = time.perf_counter()
    with KnowledgeBase(path) as kb:
        kb.warm_up()
        opened = time.perf_counter() - began
        asked = questions(ASKED + 20, seed=11)
        encoding = _timed(kb.nearest.encode, asked)
        lines = [
            f"Opened, read ahead, model loaded, warm in {opened:.1f} s; encoding a question takes "
            f"{_p(encoding)} ms and is not counted below.",
            "",
            "| one question | p50 / p95, ms |",
            "|---|---|",
        ]
        one = Filters(province="เมืองที่ 5")
        ways: dict[str, Callable[[str], object]] = {
            mode: lambda query, mode=mode: kb.search(query, mode=mode) for mode in MODES
        }
        ways["smart, one province of 77"] = lambda query: kb.search(query, filters=one)
        others = questions(100, seed=17)
        _timed(kb.nearest.encode, others)
        for name, way in ways.items():
            _timed(way, others)
            lines.append(f"| {name} | {_p(_timed(way, asked))} |")
        lines += ["", f"Peak memory of this process: {peak_memory():,.0f} MB{_shares()}.", ""]
    return lines


def recall(path: Path) -> list[str]:
    """Compare the meaning index with all cosines of the vectors that are kept."""
    with KnowledgeBase(path) as kb:
        index = kb.nearest.index
        asked = np.concatenate([kb.nearest.encode(query) for query in questions(ASKED, seed=11)])
        found = index.search(asked, _K)[1]
        best = np.full((len(asked), _K), -np.inf, np.float32)
        ids = kb.nearest.vectors.ids()
        for start in range(0, len(ids), _STEP):
            rows = kb.nearest.vectors.fetch(ids[start : start + _STEP])[1]
            near = np.concatenate([best, asked @ rows.T], axis=1)
            best = -np.partition(-near, _K, axis=1)[:, :_K]
        shared = found >= best.min(axis=1, keepdims=True) - 1e-5  # many phrases are equally near
        kinds = sum(segment.looked > 0 for segment in index.segments)
        return [
            f"Meaning index: {len(index):,} vectors in {len(index.segments)} segments, {kinds} "
            f"sketched; recall@10 against all cosines **{np.mean(shared):.3f}**.",
            "",
        ]


class Prepared:
    """The default model for questions; passages get vectors moved from those of 500 texts.

    So what adding takes besides encoding is timed, and encoding by itself.
    """

    def __init__(self, texts: list[str]) -> None:
        self._model = load_encoder()
        if isinstance(self._model, DefaultEncoder):
            self._model.library()
        self._model.encode(texts[:8], "passage")
        began = time.perf_counter()
        base = self._model.encode(texts[:IN_ONE], "passage")
        self.a_second = IN_ONE / (time.perf_counter() - began)
        self._rows = Synthetic(base, ADDED).block(0)
        self.fingerprint, self.dimensions = self._model.fingerprint, self._model.dimensions
        self._given = 0

    def encode(self, texts: Sequence[str], role: Role) -> Rows:
        """Encode questions; give passages the next vectors."""
        if role == "query":
            return self._model.encode(texts, role)
        self._given += len(texts)
        return np.take(self._rows, range(self._given - len(texts), self._given), 0, mode="wrap")

    def warm_up(self) -> None:
        """Do nothing: all is loaded."""


def adding(path: Path, lines: Path | None) -> list[str]:
    """Add ten thousand statements, searching all the while."""
    with KnowledgeBase(path) as kb:
        total = kb.store.count("passages")
    seed = total  # other texts each time
    texts = recombined(ADDED, lines, seed) if lines else statements(ADDED, seed)
    encoder = Prepared(texts)
    with KnowledgeBase(path, encoder=encoder) as kb:
        kb.warm_up()
        asked = iter(questions(5000, seed=13) * 20)
        kb.search(next(asked))
        from threading import Event, Thread

        done, took = Event(), []

        def search() -> None:
            while not done.is_set():
                begun = time.perf_counter()
                kb.search(next(asked))
                took.append((time.perf_counter() - begun) * 1000)
                done.wait(0.1)

        searching = Thread(target=search)
        searching.start()
        begun = time.perf_counter()
        for start in range(0, ADDED, IN_ONE):
            kb.add(plan(total + start, texts[start : start + IN_ONE]))
        kb.complete()
        kb.meaning_index()
        hit = kb.search(texts[-1], mode="exact").hits[0].record.text
        seconds = time.perf_counter() - begun
        done.set()
        searching.join()
    found = "found" if hit == texts[-1] else "not found"
    letters = sum(map(len, texts)) / len(texts)
    return [
        f"{ADDED:,} statements added and indexed in {seconds:.0f} s besides encoding; encoding "
        f"them, {letters:.0f} letters each, takes {ADDED / encoder.a_second:.0f} s at "
        f"{encoder.a_second:.0f} texts a second. The last one was {found} at once. "
        f"{len(took)} smart searches meanwhile, encoding included: p50 / p95 {_p(took)} ms, "
        f"slowest {max(took):.0f} ms.",
        "",
    ]


def _shares() -> str:
    """Return how much of the memory is the process's own and how much files mapped."""
    status = Path("/proc/self/status")
    stated = status.read_text() if status.exists() else ""
    rows = dict(line.split(":", 1) for line in stated.splitlines())
    if "RssAnon" not in rows:
        return ""
    own, mapped = (int(rows[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
    return f"; at the end {own:,.0f} MB of its own and {mapped:,.0f} MB of files mapped"


def _timed(ask: Callable[[str], object], queries: list[str]) -> list[float]:
    took = []
    for query in queries:
        began = time.perf_counter()
        ask(query)
        took.append((time.perf_counter() - began) * 1000)
    return took[20:]


def _p(values: list[float]) -> str:
    return f"{np.percentile(values, 50):.1f} / {np.percentile(values, 95):.1f}"


def _filled(path: Path, size: int, lines: Path | None) -> float | None:
    if path.exists():
        return None
    began = time.perf_counter()
    with KnowledgeBase(path) as kb:
        fill(kb, size, lines)
        kb.warm_up()
        kb.search("ถนน")
    return time.perf_counter() - began


_PARTS = ("fill", "speed", "recall", "adding")


def main() -> None:
    """Run what is asked for, each part in a process of its own; print or keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--http", action="store_true")
    parser.add_argument("--part", choices=_PARTS, help="run one part alone")
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = asked.folder or Path(place)
        path = folder / f"scale-{asked.size}.db"
        if asked.part:
            print("\n".join(_part(asked.part, path, asked.size, asked.lines)))
            return
        parts = ("fill", "speed", "recall", "adding")
        text = "".join(_alone(part, asked, folder) for part in (("fill",) if asked.http else parts))
        if asked.http:
            text += "\n".join(served(path))
    name = f"http-{asked.size}" if asked.http else f"scale-{asked.size}"
    how = " ".join(["python -m benchmarks.scale", str(asked.size), *(["--http"] * asked.http)])
    stated = f"# Search over {asked.size:,} statements{' by HTTP' * asked.http}\n\n"
    stated += f"`{how}`; {machine('sentence-transformers', 'faiss-cpu')}\n\n{text}"
    print(stated)
    if asked.keep:
        (RESULTS / f"{name}.md").write_text(stated.rstrip() + "\n", encoding="utf-8")


def _part(part: str, path: Path, size: int, lines: Path | None) -> list[str]:
    if part == "fill":
        seconds = _filled(path, size, lines)
        return [] if seconds is None else [f"Filled and indexed in {seconds:,.0f} s.", ""]
    if part == "adding":
        return adding(path, lines)
    return speed(path) if part == "speed" else recall(path)


def _alone(part: str, asked: argparse.Namespace, folder: Path) -> str:
    words = [str(asked.size), "--part", part, "--folder", str(folder)]
    if asked.lines:
        words += ["--lines", str(asked.lines)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", *words],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    main()
