"""Other ways to search the same texts: engines as they come, and single methods.

bm25s, txtai and LanceDB take part where they are installed (`pip install bm25s txtai
lancedb`); txtai gets the same model by its folder, LanceDB the same vectors. Every peer
ranks the texts it was given, most alike first.
"""

from __future__ import annotations

import contextlib
import importlib.util
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from ingest.thai.words import words
from kb.evaluation.queries import Answer, answer
from kb.model.encoder import Encoder

Ranker = Callable[[str, int], Sequence[Answer]]


def peers(texts: Sequence[tuple[str, str]], encoder: Encoder) -> Iterator[tuple[str, Ranker]]:
    """Yield each peer there is: what it is, and its ranking of `(file, text)` pairs."""
    names = [answer(file, text) for file, text in texts]
    bodies = [text for _, text in texts]
    yield "cosine of the same model", _by_scores(names, _cosine(bodies, encoder))
    yield "SQLite FTS5 as it comes, any word", _fts5(names, bodies)
    if _installed("bm25s"):
        yield "bm25s as it comes", _by_scores(names, _bm25s(bodies, str.split))
        by_words = _bm25s(bodies, words)
        yield "bm25s over Thai words", _by_scores(names, by_words)
        fused = _fused(_cosine(bodies, encoder), by_words)
        yield "0.7 cosine + 0.3 bm25s over Thai words, standardised", _by_scores(names, fused)
    if _installed("lancedb"):
        yield "LanceDB, hybrid with the same vectors", _lancedb(names, bodies, encoder)
    if _installed("txtai"):
        for hybrid in (False, True):
            name = "txtai, hybrid with the same model" if hybrid else "txtai, keyword"
            yield name, _txtai(names, bodies, encoder, hybrid=hybrid)


def _by_scores(names: Sequence[Answer], scores: Callable[[str], Any]) -> Ranker:
    def rank(query: str, count: int) -> list[Answer]:
        order = np.argsort(-np.asarray(scores(query)), kind="stable")
        return [names[at] for at in order[:count]]

    return rank


def _cosine(texts: Sequence[str], encoder: Encoder) -> Callable[[str], Any]:
    vectors = encoder.encode(list(texts), "passage")
    return lambda query: vectors @ encoder.encode([query], "query")[0]


def _fts5(names: Sequence[Answer], texts: Sequence[str]) -> Ranker:
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table texts using fts5(text)")
    database.executemany("insert into texts values (?)", [(text,) for text in texts])

    def rank(query: str, count: int) -> list[Answer]:
        expression = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        with contextlib.suppress(sqlite3.OperationalError):
            rows = database.execute(
                "select rowid from texts where texts match ? order by rank limit ?",
                (expression, count),
            )
            return [names[row[0] - 1] for row in rows]
        return []

    return rank


def _bm25s(texts: Sequence[str], cut: Callable[[str], list[str]]) -> Callable[[str], Any]:
    import bm25s

    index = bm25s.BM25()
    index.index([cut(text) for text in texts], show_progress=False)
    return lambda query: index.get_scores(cut(query) or [""])


def _fused(near: Callable[[str], Any], by_words: Callable[[str], Any]) -> Callable[[str], Any]:
    def scores(query: str) -> Any:
        parts = [np.asarray(each(query), dtype=np.float64) for each in (near, by_words)]
        standard = [(part - part.mean()) / (part.std() or 1.0) for part in parts]
        return 0.7 * standard[0] + 0.3 * standard[1]

    return scores


def _lancedb(names: Sequence[Answer], texts: Sequence[str], encoder: Encoder) -> Ranker:
    import lancedb
    from lancedb.index import FTS

    database = lancedb.connect(tempfile.mkdtemp())
    vectors = encoder.encode(list(texts), "passage")
    rows = [
        {"at": at, "text": text, "vector": vector}
        for at, (text, vector) in enumerate(zip(texts, vectors, strict=True))
    ]
    table = database.create_table("texts", rows)
    table.create_index("text", config=FTS())

    def rank(query: str, count: int) -> list[Answer]:
        vector = encoder.encode([query], "query")[0]
        plain = " ".join(re.findall(r"\w+", query)) or "-"
        asked = table.search(query_type="hybrid").vector(vector).text(plain)
        return [names[row["at"]] for row in asked.limit(count).to_list()]

    return rank


def _txtai(names: Sequence[Answer], texts: Sequence[str], encoder: Any, *, hybrid: bool) -> Ranker:
    from txtai import Embeddings

    folder = str(encoder.model.folder)
    stated = {"path": folder, "hybrid": True} if hybrid else {"keyword": True}
    index = Embeddings(**stated, instructions={"query": "query: ", "data": "passage: "})
    index.index(list(enumerate(texts)))
    return lambda query, count: [names[int(at)] for at, _ in index.search(query, count)]


def _installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None
