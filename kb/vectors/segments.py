"""Segments: the unchanging pieces a meaning index is made of.

A segment holds vectors in half precision (a cosine is off by less than 0.0001) and the id
of each row. A plain one compares a query with every row; a sketched one has a rough picture
of its rows beside them (`kb.vectors.quantized`), so that few need be compared. What is removed is
struck out, not rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]
Find = tuple[Ids, Vectors]
"""Ids and cosines, a row a query; missing places hold -1 and -inf."""

_BATCH = 16_384


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

        Compares every row, or those that the mask `allowed` allows. Missing places hold
        id -1.
        """
        mask = self.alive if allowed is None else self.alive & allowed
        if not mask.any():
            empty = np.full((len(queries), k), -1, dtype=np.int64)
            return empty, np.full((len(queries), k), -np.inf, dtype=np.float32)
        scores, rows = self.index.search(queries, k, params=_parameters(mask))
        result = np.where(rows < 0, -1, self.ids[rows])
        return result, np.where(rows < 0, -np.inf, scores).astype(np.float32)

    def look(self, queries: Vectors, count: int) -> tuple[Vectors, Ids]:
        """Return how near `count` rows look in the sketch, and which rows, for each query.

        Rows that were removed look infinitely far.
        """
        near, rows = self.sketch.search(queries, min(count, self.rows))
        return np.where((rows >= 0) & self.alive[rows], near, -np.inf), rows

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


def best_of(finds: Sequence[Find], queries: int, k: int) -> Find:
    """Join what several searches found for the same queries: the `k` best, equals by their ids."""
    nothing = np.full((queries, k), -1, np.int64), np.full((queries, k), -np.inf, np.float32)
    ids = np.concatenate([item for item, _ in (*finds, nothing)], axis=1)
    cosines = np.concatenate([item for _, item in (*finds, nothing)], axis=1)
    order = np.lexsort((ids, -cosines), axis=1)[:, :k]
    near = np.take_along_axis(np.minimum(cosines, 1.0), order, axis=1)
    return np.take_along_axis(ids, order, axis=1), near.astype(np.float32)


def stacked(finds: Sequence[Find]) -> Find:
    """Put together what was found for several parts of the queries."""
    return np.concatenate([ids for ids, _ in finds]), np.concatenate([near for _, near in finds])


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
