"""The meaning index: which records' vectors lie nearest to a query's.

It is derived from the store and can be thrown away at any time. It is made of segments
that never change (see `kb.vectors.segments`): what is added becomes a small plain segment, small
ones are joined, and plain ones of more than some 50,000 rows become a sketched one. Sketches
give candidates; the nearest of all are chosen from them beyond 200,000 rows only. So adding
never rebuilds the whole, and a search never waits for a writer.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Protocol

import numpy as np

from kb.model.bundled import Progress, silent
from kb.vectors.quantized import looked_at, nearest_of, sketched
from kb.vectors.segments import Ids, Mask, Segment, Vectors, best_of, joined, plain, stacked

EXACT = 200_000
"""So many rows are compared one by one; beyond that those that look nearest in a sketch."""

_SMALL_SHARE = 4
"""A fourth as many rows are worth a sketch, for searches that need candidates only."""

_CHUNK = 50_000
_FETCH = 10_000
_QUERIES = 64
_DEAD = 0.25
_TABLE = 1 << 26


Version = tuple[int, ...]
Mark = tuple[int, ...]
"""What a source tells of itself so as to say later what came since; () before anything."""


class VectorSource(Protocol):
    """The truth an index is derived from."""

    @property
    def version(self) -> Version:
        """Numbers that differ after every change; later ones compare greater."""
        ...

    def ids(self) -> Ids:
        """Return every id that has a vector, each once."""
        ...

    def since(self, mark: Mark) -> tuple[Mark, Ids | None]:
        """Return a new mark and the ids that came since `mark`; None where any may have gone."""
        ...

    def fetch(self, ids: Ids) -> tuple[Ids, Vectors]:
        """Return those of the ids that are still there, with a row for each."""
        ...


class MeaningIndex:
    """Vectors of length one by id, searched by cosine; any thread may search at any time.

    `fingerprint` names the model whose vectors these are, `version` the state of the
    store they were taken from, `mark` what the store told of itself then.
    """

    def __init__(
        self,
        fingerprint: str,
        dimensions: int,
        segments: Sequence[Segment] = (),
        version: Version = (),
        mark: Mark = (),
    ) -> None:
        self.fingerprint = fingerprint
        self.dimensions = dimensions
        self.version = version
        self.mark = mark
        self.segments = tuple(segments)
        self.writing = threading.RLock()

    def __len__(self) -> int:
        return sum(len(segment) for segment in self.segments)

    @property
    def recall(self) -> float:
        """The least share of the ten nearest that any segment was measured to find."""
        return min((segment.recall for segment in self.segments), default=1.0)

    def ids(self) -> Ids:
        """Return every id in the index, in order."""
        living = [segment.ids[segment.alive] for segment in self.segments]
        return np.sort(np.concatenate(living)) if living else np.empty(0, dtype=np.int64)

    def search(
        self, queries: Vectors, k: int, allowed: Ids | None = None, *, nearly: bool = False
    ) -> tuple[Ids, Vectors]:
        """Return ids and cosines of the `k` nearest to each query, each shaped (queries, k).

        Best first; where fewer are found the id is -1 and the cosine -inf. With `allowed`
        nothing else is found, and among the allowed the search is exact; an empty array
        allows nothing. `nearly` uses sketches wherever there are any, which may miss one
        of the nearest in a thousand; otherwise they are used beyond 200,000 rows.
        """
        queries = np.ascontiguousarray(np.atleast_2d(queries), dtype=np.float32)
        if queries.shape[1] != self.dimensions:
            raise ValueError(f"{queries.shape[1]} dimensions, not {self.dimensions}")
        segments = self.segments
        parts = [queries[start : start + _QUERIES] for start in range(0, len(queries), _QUERIES)]
        masks: Sequence[Mask | None] = [None] * len(segments)
        rough: Sequence[Segment] = ()
        if allowed is not None:
            masks = _masks(segments, np.asarray(allowed, dtype=np.int64))
        elif nearly or len(self) > EXACT:
            rough = [segment for segment in segments if segment.looked]
        looks = [
            [self._pool.submit(item.look, part, looked_at(item, k)) for item in rough]
            for part in parts
        ]
        tasks = [
            [self._pool.submit(segment.search, part, k, mask) for part in parts]
            for segment, mask in zip(segments, masks, strict=True)
            if segment not in rough
        ]
        if rough:
            tasks.append(
                [
                    self._pool.submit(nearest_of, rough, part, k, [look.result() for look in row])
                    for part, row in zip(parts, looks, strict=True)
                ]
            )
        result = [stacked([task.result() for task in row]) for row in tasks if row]
        return best_of(result, len(queries), k)

    def cosines(self, query: Vectors, starts: Ids, span: int) -> tuple[Ids, Vectors]:
        """Return the ids there are in runs of `span` from `starts` on, with a query's cosines."""
        parts = [segment.of(starts, span) for segment in self.segments]
        result = [ids for ids, _ in parts]
        near = [np.minimum(rows @ query, 1.0) for _, rows in parts]
        return (
            np.concatenate([*result, np.empty(0, np.int64)]),
            np.concatenate([*near, np.empty(0, np.float32)]),
        )

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Put in vectors of length one; an id that is there already gets the new one."""
        ids = np.asarray(ids, dtype=np.int64)
        if vectors.shape != (len(ids), self.dimensions):
            raise ValueError(f"{vectors.shape} for {len(ids)} ids of {self.dimensions} dimensions")
        if len(np.unique(ids)) != len(ids):
            raise ValueError("an id stands twice")
        with self.writing:
            kept = _without(self.segments, ids)
            for start in range(0, len(ids), _CHUNK):
                part = slice(start, start + _CHUNK)
                kept = _joined((*kept, plain(ids[part], vectors[part])), self.dimensions)
            self.segments = kept

    def remove(self, ids: Ids) -> None:
        """Take out vectors; ids that are not there are no matter."""
        with self.writing:
            self.segments = _without(self.segments, np.asarray(ids, dtype=np.int64))

    def tidy(self, progress: Progress | None = None) -> None:
        """Sketch plain rows beyond the exact limit, rewrite what is a quarter removed.

        Takes seconds for every 100,000 rows it touches; searches go on meanwhile.
        """
        tell = progress or silent
        with self.writing:
            sparse = [s for s in self.segments if s.rows and len(s) < s.rows * (1 - _DEAD)]
            if sparse:
                fresh = [joined([segment], self.dimensions) for segment in sparse if len(segment)]
                self.segments = (*(s for s in self.segments if s not in sparse), *fresh)
            unsketched = [segment for segment in self.segments if not segment.looked]
            if sum(map(len, unsketched)) > EXACT:
                self._sketch(unsketched, tell)

    def settle(self, progress: Progress | None = None) -> None:
        """Tidy; sketch what is left too if it is much, with small segments before it.

        Done when all is put in, so that a large index is not sketched piece by piece.
        """
        with self.writing:
            self.tidy(progress)
            small = [item for item in self.segments if not item.looked or len(item) <= EXACT // 2]
            unsketched = sum(len(segment) for segment in small if not segment.looked)
            if unsketched > EXACT // _SMALL_SHARE:
                self._sketch(small, progress or silent)

    def follow(
        self,
        source: VectorSource,
        progress: Progress | None = None,
        write: Callable[[MeaningIndex], None] | None = None,
    ) -> bool:
        """Take out and put in what the source has changed; return whether it had.

        With `write` a large index is written as it grows, which keeps memory small and
        lets an interrupted run go on where it stopped.
        """
        version = source.version
        if version == self.version:
            return False
        with self.writing:
            mark, missing = source.since(self.mark)
            if missing is None:
                wanted, present = np.sort(source.ids()), self.ids()
                self.remove(np.setdiff1d(present, wanted, assume_unique=True))
                missing = np.setdiff1d(wanted, present, assume_unique=True)
            for start in range(0, len(missing), _FETCH):
                (progress or silent)("index-build", start, len(missing))
                part = missing[start : start + _FETCH]
                self.add(*source.fetch(part))
                self._keep_up(progress, write)
            (progress or silent)("index-build", len(missing), len(missing))
            self.version, self.mark = version, mark
        return True

    def _sketch(self, segments: Sequence[Segment], tell: Progress) -> None:
        tell("index-cluster", 0, 1)
        rest = [segment for segment in self.segments if segment not in segments]
        self.segments = (*rest, sketched(segments, self.dimensions))
        tell("index-cluster", 1, 1)

    def _keep_up(
        self, progress: Progress | None, write: Callable[[MeaningIndex], None] | None
    ) -> None:
        before = self.segments
        self.tidy(progress)
        if write and self.segments is not before:
            write(self)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        import faiss

        return ThreadPoolExecutor(
            min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 4),
            thread_name_prefix="meaning",
            initializer=faiss.omp_set_num_threads,
            initargs=(1,),  # one thread a segment: the segments are the threads
        )


def _without(segments: Sequence[Segment], ids: Ids) -> tuple[Segment, ...]:
    if not len(ids):
        return tuple(segments)
    masks = _masks(segments, ids)
    struck = (segment.without(mask) for segment, mask in zip(segments, masks, strict=True))
    return tuple(segment for segment in struck if len(segment))


def _joined(segments: tuple[Segment, ...], dimensions: int) -> tuple[Segment, ...]:
    """Join the last plain segments as long as they are alike in size, up to a chunk."""
    while len(segments) > 1:
        *rest, before, last = segments
        if before.looked or last.looked:
            break
        if 2 * len(last) < len(before) or len(before) + len(last) > _CHUNK:
            break
        segments = (*rest, joined([before, last], dimensions))
    return segments


def _masks(segments: Sequence[Segment], ids: Ids) -> list[Mask]:
    """Mark the rows whose id is among `ids`, for each segment."""
    if not len(ids) or ids.min() < 0 or ids.max() >= _TABLE:
        return [np.isin(segment.ids, ids) for segment in segments]
    table = np.zeros(int(ids.max()) + 2, dtype=np.bool_)
    table[ids] = True
    last = len(table) - 1
    return [table[np.clip(segment.ids, -1, last)] for segment in segments]
