"""Sketched segments: made, tried out against the exact answer, and searched together.

A sketch keeps 96 bytes a row of 384 numbers that tell a cosine roughly: four bits for every
two numbers, read by the processor 32 rows at a time (product quantisation, Jégou et al.
2011; its fast scan, André et al. 2015). What looks nearest in any segment is then compared
fully. Were each segment to compare its own, five would read five times as many vectors, each
from a page of its own, though the nearest of all are mostly among what looks nearest of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from kb.vectors.segments import Find, Ids, Mask, Segment, Vectors, best_of, joined, stacked

RECALL = 0.995
"""The share of the ten truly nearest that a sketched segment has to find when it is made."""

_NUMBERS, _BITS = 2, 4
"""So many numbers of a vector are told by so many bits in a sketch."""

_TRAINED = 16_384
_CHECKS = 64
_K = 10
_LEAST = 1_600
"""So many rows that look nearest are compared fully, at the least."""

_PER_HIT = 20
"""For every row that is asked for, so many are compared fully."""

_EQUAL = 1e-5
"""Cosines that differ by less are equal."""


def sketched(segments: Sequence[Segment], dimensions: int) -> Segment:
    """Make one sketched segment of what is alive in several; settle how many rows it compares."""
    import faiss

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


def looked_at(segment: Segment, k: int) -> int:
    """Return how many rows of a sketched segment are to be looked at for the `k` nearest."""
    count = max(segment.looked, _PER_HIT * k)
    if len(segment) < segment.rows:
        count += count // 2  # a quarter may be struck out until the segment is rewritten
    return count


def nearest_of(
    segments: Sequence[Segment], queries: Vectors, k: int, looks: Sequence[tuple[Vectors, Ids]]
) -> Find:
    """Return ids and cosines of the `k` nearest rows to each query, best first.

    `looks` is what each segment's `look` gave.
    """
    near = np.concatenate([item for item, _ in looks], axis=1)
    rows = np.concatenate([item for _, item in looks], axis=1)
    owner = np.repeat(np.arange(len(segments)), [item.shape[1] for _, item in looks])
    most = min(max(looked_at(segment, k) for segment in segments), near.shape[1])
    best = np.argpartition(-near, most - 1, axis=1)[:, :most]
    result = []
    for number, own in enumerate(best):
        own = own[near[number, own] > -np.inf]
        chosen = [rows[number, own[owner[own] == at]] for at in range(len(segments))]
        query = queries[number : number + 1]
        parts = zip(segments, chosen, strict=True)
        compared = [item.search(query, k, _mask(item, some)) for item, some in parts]
        result.append(best_of(compared, 1, k))
    return stacked(result)


def _mask(segment: Segment, rows: Ids) -> Mask:
    mask = np.zeros(segment.rows, dtype=np.bool_)
    mask[rows] = True
    return mask


@contextmanager
def _one_thread() -> Iterator[None]:
    """Leave the other cores to those who search: the work is many small steps anyway."""
    import faiss

    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


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
    exact = segment.search(queries, _K)[1]
    looked = _LEAST
    while True:
        tried = replace(segment, looked=looked)
        looks = [tried.look(queries, looked_at(tried, _K))]
        recall = _recall(nearest_of([tried], queries, _K, looks)[1], exact)
        if recall >= RECALL or 4 * looked > segment.rows:
            return replace(tried, recall=recall)
        looked *= 2


def _recall(nearest: Vectors, exact: Vectors) -> float:
    """Return what share of the rows found are as near as the last of the exact answer.

    Ids are not compared: phrases that many plans have are equally near.
    """
    return float((nearest >= exact[:, -1:] - _EQUAL).mean())
