"""Vectors in the store: made once for a text and a model, kept as float16.

A passage is the unit: whoever says a text, its vector is made once and used for all. What
is missing (a run was stopped, a document was added without the model) is made later, some
thousand at a time, each time kept for good.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.bundled import Progress, silent
from kb.encoder import Encoder
from kb.store import Store

BATCH = 2048
KEPT_AS = np.dtype("<f2")

Keys = NDArray[np.int64]
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
        sql = "select count(*) from vectors where model = ?"
        return int(self.store.connection.execute(sql, (self.model,)).fetchone()[0])

    def missing(self) -> int:
        """Count the passages that have no vector of this model."""
        return self.store.count("passages") - self.count()

    def complete(self, encoder: Encoder, progress: Progress = silent) -> int:
        """Make the vectors that are missing; return how many were made."""
        total, made = self.missing(), 0
        if total:
            progress("encode", 0, total)
        while batch := self._without():
            vectors = encoder.encode([text for _, text in batch], "passage")
            self.keep([key for key, _ in batch], vectors)
            made += len(batch)
            progress("encode", made, max(total, made))
        return made

    def keep(self, passages: Sequence[int], vectors: Matrix) -> None:
        """Keep vectors, one a row, for the passages that are still there."""
        with self.store.writing() as connection:
            model = self.model or self._new_model(vectors.shape[1])
            connection.executemany(
                "insert or ignore into vectors (passage, model, vector) "
                "select key, ?, ? from passages where key = ?",
                [
                    (model, row.astype(KEPT_AS).tobytes(), passage)
                    for passage, row in zip(passages, vectors, strict=True)
                ],
            )

    def fetch(self, passages: Iterable[int]) -> tuple[Keys, Matrix]:
        """Fetch the vectors of some passages: their keys, and a float32 row for each."""
        wanted = list(passages)
        rows = self.store.connection.execute(
            f"select passage, vector from vectors where model = ? "
            f"and passage in ({', '.join('?' * len(wanted))}) order by passage",
            [self.model, *wanted],
        ).fetchall()
        return unpacked(rows)

    def since(self, last: int = 0, batch: int = 20_000) -> Iterator[tuple[int, Keys, Matrix]]:
        """Walk the vectors in the order they were made, from after the row `last` on.

        Yields the last row's number, the passages' keys, and a float32 row for each.
        """
        while True:
            rows = self.store.connection.execute(
                "select key, passage, vector from vectors where model = ? and key > ? "
                "order by key limit ?",
                (self.model, last, batch),
            ).fetchall()
            if not rows:
                return
            last = int(rows[-1]["key"])
            yield last, *unpacked(rows)

    def forget_others(self) -> None:
        """Delete the vectors of all other models."""
        with self.store.writing() as connection:
            connection.execute("delete from models where fingerprint <> ?", (self.fingerprint,))

    def _without(self) -> list[tuple[int, str]]:
        rows = self.store.connection.execute(
            "select p.key, p.text, p.more from passages p where not exists "
            "(select 1 from vectors v where v.passage = p.key and v.model = ?) "
            "order by p.key limit ?",
            (self.model, BATCH),
        ).fetchall()
        return [(row["key"], row["text"]) for row in rows]

    def _new_model(self, dimensions: int) -> int:
        name = self.fingerprint.rpartition("-")[0] or self.fingerprint
        cursor = self.store.connection.execute(
            "insert into models (fingerprint, name, dimension) values (?, ?, ?)",
            (self.fingerprint, name, dimensions),
        )
        return int(cursor.lastrowid or 0)


def unpacked(rows: Sequence[sqlite3.Row]) -> tuple[Keys, Matrix]:
    """Turn rows of `passage` and `vector` into arrays."""
    keys = np.array([row["passage"] for row in rows], dtype=np.int64)
    blob = b"".join(row["vector"] for row in rows)
    matrix = np.frombuffer(blob, dtype=KEPT_AS).astype(np.float32)
    return keys, matrix.reshape(len(keys), -1) if len(keys) else matrix.reshape(0, 0)
