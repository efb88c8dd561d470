"""A reader's sign of life: it tells of each page it has finished.

The sandbox listens, so that a slow scan of six hundred pages is told apart from a reader
that hangs, and so that a progress bar can count pages while a file is still being read.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listeners: list[Callable[[], None]] = []


def page_read() -> None:
    """Tell whoever listens that one more page (sheet, image) is read."""
    for listener in _listeners:
        listener()


@contextmanager
def listening(listener: Callable[[], None]) -> Iterator[None]:
    """Call `listener` at every page read within the block, whichever thread reads it."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
