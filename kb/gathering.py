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

Rows = NDArray[np.float32]


@dataclass(slots=True, eq=False)
class _Call:
    texts: Sequence[str]
    rows: Rows = field(default_factory=lambda: np.empty((0, 0), dtype=np.float32))
    error: BaseException | None = None
    done: bool = False


class Gathering:
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
