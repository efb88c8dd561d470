"""Vectors of the texts encoded last, so that a text asked for again is not encoded again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from kb.arrays import Vectors
from kb.model.encoder import Encoder, Role

CAPACITY = 50_000
"""Texts that are remembered: some 100 MB of vectors of 384 dimensions with their texts."""


class VectorCache:
    """Remembers vectors by model, role and text; the least recently used go first.

    Threads may share one. Texts are encoded outside the lock, so two threads that ask for
    the same new text at the same time may both encode it.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._vectors: OrderedDict[tuple[str, Role, str], Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, encoder: Encoder, texts: Sequence[str], role: Role) -> Vectors:
        """Return one row for each text, shape (len(texts), dimensions), in the order given."""
        rows = self._cached(encoder, texts, role)
        missing = [text for text in dict.fromkeys(texts) if text not in rows]
        if missing:
            rows |= zip(missing, encoder.encode(missing, role), strict=True)
        self._remember(encoder, rows, role)
        return np.array([rows[text] for text in texts])

    def _cached(self, encoder: Encoder, texts: Sequence[str], role: Role) -> dict[str, Vectors]:
        model = encoder.fingerprint
        with self._lock:
            return {
                text: self._vectors[model, role, text]
                for text in texts
                if (model, role, text) in self._vectors
            }

    def _remember(self, encoder: Encoder, rows: dict[str, Vectors], role: Role) -> None:
        model = encoder.fingerprint
        with self._lock:
            for text, row in rows.items():
                self._vectors[model, role, text] = row
                self._vectors.move_to_end((model, role, text))
            while len(self._vectors) > self._capacity:
                self._vectors.popitem(last=False)
