"""Vectors in the store: made once for a text and a model, kept as float16.

A passage is the unit: whoever says a text, its vectors are made once and used for all. A
passage that says several things has a vector for the whole (part 0) and one for each
phrase. What is missing (a run was stopped, a document was added without the model) is made
later, some thousand at a time, each time kept for good.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.model.bundled import Progress, silent
from kb.model.encoder import Encoder
from kb.store.filters import Condition
from kb.store.insertion import changed
from kb.store.store import Store

BATCH = 2048
PARTS = 32
"""A vector's id is its passage's key times 32 plus the part: 0 the whole, then phrases."""

KEPT_AS = np.dtype("<f2")
_SOUND = "length(vector) = 2 * (select dimension from models where key = vectors.model)"

Ids = NDArray[np.int64]
Matrix = NDArray[np.float32]


class Vectors:
    """The vectors of one model in a store, named by the model's fingerprint."""

    def __init__(self, store: Store, fingerprint: str) -> None:
        self.store = store
        self.fingerprint = fingerprint

    @property
    def model(self) -> int | None:
        """The model's key, None while it has no vectors here."""
        row = self.store.connection.execute(
            "select key from models where fingerprint = ?", (self.fingerprint,)
        ).fetchone()
        return int(row["key"]) if row else None

    def count(self) -> int:
        """Count the vectors of this model."""
        return self._counted("select count(*) from vectors where model = ?")

    def missing(self) -> int:
        """Count the passages that have no vector of this model."""
        sql = "select count(*) from vectors where model = ? and part = 0"
        return self.store.count("passages") - self._counted(sql)

    def complete(self, encoder: Encoder, progress: Progress = silent) -> int:
        """Make the vectors that are missing; return how many passages they are of."""
        total, made = self.missing(), 0
        if total:
            progress("encode", 0, total)
        for batch in self._batches():
            texts = [text for _, parts in batch for text in parts]
            ids = [key * PARTS + part for key, parts in batch for part in range(len(parts))]
            self.keep(ids, encoder.encode(texts, "passage"))
            made += len(batch)
            progress("encode", made, max(total, made))
        return made

    def keep(self, ids: Sequence[int], vectors: Matrix) -> None:
        """Keep vectors, one a row, for the passages that are still there."""
        with self.store.writing() as connection:
            model = self.model or self._new_model(connection, vectors.shape[1])
            connection.executemany(
                "insert or ignore into vectors (passage, model, part, vector) "
                "select key, ?, ?, ? from passages where key = ?",
                [
                    (model, number % PARTS, row.astype(KEPT_AS).tobytes(), number // PARTS)
                    for number, row in zip(ids, vectors, strict=True)
                ],
            )
            changed(connection)

    def of(self, passages: Iterable[int]) -> tuple[Ids, Matrix]:
        """Fetch the vectors of some passages: their ids, and a float32 row for each."""
        wanted = list(passages)
        rows = self.store.connection.execute(
            f"select passage, part, vector from vectors where model = ? and {_SOUND} "
            f"and passage in ({', '.join('?' * len(wanted))}) order by passage, part",
            [self.model, *wanted],
        ).fetchall()
        return unpacked(rows)

    @property
    def version(self) -> tuple[int, ...]:
        """The store's generation: another one means that vectors may have come or gone."""
        return (self.store.generation,)

    def ids(self) -> Ids:
        """List the ids of all vectors of this model."""
        rows = self.store.connection.execute(
            f"select passage * {PARTS} + part from vectors where model = ? and {_SOUND}",
            (self.model,),
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def since(self, mark: tuple[int, ...]) -> tuple[tuple[int, ...], Ids | None]:
        """Return a new mark, and the ids that came since `mark` or None if any has gone.

        A mark tells the last row, how many there are and the sum of their ids; keys of
        passages are never used again, so what has gone can't be made up for.
        """
        last = mark[0] if mark else 0
        row = self.store.connection.execute(
            f"select coalesce(max(key), 0), count(*), coalesce(sum(passage * {PARTS} + part), 0), "
            f"coalesce(sum(key <= ?), 0), "
            f"coalesce(sum((key <= ?) * (passage * {PARTS} + part)), 0) "
            "from vectors where model = ?",
            (last, last, self.model),
        ).fetchone()
        fresh = (int(row[0]), int(row[1]), int(row[2]))
        if not mark or mark[1:] != (row[3], row[4]):
            return fresh, None
        ids = self.store.connection.execute(
            f"select passage * {PARTS} + part from vectors where model = ? and key > ? "
            f"and {_SOUND}",
            (self.model, last),
        )
        return fresh, np.fromiter((row[0] for row in ids), dtype=np.int64)

    def fetch(self, ids: Ids) -> tuple[Ids, Matrix]:
        """Fetch those of the ids that are there, and a float32 row for each."""
        result, matrix = self.of(np.unique(ids // PARTS).tolist())
        wanted = np.isin(result, ids)
        return result[wanted], matrix[wanted]

    def within(self, condition: Condition) -> Ids:
        """List the ids of the vectors of passages that some record fulfilling `condition` says."""
        where, values = condition
        rows = self.store.connection.execute(
            f"select passage * {PARTS} + part from vectors where model = ? "
            f"and passage in (select e.passage from entries e where {where})",
            [self.model, *values],
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def forget_others(self) -> None:
        """Delete the vectors of all other models."""
        with self.store.writing() as connection:
            connection.execute("delete from models where fingerprint <> ?", (self.fingerprint,))

    def _counted(self, sql: str) -> int:
        return int(self.store.connection.execute(sql, (self.model,)).fetchone()[0])

    def _batches(self) -> Iterator[list[tuple[int, list[str]]]]:
        """Give passages without vectors, each with its text and its phrases."""
        while len(keys := self._lacking()):
            for start in range(0, len(keys), BATCH):
                rows = self.store.connection.execute(
                    "select key, text, parts from passages where key in "
                    f"({', '.join('?' * len(keys[start : start + BATCH]))}) order by key",
                    keys[start : start + BATCH],
                ).fetchall()
                yield [(row["key"], [row["text"], *json.loads(row["parts"])]) for row in rows]

    def _lacking(self) -> list[int]:
        """List the passages without vectors: what came last, and gaps before if there are any."""
        row = self.store.connection.execute(
            "select max(passage) from vectors where model = ?", (self.model,)
        ).fetchone()
        last = int(row[0] or 0)
        keys = self._keys("select key from passages where key > ? order by key", last)
        if self.missing() > len(keys):
            gaps = (
                "select key from passages p where key <= ? and not exists (select 1 from vectors "
            )
            gaps += "v where v.passage = p.key and v.model = ?) order by key"
            keys = [*self._keys(gaps, last, self.model), *keys]
        return keys

    def _keys(self, sql: str, *values: object) -> list[int]:
        return [row[0] for row in self.store.connection.execute(sql, values)]

    def _new_model(self, connection: sqlite3.Connection, dimensions: int) -> int:
        name = self.fingerprint.rpartition("-")[0] or self.fingerprint
        cursor = connection.execute(
            "insert into models (fingerprint, name, dimension) values (?, ?, ?)",
            (self.fingerprint, name, dimensions),
        )
        return int(cursor.lastrowid or 0)


def unpacked(rows: Sequence[sqlite3.Row]) -> tuple[Ids, Matrix]:
    """Turn rows of `passage`, `part` and `vector` into arrays."""
    ids = np.array([row["passage"] * PARTS + row["part"] for row in rows], dtype=np.int64)
    matrix = np.frombuffer(b"".join(row["vector"] for row in rows), dtype=KEPT_AS)
    return ids, matrix.astype(np.float32).reshape(len(ids), -1 if len(ids) else 0)
