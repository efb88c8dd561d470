"""A reader's sign of life: it tells of each page it has finished, and that it goes on.

The sandbox listens, so that a slow scan of six hundred pages is told apart from a reader
that hangs, and so that a progress bar can count pages while a file is still being read.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listeners: list[Callable[[], None]] = []
_watchers: list[Callable[[], None]] = []


def page_read() -> None:
    """Report that one more page (sheet, image) is read."""
    for listener in _listeners:
        listener()


def at_work() -> None:
    """Report that work goes on: a step of it is done, though no page is."""
    for watcher in _watchers:
        watcher()


@contextmanager
def listening(
    listener: Callable[[], None], watcher: Callable[[], None] | None = None
) -> Iterator[None]:
    """Call `listener` at every page read within the block, whichever thread reads it.

    `watcher` is called where work goes on between pages.
    """
    _listeners.append(listener)
    if watcher is not None:
        _watchers.append(watcher)
    try:
        yield
    finally:
        _listeners.remove(listener)
        if watcher is not None:
            _watchers.remove(watcher)
