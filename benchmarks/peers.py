"""Other ways to search the same texts: engines as they come, and single methods.

bm25s and txtai take part where they are installed (`pip install bm25s txtai`); txtai gets
the same model by its folder. Every peer ranks the texts it was given, most alike first.
"""

from __future__ import annotations

import contextlib
import importlib.util
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from ingest.thai.words import words
from kb.encoder import Encoder
from kb.evaluation.queries import Answer, answer

Ranker = Callable[[str, int], Sequence[Answer]]


def peers(texts: Sequence[tuple[str, str]], encoder: Encoder) -> Iterator[tuple[str, Ranker]]:
    """Yield each peer there is: what it is, and its ranking of `(file, text)` pairs."""
    names = [answer(file, text) for file, text in texts]
    bodies = [text for _, text in texts]
    yield "cosine of the same model", _by_scores(names, _cosine(bodies, encoder))
    yield "SQLite FTS5 as it comes, any word", _fts5(names, bodies)
    if _installed("bm25s"):
        yield "bm25s as it comes", _by_scores(names, _bm25s(bodies, str.split))
        yield "bm25s over Thai words", _by_scores(names, _bm25s(bodies, words))
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


def _txtai(names: Sequence[Answer], texts: Sequence[str], encoder: Any, *, hybrid: bool) -> Ranker:
    from txtai import Embeddings

    folder = str(encoder.model.folder)
    told = {"path": folder, "hybrid": True} if hybrid else {"keyword": True}
    index = Embeddings(**told, instructions={"query": "query: ", "data": "passage: "})
    index.index(list(enumerate(texts)))
    return lambda query, count: [names[int(at)] for at, _ in index.search(query, count)]


def _installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None
