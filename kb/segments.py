"""Segments: the unchanging pieces a meaning index is made of.

A segment holds vectors in half precision (a cosine is off by less than 0.0001) and the id
of each row. A plain one compares a query with every row. A sketched one keeps 96 bytes a
row of 384 numbers beside them that tell a cosine roughly (four bits for every two numbers,
read by the processor 32 rows at a time), and compares fully with the rows that look nearest;
how many is settled by comparing with the exact answer. What is removed is struck out, not
rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]

RECALL = 0.99
"""The share of the ten truly nearest that a sketched segment has to find when it is made."""

_BATCH = 16_384
_NUMBERS, _BITS = 2, 4
"""So many numbers of a vector are told by so many bits in a sketch."""

_TRAINED = 16_384
_CHECKS = 64
_K = 10
_LEAST = 400
"""So many rows that look nearest are compared fully, at the least."""

_EACH = 8
"""For every row that is asked for, so many are compared fully."""

_EQUAL = 1e-5
"""Cosines that differ by less are equal."""


@dataclass(frozen=True, eq=False)
class Segment:
    """Rows that are searched together; `alive` strikes out those that were removed.

    `looked` is how many rows that look nearest in the `sketch` are compared fully; 0 for a
    plain segment, which is exact. `recall` is what it was measured to find. `file` names
    it once it is on disk.
    """

    ids: Ids
    alive: Mask
    index: Any
    sketch: Any = None
    looked: int = 0
    recall: float = 1.0
    file: str | None = None

    def __len__(self) -> int:
        return self._living

    @property
    def rows(self) -> int:
        """How many rows there are, removed ones counted."""
        return len(self.ids)

    def search(self, queries: Vectors, k: int, allowed: Mask | None = None) -> tuple[Ids, Vectors]:
        """Return the ids and cosines of the `k` nearest rows to each query, best first.

        `allowed` is a mask over rows; only what it allows is found, and the search is
        exact then. Missing places hold id -1.
        """
        mask = self.alive if allowed is None else self.alive & allowed
        if not mask.any():
            empty = np.full((len(queries), k), -1, dtype=np.int64)
            return empty, np.full((len(queries), k), -np.inf, dtype=np.float32)
        if self.sketch is not None and allowed is None:
            rows, scores = self._roughly(queries, k)
        else:
            scores, rows = self.index.search(queries, k, params=_parameters(mask))
        found = np.where(rows < 0, -1, self.ids[rows])
        return found, np.where(rows < 0, -np.inf, scores).astype(np.float32)

    def without(self, gone: Mask) -> Segment:
        """Return this segment with the rows of a mask struck out, or itself if none is."""
        if not (self.alive & gone).any():
            return self
        return replace(self, alive=self.alive & ~gone)

    def batches(self) -> Iterator[tuple[Ids, Vectors]]:
        """Give the living rows with their vectors, a batch at a time."""
        for start in range(0, self.rows, _BATCH):
            count = min(_BATCH, self.rows - start)
            alive = self.alive[start : start + count]
            if alive.any():
                vectors = self.index.reconstruct_n(start, count)
                yield self.ids[start : start + count][alive], vectors[alive]

    def of(self, starts: Ids, span: int) -> tuple[Ids, Vectors]:
        """Return the living rows whose ids lie in runs of `span` from `starts` on."""
        ids, places = self._ordered
        first = np.searchsorted(ids, starts)
        counts = np.searchsorted(ids, starts + span) - first
        before = np.cumsum(counts) - counts
        within = np.repeat(first - before, counts) + np.arange(counts.sum())
        rows = within if places is None else places[within]
        rows = rows[self.alive[rows]]
        if not len(rows):
            return np.empty(0, np.int64), np.empty((0, self.index.d), np.float32)
        return self.ids[rows], self.index.reconstruct_batch(rows)

    def _roughly(self, queries: Vectors, k: int) -> tuple[Ids, Vectors]:
        """Compare fully with the rows that look nearest in the sketch."""
        count = max(self.looked, _EACH * k)
        if self._living < self.rows:
            count += count // 2  # a quarter may be struck out until the segment is rewritten
        rows = np.full((len(queries), k), -1, dtype=np.int64)
        scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
        near = self.sketch.search(queries, min(count, self.rows))[1]
        for number, (query, some) in enumerate(zip(queries, near, strict=True)):
            own = some[some >= 0]
            own = np.sort(own[self.alive[own]])
            cosines = self.index.reconstruct_batch(own) @ query
            best = np.argsort(-cosines, kind="stable")[:k]
            rows[number, : len(best)], scores[number, : len(best)] = own[best], cosines[best]
        return rows, scores

    @cached_property
    def _living(self) -> int:
        return int(np.count_nonzero(self.alive))

    @cached_property
    def _ordered(self) -> tuple[Ids, Ids | None]:
        """The ids in order, and the row of each where they are not so already."""
        if (self.ids[1:] > self.ids[:-1]).all():
            return self.ids, None
        places = np.argsort(self.ids, kind="stable")
        return self.ids[places], places


def plain(ids: Ids, vectors: Vectors) -> Segment:
    """Make a segment that is searched exactly."""
    index = _half_precision(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return _segment(ids, index)


def joined(segments: Sequence[Segment], dimensions: int) -> Segment:
    """Make one plain segment of what is alive in several."""
    index, ids = _half_precision(dimensions), []
    for some, vectors in _living(segments):
        index.add(np.ascontiguousarray(vectors))
        ids.append(some)
    return _segment(np.concatenate(ids) if ids else np.empty(0, np.int64), index)


def sketched(segments: Sequence[Segment], dimensions: int) -> Segment:
    """Make one sketched segment of what is alive in several; settle how many rows it compares."""
    faiss = _faiss()
    whole = joined(segments, dimensions)
    pieces = -(-dimensions // _NUMBERS)
    if dimensions % pieces:
        return whole
    sketch = faiss.IndexPQFastScan(dimensions, pieces, _BITS, faiss.METRIC_INNER_PRODUCT)
    sketch.pq.cp.niter = 10
    with _one_thread():
        sketch.train(_sample(whole, _TRAINED))
        for _, vectors in whole.batches():
            sketch.add(np.ascontiguousarray(vectors))
        return _settled(replace(whole, sketch=sketch))


def write_index(index: Any, path: Path) -> None:
    """Write the vectors or the sketch of a segment in FAISS's format."""
    _faiss().write_index(index, str(path))


def read_index(path: Path) -> Any:
    """Map the vectors of a segment from disk; they are read as they are needed.

    Raises RuntimeError where the file is not a FAISS index.
    """
    faiss = _faiss()
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)


def read_sketch(path: Path) -> Any:
    """Read a sketch into memory, because every search goes through all of it."""
    return _faiss().read_index(str(path))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Leave the other cores to those who search: the work is many small steps anyway."""
    faiss = _faiss()
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def _faiss() -> Any:
    import faiss

    return faiss


def _segment(ids: Ids, index: Any) -> Segment:
    return Segment(np.asarray(ids, dtype=np.int64), np.ones(len(ids), dtype=np.bool_), index)


def _half_precision(dimensions: int) -> Any:
    faiss = _faiss()
    return faiss.IndexScalarQuantizer(
        dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )


def _parameters(mask: Mask) -> Any:
    if mask.all():
        return None
    faiss = _faiss()
    selector = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
    return faiss.SearchParameters(sel=selector)


def _living(segments: Sequence[Segment]) -> Iterator[tuple[Ids, Vectors]]:
    for segment in segments:
        yield from segment.batches()


def _sample(segment: Segment, wanted: int) -> Vectors:
    """Draw vectors evenly from a segment; the draw is the same every time."""
    chance, draw = min(1.0, wanted / max(len(segment), 1)), np.random.default_rng(0)
    parts = [vectors[draw.random(len(vectors)) < chance] for _, vectors in segment.batches()]
    return np.ascontiguousarray(np.concatenate(parts))


def _between(segment: Segment) -> Vectors:
    """Make queries that lie between records, as a question does: harder than a record."""
    pairs = _sample(segment, 4 * _CHECKS)
    half = min(len(pairs) // 2, _CHECKS)
    middle = pairs[:half] + pairs[len(pairs) - half :]
    return np.asarray(middle / np.linalg.norm(middle, axis=1, keepdims=True), dtype=np.float32)


def _settled(segment: Segment) -> Segment:
    """Find how many rows have to be compared fully, at most a quarter or so."""
    queries = _between(segment)
    exact = segment.search(queries, _K, np.ones(segment.rows, dtype=np.bool_))[1]
    looked = _LEAST
    while True:
        tried = replace(segment, looked=looked)
        recall = _recall(tried.search(queries, _K)[1], exact)
        if recall >= RECALL or 4 * looked > segment.rows:
            return replace(tried, recall=recall)
        looked *= 2


def _recall(found: Vectors, exact: Vectors) -> float:
    """Tell what share of the rows found are as near as the last of the exact answer.

    Ids are not compared: phrases that many plans have are equally near.
    """
    return float((found >= exact[:, -1:] - _EQUAL).mean())
