"""Segments: the unchanging pieces a meaning index is made of.

A segment holds vectors in half precision (a cosine is off by less than 0.0001) and the id
of each row. A plain one compares a query with every row. A clustered one sorted its rows
into cells when it was made and compares with the rows of the nearest cells only; how many
is settled by comparing with the exact answer. What is removed is struck out, not rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]

RECALL = 0.99
"""The share of the ten truly nearest that a clustered segment has to find when it is made."""

_BATCH = 16_384
_POINTS_A_CELL = 64
_CHECKS = 64
_K = 10


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Rows that are searched together; `alive` strikes out those that were removed.

    `probes` is the number of cells a search looks into, 0 for a plain segment, which is
    exact. `recall` is what it was measured to find. `file` names it once it is on disk.
    """

    ids: Ids
    alive: Mask
    index: Any
    probes: int = 0
    recall: float = 1.0
    file: str | None = None

    def __len__(self) -> int:
        return int(np.count_nonzero(self.alive))

    @property
    def rows(self) -> int:
        """How many rows there are, removed ones counted."""
        return len(self.ids)

    def search(self, queries: Vectors, k: int, allowed: Mask | None = None) -> tuple[Ids, Vectors]:
        """Return the ids and cosines of the `k` nearest rows to each query, best first.

        `allowed` is a mask over rows; only what it allows is found, and all of it that is
        near enough: every cell is looked into. Missing places hold id -1.
        """
        mask = self.alive if allowed is None else self.alive & allowed
        if not mask.any():
            empty = np.full((len(queries), k), -1, dtype=np.int64)
            return empty, np.full((len(queries), k), -np.inf, dtype=np.float32)
        probes = self.probes if allowed is None else self.cells
        scores, rows = self.index.search(queries, k, params=_parameters(probes, mask))
        found = np.where(rows < 0, -1, self.ids[rows])
        return found, np.where(rows < 0, -np.inf, scores).astype(np.float32)

    @property
    def cells(self) -> int:
        """Into how many cells the rows are sorted; 0 for a plain segment."""
        return int(self.index.nlist) if self.probes else 0

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


def clustered(segments: Sequence[Segment], dimensions: int) -> Segment:
    """Make one clustered segment of what is alive in several, and settle its probes."""
    faiss = _faiss()
    total = sum(len(segment) for segment in segments)
    cells = max(1, 2 ** round(np.log2(max(total, 4) ** 0.5 * 2)))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimensions), dimensions, cells, faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT, False,
    )  # fmt: skip
    index.cp.niter, index.cp.spherical = 10, True
    index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, _POINTS_A_CELL
    index.train(_sample(segments, cells * _POINTS_A_CELL, total))
    ids = []
    for some, vectors in _living(segments):
        index.add(np.ascontiguousarray(vectors))
        ids.append(some)
    probes, recall = _settled(index, _between(segments, total))
    return _segment(np.concatenate(ids), index, probes, recall)


def write_index(segment: Segment, path: Path) -> None:
    """Write the vectors of a segment in FAISS's format."""
    faiss = _faiss()
    faiss.write_index(segment.index, str(path))


def read_index(path: Path, clusters: bool) -> Any:
    """Map the vectors of a segment from disk; they are read as they are needed.

    Raises RuntimeError where the file is not a FAISS index.
    """
    faiss = _faiss()
    if not clusters:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
    lists = faiss.downcast_InvertedLists(index.invlists)
    lists.prefetch_nthread = 0  # threads started for a search cost more than they save
    return index


def _faiss() -> Any:
    import faiss

    return faiss


def _segment(ids: Ids, index: Any, probes: int = 0, recall: float = 1.0) -> Segment:
    return Segment(
        np.asarray(ids, dtype=np.int64), np.ones(len(ids), dtype=np.bool_), index, probes, recall
    )


def _half_precision(dimensions: int) -> Any:
    faiss = _faiss()
    return faiss.IndexScalarQuantizer(
        dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )


def _parameters(probes: int, mask: Mask) -> Any:
    faiss = _faiss()
    more: dict[str, Any] = {}
    if not mask.all():
        more["sel"] = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
    if probes:
        return faiss.SearchParametersIVF(nprobe=probes, **more)
    return faiss.SearchParameters(**more) if more else None


def _living(segments: Sequence[Segment]) -> Iterator[tuple[Ids, Vectors]]:
    for segment in segments:
        yield from segment.batches()


def _sample(segments: Sequence[Segment], wanted: int, total: int) -> Vectors:
    """Draw vectors evenly from all segments; the draw is the same every time."""
    chance, draw = min(1.0, wanted / max(total, 1)), np.random.default_rng(0)
    parts = [vectors[draw.random(len(vectors)) < chance] for _, vectors in _living(segments)]
    return np.ascontiguousarray(np.concatenate(parts))


def _between(segments: Sequence[Segment], total: int) -> Vectors:
    """Make queries that lie between records, as a question does: harder than a record."""
    pairs = _sample(segments, 4 * _CHECKS, total)
    half = min(len(pairs) // 2, _CHECKS)
    middle = pairs[:half] + pairs[len(pairs) - half :]
    return np.asarray(middle / np.linalg.norm(middle, axis=1, keepdims=True), dtype=np.float32)


def _settled(index: Any, queries: Vectors) -> tuple[int, float]:
    """Find how many cells have to be looked into, an eighth of them at the least."""
    faiss = _faiss()
    cells = int(index.nlist)
    everything = faiss.SearchParametersIVF(nprobe=cells)
    exact = index.search(queries, _K, params=everything)[1]
    probes = max(1, cells // 8)
    while probes < cells:
        found = index.search(queries, _K, params=faiss.SearchParametersIVF(nprobe=probes))[1]
        if (recall := _recall(found, exact)) >= RECALL:
            return probes, recall
        probes *= 2
    return cells, 1.0


def _recall(found: Ids, exact: Ids) -> float:
    hits = [len(set(a) & set(b)) for a, b in zip(found.tolist(), exact.tolist(), strict=True)]
    return sum(hits) / max(1, exact.size)
