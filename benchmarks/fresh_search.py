"""Ask a batch of questions that nobody has learnt from, and keep the figure.

    python -m benchmarks.fresh_search BATCH [--off-topic FILE] [--look]

BATCH names a file of `corpora/training/questions`: passages with the questions they answer
(grade 2), the same aim in another office's words (grade 1) and passages that only look alike.
The corpus that is searched holds all of them and what else was written for learning: statements
and proposals of plans, names of projects (`corpus_documents`). The program answers end to end,
floor and all, beside cosine of the same model and BM25 over Thai words in the same run. What is
said of a batch for the first time is appended to `benchmarks/results/fresh_search.md` and stays
there; `--look` prints only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.fresh_labels import ROOT
from benchmarks.fresh_record import commit
from benchmarks.peers import Ranker, peers
from benchmarks.texts import RESULTS, machine
from ingest.extract.identity.organisation import organisation_of
from ingest.records import Document, Organisation, Page, Project, Statement, fingerprint
from kb import KnowledgeBase
from kb.evaluation.queries import Answer, Query, answer
from kb.evaluation.retrieval import Ranking, ndcg
from kb.model.sentence_encoder import load_encoder

TRAINING = ROOT / "corpora" / "training"
RECORD = RESULTS / "fresh_search.md"
BANDS = 10
_OTHER = "หน่วยงานอื่น"
_HEAD = """\
# Questions that the program had not seen

`python -m benchmarks.fresh_search BATCH`. Each batch is written by somebody who has seen neither
the program nor its answers; the first row of a batch is what the program as it stood then said,
before anything was learnt from it. *none*: real questions answered with "none found". *off-topic*:
those rightly answered so. *error*: expected calibration error of the first five hits' relevance.
A plain method always answers, so its *none* is 0 and it has no relevance.
"""
_COLUMNS = (
    "batch | taken | commit | file | records | questions | what "
    "| nDCG@10 | success@3 | MRR | none | off-topic | error"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the corpus: whose it is, its kind and the words."""

    body: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a set of questions was answered; see the head of the record."""

    ndcg: float
    success: float
    mrr: float
    none: float
    off_topic: float | None = None
    error: float | None = None

    def cells(self) -> list[str]:
        """Return the cells of a row."""
        shown = (self.ndcg, self.success, self.mrr, self.none, self.off_topic, self.error)
        return ["–" if value is None else f"{value:.3f}" for value in shown]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def corpus(training: Path = TRAINING) -> list[Written]:
    """Return every text written for learning, equal ones of one body once."""
    return list(dict.fromkeys(_texts(training)))


def _texts(training: Path) -> Iterator[Written]:
    for row in _rows(training / "questions"):
        for text in (row["passage"], *row["same"], *row["hard"]):
            body = row["body"] if text == row["passage"] else _OTHER
            yield Written(body, row["kind"], text)
    for row in _rows(training / "plans"):
        yield from (Written(row["body"], one["kind"], one["text"]) for one in row["statements"])
        yield from (Written(row["body"], "project", one["title"]) for one in row["proposals"])
    for row in _rows(training / "project_pairs"):
        for side in (row["a"], row["b"]):
            yield Written(side.get("organisation") or _OTHER, "project", side["title"])


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl")):
        yield from rows_of(path)


def _head() -> str:
    rule = "|---" * (_COLUMNS.count("|") + 1)
    return f"{_HEAD}\n| {_COLUMNS} |\n{rule}|\n"


def corpus_documents(texts: Iterable[Written]) -> list[Document]:
    """Return a document for every body, with what it says; a text is one record."""
    by_body: dict[str, list[Written]] = defaultdict(list)
    for one in texts:
        by_body[one.body].append(one)
    return [_document(body, said) for body, said in by_body.items()]


def _document(body: str, said: Sequence[Written]) -> Document:
    name = fingerprint(body)
    statements = tuple(
        Statement(fingerprint(name, str(at)), one.kind, one.text, 1, 0, 0)  # type: ignore[arg-type]
        for at, one in enumerate(said)
        if one.kind != "project"
    )
    projects = tuple(
        Project(fingerprint(name, str(at)), one.text, 1)
        for at, one in enumerate(said)
        if one.kind == "project"
    )
    return Document(
        id=name,
        file="corpus",
        media_type="text/plain",
        title=None,
        organisation=organisation_of(body) or Organisation(body, "other", None),
        plan_kind="other",
        period=None,
        published=None,
        pages=(Page(1, ""),),
        statements=statements,
        projects=projects,
    )


def queries_of(rows: Iterable[dict[str, Any]]) -> list[Query]:
    """Return the questions of a batch with the passages that answer them."""
    queries = []
    for row in rows:
        relevant = {answer("corpus", text): 1 for text in row["same"]}
        relevant[answer("corpus", row["passage"])] = 2
        queries += [Query(item["text"], relevant) for item in row["questions"]]
    return queries


def figures(
    queries: Sequence[Query], ranking: Ranking | Ranker, off_topic: Sequence[str] = ()
) -> Figures:
    """Return how well a ranking answers."""
    gains, answered = [], 0
    for query in queries:
        hits = list(dict.fromkeys(ranking(query.text, 50)))
        answered += bool(hits)
        gains.append(([query.relevant.get(hit, 0) for hit in hits], list(query.relevant.values())))
    first = [next((at for at, gain in enumerate(row, 1) if gain), None) for row, _ in gains]
    count = len(queries)
    silent = sum(not ranking(text, 1) for text in off_topic)
    return Figures(
        sum(ndcg(row, best) for row, best in gains) / count,
        sum(at is not None and at <= 3 for at in first) / count,
        sum(1 / at for at in first if at) / count,
        1 - answered / count,
        silent / len(off_topic) if off_topic else None,
    )


def calibration(kb: KnowledgeBase, queries: Sequence[Query]) -> float:
    """Return the expected calibration error of the first five hits' relevance."""
    bands: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for query in queries:
        for hit in kb.search(query.text, limit=5).hits:
            band = bands[min(BANDS - 1, math.floor(hit.relevance * BANDS))]
            band[0] += 1
            band[1] += hit.relevance
            band[2] += answer("corpus", hit.record.text) in query.relevant
    total = sum(band[0] for band in bands.values())
    return sum(abs(band[1] - band[2]) for band in bands.values()) / max(1.0, total)


def take(path: Path, off_topic: Sequence[str]) -> list[list[str]]:
    """Return the rows of a batch: the program and plain methods in one run."""
    queries, texts = queries_of(rows_of(path)), corpus()
    encoder = load_encoder()
    encoder.warm_up()
    shown: list[list[str]] = []
    with (
        tempfile.TemporaryDirectory() as place,
        KnowledgeBase(Path(place) / "batch.db", encoder=encoder) as kb,
    ):
        for document in corpus_documents(texts):
            kb.add(document)
        kb.warm_up()

        def ranked(query: str, count: int) -> list[Answer]:
            hits = kb.search(query, limit=count).hits
            return [answer("corpus", hit.record.text) for hit in hits]

        said = figures(queries, ranked, off_topic)
        cells = said.cells()
        cells[-1] = f"{calibration(kb, queries):.3f}"
        shown.append(["phaen", *cells])
    distinct = list(dict.fromkeys(("corpus", one.text) for one in texts))
    for name, rank in peers(distinct, encoder):
        if name in ("cosine of the same model", "bm25s over Thai words"):
            shown.append([name, *figures(queries, rank).cells()])
    head = [str(len(distinct)), str(len(queries))]
    return [[*head, *row] for row in shown]


def main() -> None:
    """Take the figure of a batch; keep it unless asked to look only."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("batch")
    parser.add_argument("--off-topic", type=Path, default=ROOT / "corpora/gold/off_topic.txt")
    parser.add_argument("--look", action="store_true")
    asked = parser.parse_args()
    path = TRAINING / "questions" / f"{asked.batch}.jsonl"
    lines = asked.off_topic.read_text("utf-8").splitlines()
    off_topic = [line for line in lines if line.strip() and not line.startswith("# ")]
    at = "not committed" if asked.look else commit(ROOT)
    digits = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    rows = take(path, off_topic)
    named = [asked.batch, date.today().isoformat(), at, digits]
    table = "".join(f"| {' | '.join([*named, *row])} |\n" for row in rows)
    print(f"{table}{machine('sentence-transformers')}")
    if not asked.look:
        text = RECORD.read_text("utf-8") if RECORD.is_file() else _head()
        RECORD.write_text(text.rstrip("\n") + "\n" + table, "utf-8")


if __name__ == "__main__":
    main()
