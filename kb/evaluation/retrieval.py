"""How well search finds: nDCG@10, first answers, and honest "none found".

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
from kb.search.relevance import FLOOR

if TYPE_CHECKING:
    from kb.model.encoder import Encoder

DEPTH = 10

Ranking = Callable[[str, int], Sequence[Answer]]
"""Gives the answers to a query, best first, at most so many."""


@dataclass(frozen=True, slots=True)
class QueryScore:
    """How one query did: its nDCG@10, the rank of its first answer, what came and was missed.

    `gains` are the grades of what came, 0 where it is no answer.
    """

    query: str
    ndcg: float
    first: int | None
    found: tuple[Answer, ...]
    missed: tuple[Answer, ...]
    gains: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "query": self.query,
            "ndcg": round(self.ndcg, 4),
            "first": self.first,
            "found": [list(each) for each in self.found],
            "missed": [list(each) for each in self.missed],
        }


@dataclass(frozen=True, slots=True)
class SearchScores:
    """How a set of queries did; `none_found` is the share of off-topic queries without hits."""

    queries: tuple[QueryScore, ...]
    none_found: float | None = None
    wrongly_answered: tuple[str, ...] = ()
    expectations: tuple[Expectation, ...] = ()

    @property
    def ndcg(self) -> float:
        """The mean nDCG@10."""
        return _mean([each.ndcg for each in self.queries])

    @property
    def recall_at_1(self) -> float:
        """The share of queries whose first hit is an answer."""
        return _mean([float(each.first == 1) for each in self.queries])

    @property
    def mrr(self) -> float:
        """The mean reciprocal rank of the first answer."""
        return _mean([1 / each.first if each.first else 0.0 for each in self.queries])

    @property
    def answered(self) -> float:
        """The share of queries with any hit at all."""
        return _mean([float(bool(each.found)) for each in self.queries])

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
            "expectations": [each.to_dict() for each in self.expectations],
            "per_query": [each.to_dict() for each in self.queries],
        }


def evaluate_search(
    folder: Path,
    *,
    mode: Mode = "smart",
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> SearchScores:
    """Put a gold set's records into a knowledge base of their own and ask its queries."""
    queries = queries_in(folder)
    with tempfile.TemporaryDirectory() as place:
        kb = KnowledgeBase(Path(place) / "gold.db", encoder=encoder, progress=progress)
        with kb:
            for document in documents_in(folder):
                kb.add(document)
            ranking = ranking_of(kb, mode)
            off_topic = off_topic_in(folder)
            wrong = tuple(query for query in off_topic if ranking(query, 1))
            none = 1 - len(wrong) / len(off_topic) if off_topic else None
            expected = check_expectations(kb, folder)
            return SearchScores(score(queries, ranking), none, wrong, expected)


def ranking_of(kb: KnowledgeBase, mode: Mode = "smart", floor: float = FLOOR) -> Ranking:
    """Rank by a knowledge base's search; hits name their file and text."""

    def ranked(query: str, count: int) -> list[Answer]:
        hits = kb.search(query, mode=mode, limit=count, floor=floor).hits
        return [answer(hit.record.file, hit.record.text) for hit in hits]

    return ranked


def score(queries: Sequence[Query], ranking: Ranking, depth: int = 50) -> tuple[QueryScore, ...]:
    """Ask every query and score its ranking; the first answer is looked for to `depth`."""
    return tuple(
        _scored(query, tuple(dict.fromkeys(ranking(query.text, depth)))) for query in queries
    )


def ndcg(gains: Sequence[int], best: Sequence[int], depth: int = DEPTH) -> float:
    """Return the discounted gain of a ranking as a share of the best there could be."""
    ideal = _discounted(sorted(best, reverse=True)[:depth])
    return _discounted(gains[:depth]) / ideal if ideal else 0.0


def xquad(path: Path) -> tuple[Document, list[Query]]:
    """Read XQuAD: its paragraphs as one document's statements, its questions as queries."""
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
    gains = [query.relevant.get(each, 0) for each in ranked]
    first = next((rank for rank, gain in enumerate(gains, 1) if gain), None)
    top = ranked[:DEPTH]
    missed = tuple(each for each in query.relevant if each not in top)
    told = ndcg(gains, list(query.relevant.values()))
    return QueryScore(query.text, told, first, top, missed, tuple(gains[:DEPTH]))


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
