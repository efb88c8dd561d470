"""How well search answers: nDCG@10, first answers, and "none found" where nothing answers.

nDCG uses the grades as gains and a logarithmic discount (Järvelin & Kekäläinen 2002),
against the best order there could be of all graded answers.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.records import Document, Page, Statement, fingerprint
from kb import KnowledgeBase
from kb.evaluation.expectations import Expectation, check_expectations
from kb.evaluation.queries import Answer, Query, answer, documents_in, off_topic_in, queries_in
from kb.model.bundled import Progress
from kb.search.hit import Mode

if TYPE_CHECKING:
    from kb.model.encoder import Encoder

DEPTH = 10
"""Ranks that nDCG looks at."""

Ranking = Callable[[str, int], Sequence[Answer]]
"""Returns the answers to a query, best first, at most so many."""


@dataclass(frozen=True, slots=True)
class QueryScore:
    """One query: its nDCG@10, the rank of its first answer, the first ten hits, missed answers.

    `gains` are the grades of those hits, 0 where one is no answer.
    """

    query: str
    ndcg: float
    first: int | None
    top: tuple[Answer, ...]
    missed: tuple[Answer, ...]
    gains: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "query": self.query,
            "ndcg": round(self.ndcg, 4),
            "first": self.first,
            "found": [list(answer) for answer in self.top],
            "missed": [list(answer) for answer in self.missed],
        }


@dataclass(frozen=True, slots=True)
class SearchScores:
    """A set of queries; `none_found` is the share of off-topic queries without hits."""

    queries: tuple[QueryScore, ...]
    none_found: float | None = None
    wrongly_answered: tuple[str, ...] = ()
    expectations: tuple[Expectation, ...] = ()

    @property
    def ndcg(self) -> float:
        """The mean nDCG@10."""
        return _mean([query.ndcg for query in self.queries])

    @property
    def recall_at_1(self) -> float:
        """The share of queries whose first hit is an answer."""
        return _mean([float(query.first == 1) for query in self.queries])

    @property
    def mrr(self) -> float:
        """The mean reciprocal rank of the first answer."""
        return _mean([1 / query.first if query.first else 0.0 for query in self.queries])

    @property
    def answered(self) -> float:
        """The share of queries with any hit at all."""
        return _mean([float(bool(query.top)) for query in self.queries])

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "queries": len(self.queries),
            "ndcg_at_10": round(self.ndcg, 4),
            "recall_at_1": round(self.recall_at_1, 4),
            "mrr": round(self.mrr, 4),
            "answered": round(self.answered, 4),
            "none_found": self.none_found,
            "wrongly_answered": list(self.wrongly_answered),
            "expectations": [expectation.to_dict() for expectation in self.expectations],
            "per_query": [query.to_dict() for query in self.queries],
        }


def evaluate_search(
    folder: Path,
    *,
    mode: Mode = "smart",
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> SearchScores:
    """Return the scores of a gold set's queries over a knowledge base of its records alone.

    Raises UsageError: `gold-not-found`, `gold-unreadable`.
    """
    queries = queries_in(folder)
    with tempfile.TemporaryDirectory() as temporary:
        kb = KnowledgeBase(Path(temporary) / "gold.db", encoder=encoder, progress=progress)
        with kb:
            for document in documents_in(folder):
                kb.add(document)
            ranking = ranking_of(kb, mode)
            off_topic = off_topic_in(folder)
            answered = tuple(query for query in off_topic if ranking(query, 1))
            none = 1 - len(answered) / len(off_topic) if off_topic else None
            expectations = check_expectations(kb, folder)
            return SearchScores(score(queries, ranking), none, answered, expectations)


def ranking_of(kb: KnowledgeBase, mode: Mode = "smart", floor: float | None = None) -> Ranking:
    """Return a ranking by a knowledge base's search."""

    def ranked(query: str, count: int) -> list[Answer]:
        hits = kb.search(query, mode=mode, limit=count, floor=floor).hits
        return [
            answer(record.file, record.text) for hit in hits for record in (hit.record, *hit.same)
        ]

    return ranked


def score(queries: Sequence[Query], ranking: Ranking, depth: int = 50) -> tuple[QueryScore, ...]:
    """Return the score of every query; its first answer is looked for among `depth` hits."""
    return tuple(
        _scored(query, tuple(dict.fromkeys(ranking(query.text, depth)))) for query in queries
    )


def ndcg(gains: Sequence[int], best: Sequence[int], depth: int = DEPTH) -> float:
    """Return the normalised discounted cumulative gain of a ranking, in [0, 1].

    `gains` are the grades of what was ranked, `best` those of all answers.
    """
    ideal = _discounted(sorted(best, reverse=True)[:depth])
    return _discounted(gains[:depth]) / ideal if ideal else 0.0


def xquad(path: Path) -> tuple[Document, list[Query]]:
    """Return XQuAD's paragraphs as one document's statements, and its questions as queries."""
    paragraphs = [
        paragraph
        for article in json.loads(path.read_text("utf-8"))["data"]
        for paragraph in article["paragraphs"]
    ]
    texts = [paragraph["context"].lstrip("\ufeff") for paragraph in paragraphs]
    queries = [
        Query(question["question"], {answer(path.name, text): 1})
        for paragraph, text in zip(paragraphs, texts, strict=True)
        for question in paragraph["qas"]
    ]
    statements = tuple(
        Statement(fingerprint(str(number)), "goal", text, 1, 0, 0)
        for number, text in enumerate(texts)
    )
    document = Document(
        fingerprint(path.name),
        path.name,
        "application/json",
        None,
        None,
        "other",
        None,
        None,
        (Page(1, ""),),
        statements,
    )
    return document, queries


def _scored(query: Query, ranked: tuple[Answer, ...]) -> QueryScore:
    gains = [query.relevant.get(answer, 0) for answer in ranked]
    first = next((rank for rank, gain in enumerate(gains, 1) if gain), None)
    top = ranked[:DEPTH]
    missed = tuple(answer for answer in query.relevant if answer not in top)
    own_ndcg = ndcg(gains, list(query.relevant.values()))
    return QueryScore(query.text, own_ndcg, first, top, missed, tuple(gains[:DEPTH]))


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
