"""Who is next: work waits in the order it came for one of several workers.

One worker may be kept for what is quick. Work that turned out to be slow there waits, at
the place it had, for one of the others.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar

Worker = TypeVar("Worker")


class Queue(Generic[Worker]):
    """Hands out workers, one to each who waits; threads share it.

    `quick` is the worker for quick work, None for no such worker.
    """

    def __init__(self, workers: Sequence[Worker], quick: Worker | None = None) -> None:
        self._idle = list(workers)
        self._quick = quick
        self._quick_idle = quick is not None
        self._waiting: list[Place[Worker]] = []
        self._came = 0
        self._changed = threading.Condition()

    @contextmanager
    def place(self) -> Iterator[Place[Worker]]:
        """Stand in the queue; whatever worker was got is given back at the end."""
        with self._changed:
            self._came += 1
            place = Place(self, self._came)
        try:
            yield place
        finally:
            self.leave(place)

    def get(self, place: Place[Worker]) -> Worker:
        """Wait until a worker is free for this place."""
        with self._changed:
            self._waiting = sorted([*self._waiting, place], key=lambda other: other.number)
            try:
                while (worker := self._free_for(place)) is None:
                    self._changed.wait()
            finally:
                self._waiting.remove(place)
                self._changed.notify_all()
            return worker

    def leave(self, place: Place[Worker]) -> None:
        """Give back the worker of this place, if it has one."""
        with self._changed:
            worker, place.worker = place.worker, None
            if worker is None:
                return
            if worker is self._quick:
                self._quick_idle = True
            else:
                self._idle.append(worker)
            self._changed.notify_all()

    def _free_for(self, place: Place[Worker]) -> Worker | None:
        """Take a worker that is free for whoever stands here, None while others are before."""
        if self._idle and self._waiting[0] is place:
            return self._idle.pop()
        if self._quick_idle and next((p for p in self._waiting if p.quick), None) is place:
            self._quick_idle = False
            return self._quick
        return None


class Place(Generic[Worker]):
    """A place in the queue: its number, and the worker it has got."""

    def __init__(self, queue: Queue[Worker], number: int) -> None:
        self.number = number
        self.quick = True
        self.worker: Worker | None = None
        self._queue = queue

    def wait(self, *, quick: bool = True) -> Worker:
        """Give back the worker this place has and wait for one; not for the quick one again."""
        self._queue.leave(self)
        self.quick = quick
        self.worker = self._queue.get(self)
        return self.worker
