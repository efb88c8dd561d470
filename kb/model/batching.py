"""Calls from many threads answered together: one works, for all who wait by then.

A model computes sixteen questions in little more time than three, and its tokenizer must
not be used by two threads at once. So a thread that finds the model free takes along every
question that is waiting; long work is handed over in pieces and lets questions in between.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from kb.model.encoder import Encoder, Role

Rows = NDArray[np.float32]


_KEPT = 2048


@dataclass(slots=True, eq=False)
class _Call:
    texts: Sequence[str]
    rows: Rows = field(default_factory=lambda: np.empty((0, 0), dtype=np.float32))
    error: BaseException | None = None
    done: bool = False


class MicroBatcher:
    """Wraps `run`, which turns texts into rows, one row a text, for use by many threads.

    Calls of up to `few` texts are answered together, `most` texts at a time; longer ones
    are answered alone, and after those.
    """

    def __init__(self, run: Callable[[list[str]], Rows], few: int = 4, most: int = 32) -> None:
        self._run = run
        self._few = few
        self._most = most
        self._turn = threading.Lock()
        self._waiting: list[_Call] = []
        self._listed = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Rows:
        """Return a row for each text; an error of `run` goes to all whose texts it had."""
        call = _Call(texts)
        if len(texts) <= self._few:
            with self._listed:
                self._waiting.append(call)
        while not call.done:
            with self._turn:
                if not call.done:
                    self._answer(self._gathered() or [call])
        if call.error:
            raise call.error
        return call.rows

    def _gathered(self) -> list[_Call]:
        """Take the short calls that wait, the longest waiting first."""
        with self._listed:
            fits = sum(
                size <= self._most for size in accumulate(len(c.texts) for c in self._waiting)
            )
            taken, self._waiting = self._waiting[:fits], self._waiting[fits:]
        return taken

    def _answer(self, calls: list[_Call]) -> None:
        try:
            rows, start = self._run([text for call in calls for text in call.texts]), 0
            for call in calls:
                call.rows = rows[start : start + len(call.texts)]
                start += len(call.texts)
        except BaseException as error:
            for call in calls:
                call.error = error
            if not isinstance(error, Exception):
                raise
        finally:
            for call in calls:
                call.done = True


class Foreseen:
    """An encoder that can be told beforehand what it will be asked, and computes it at once.

    The last two thousand questions' vectors are kept. For one thread: what several threads
    ask is put together by `MicroBatcher`.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Rows] = {}

    @property
    def fingerprint(self) -> str:
        """The model's name and a digest of its content."""
        return self._encoder.fingerprint

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return self._encoder.dimensions

    def foresee(self, questions: Sequence[str]) -> None:
        """Encode questions that will be asked soon, all together."""
        wanted = [text for text in dict.fromkeys(questions) if text not in self._vectors]
        if wanted:
            rows = self._encoder.encode(wanted, "query")
            self._vectors.update(zip(wanted, rows, strict=True))
        for text in list(self._vectors)[:-_KEPT]:
            del self._vectors[text]

    def encode(self, texts: Sequence[str], role: Role) -> Rows:
        """Return one row of length one for each text, in the order given."""
        if role == "query" and len(texts) == 1 and texts[0] in self._vectors:
            return self._vectors[texts[0]][None]
        return self._encoder.encode(texts, role)

    def warm_up(self) -> None:
        """Load all there is to load, so that no later call has to wait for it."""
        self._encoder.warm_up()
