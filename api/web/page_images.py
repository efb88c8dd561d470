"""Pages as they were printed: drawn from the kept original in a reading process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from ingest.errors import UsageError
from ingest.readers.page_image import PageImage, draw_page
from ingest.sandbox.pool import Workers
from kb import KnowledgeBase
from kb.store.records import Stored

WIDTH = 1000
"""Pixels; sharp at half a screen and on a phone."""
_BYTES = 48 << 20
"""So much of what was drawn is remembered."""
_MODULE = frozenset({"ingest.readers.page_image"})


class PageImages:
    """Draws pages of documents; usable from any thread."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._drawn: OrderedDict[tuple[str, int, tuple[str, ...]], PageImage] = OrderedDict()
        self._size = 0

    def page(
        self, kb: KnowledgeBase, document: str, number: int, texts: Sequence[str]
    ) -> PageImage:
        """Return a page of a document and where texts stand on it.

        Raises UsageError `original-missing` where the original was not kept, and ReadError as
        `ingest.readers.page_image.draw_page` and as reading processes do.
        """
        key = (document, number, tuple(texts))
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
        path = kb.original(document)
        if path is None:
            raise UsageError("original-missing")
        image = self._workers.call(
            draw_page,
            path,
            number,
            WIDTH,
            tuple(texts),
            self._workers.limits,
            kind=PageImage,
            modules=_MODULE,
        )
        self._remember(key, image)
        return image

    def _remember(self, key: tuple[str, int, tuple[str, ...]], image: PageImage) -> None:
        with self._lock:
            self._drawn[key] = image
            self._size += len(image.png)
            while self._size > _BYTES and len(self._drawn) > 1:
                _, old = self._drawn.popitem(last=False)
                self._size -= len(old.png)


def texts_of(records: Sequence[Stored]) -> tuple[str, ...]:
    """Return the texts by which records are looked for on their page."""
    return tuple(record.text for record in records)
