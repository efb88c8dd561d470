"""How well and how fast search answers: gold sets beside peers, and speed by size.

    python -m benchmarks.search GOLD [GOLD ...] [--keep]
    python -m benchmarks.search --size 200000 [--folder FOLDER] [--keep]

Quality: a GOLD folder's records and queries (`phaen evaluate search` reads the same), nDCG@10
of phaen's modes and of the peers (`benchmarks.peers`) in one run.

Speed: statements are made of the project's own words (`benchmarks.texts`), their vectors as
`benchmarks.meaning` makes them, 77 bodies; 200 questions are asked one after the other, in
this process, encoding counted apart. `--keep` writes to `benchmarks/results`.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.meaning import Synthetic
from benchmarks.peers import peers
from benchmarks.texts import RESULTS, machine, peak_memory, questions, statements
from ingest.records import (
    STATEMENT_KINDS,
    Document,
    Organisation,
    Page,
    Period,
    Statement,
    fingerprint,
)
from kb import Filters, KnowledgeBase
from kb.encoder import load_encoder
from kb.evaluation.queries import documents_in, off_topic_in, queries_in
from kb.evaluation.retrieval import SearchScores, ranking_of, score
from kb.vectors import PARTS, Vectors

MODES = ("smart", "words", "meaning", "exact")
IN_ONE = 500


def quality(folder: Path) -> list[str]:
    """Ask a gold set's queries of phaen and the peers; return the table's lines."""
    encoder = load_encoder()
    encoder.warm_up()
    queries, documents = queries_in(folder), documents_in(folder)
    lines = [f"## {folder.name}", "", "| | nDCG@10 | recall@1 | MRR | off-topic: none found |",
             "|---|---|---|---|---|"]  # fmt: skip
    off_topic = off_topic_in(folder) or off_topic_in(Path("corpora/gold"))
    with (
        tempfile.TemporaryDirectory() as place,
        KnowledgeBase(Path(place) / "gold.db", encoder=encoder) as kb,
    ):
        for document in documents:
            kb.add(document)
        kb.warm_up()
        for mode in MODES[:3]:
            ranking = ranking_of(kb, mode)
            none = sum(not ranking(query, 1) for query in off_topic) / len(off_topic)
            lines.append(_line(f"phaen, {mode}", SearchScores(score(queries, ranking)), none))
    texts = [
        (document.file, text)
        for document in documents
        for text in [*(each.text for each in document.statements),
                     *(each.title for each in document.projects)]
    ]  # fmt: skip
    for name, rank in peers(texts, encoder):
        lines.append(_line(name, SearchScores(score(queries, rank)), None))
    return [*lines, ""]


def _line(name: str, scores: SearchScores, none: float | None) -> str:
    told = "never" if none is None else f"{none:.3f}"
    return f"| {name} | {scores.ndcg:.3f} | {scores.recall_at_1:.3f} | {scores.mrr:.3f} | {told} |"


def fill(kb: KnowledgeBase, size: int) -> None:
    """Fill a knowledge base with so many statements and made-up vectors for them."""
    encoder = load_encoder()
    texts = statements(size, seed=7)
    for start in range(0, size, IN_ONE):
        kb.add(_document(start, texts[start : start + IN_ONE]))
    base = Synthetic(encoder.encode(statements(3000), "passage"), size)
    vectors = Vectors(kb.store, encoder.fingerprint)
    kb.store.remember("model", encoder.fingerprint)
    for number, ids in enumerate(_missing(kb, vectors)):
        vectors.keep(ids, base.block(number)[: len(ids)])


def _missing(kb: KnowledgeBase, vectors: Vectors) -> Iterator[list[int]]:
    rows = kb.store.connection.execute("select key, parts from passages order by key").fetchall()
    ids = [
        row["key"] * PARTS + part
        for row in rows
        for part in range(1 + (row["parts"] != "[]") * (row["parts"].count('", "') + 1))
    ]
    for start in range(0, len(ids), 10_000):
        yield ids[start : start + 10_000]


def _document(start: int, texts: list[str]) -> Document:
    name = f"เมืองที่ {start // IN_ONE % 77 + 1}"
    said = tuple(
        Statement(
            fingerprint(str(start + at)), STATEMENT_KINDS[at % len(STATEMENT_KINDS)], text, 1, 0,
            len(text),
        )
        for at, text in enumerate(texts)
    )  # fmt: skip
    return Document(
        fingerprint("d", str(start)), f"{start}.txt", "text/plain", None,
        Organisation(f"จังหวัด{name}", "province", name), "province_plan", Period(2566, 2570),
        None, (Page(1, ""),), said,
    )  # fmt: skip


def speed(size: int, folder: Path) -> list[str]:
    """Time searches of each mode over so many statements; return the table's lines."""
    path = folder / f"search-{size}.db"
    fresh = not path.exists()
    with KnowledgeBase(path) as kb:
        began = time.perf_counter()
        if fresh:
            fill(kb, size)
        filled = time.perf_counter() - began
        kb.warm_up()
        asked = questions(220)
        encoding = _timed(lambda query: kb.nearest.encode(query), asked)
        lines = [
            f"## {size:,} statements", "",
            f"Filled in {filled:,.0f} s; encoding a question takes {_p(encoding, 50):.1f} / "
            f"{_p(encoding, 95):.1f} ms and is not counted below.", "",
            "| mode | p50 ms | p95 ms |", "|---|---|---|",
        ]  # fmt: skip
        for mode in MODES:
            took = _timed(lambda query, mode=mode: kb.search(query, mode=mode), asked)
            lines.append(f"| {mode} | {_p(took, 50):.1f} | {_p(took, 95):.1f} |")
        one = Filters(province="เมืองที่ 5")
        took = _timed(lambda query: kb.search(query, filters=one), asked)
        lines.append(f"| smart, one province | {_p(took, 50):.1f} | {_p(took, 95):.1f} |")
    return [*lines, "", f"Peak memory {peak_memory():,.0f} MB.", ""]


def _timed(ask: object, queries: list[str]) -> list[float]:
    took = []
    for query in queries:
        began = time.perf_counter()
        ask(query)  # type: ignore[operator]
        took.append((time.perf_counter() - began) * 1000)
    return took[20:]


def _p(values: list[float], percent: int) -> float:
    return float(np.percentile(values, percent))


def main() -> None:
    """Run what is asked for; print or keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--size", type=int)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    lines = ["# Search", "", machine("sentence-transformers", "faiss-cpu"), ""]
    for folder in asked.gold:
        lines += quality(folder)
    if asked.size:
        with tempfile.TemporaryDirectory() as place:
            lines += speed(asked.size, asked.folder or Path(place))
    print("\n".join(lines))
    if asked.keep:
        name = f"search-{asked.size}.md" if asked.size else "search.md"
        (RESULTS / name).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
