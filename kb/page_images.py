"""Pictures of pages, made from originals when they are first looked at, and kept beside the store.

`<store>.pages/<document>/<number>.png` and `.json`: derived like an index, in no backup, made
again where they are gone. `kb.page_marks` says where on a page a text stands.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.errors import ReadError
from ingest.readers.page_image import print_page
from ingest.sandbox.pool import Workers
from ingest.temporary import TemporaryFolder
from kb.originals import Originals


class PageImages:
    """The pictures of a store's pages, made by `workers` from its `originals`."""

    def __init__(self, originals: Originals, workers: Workers) -> None:
        self.folder = originals.pages
        self._originals, self._workers = originals, workers

    def image(self, document: str, number: int, media_type: str) -> Path:
        """Return the PNG of a page, from 1; make it first where it is not there.

        Raises ReadError: `original-missing`, and what `print_page` and a reading process raise.
        """
        place = self.folder / document
        image = place / f"{number}.png"
        if not image.is_file() or not image.with_suffix(".json").is_file():
            self._make(document, number, media_type, place)
        return image

    def letters(self, document: str, number: int, media_type: str) -> Mapping[str, Any]:
        """Return `size`, `text` and `boxes` of a page, as `print_page` describes them."""
        path = self.image(document, number, media_type).with_suffix(".json")
        about: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return about

    def _make(self, document: str, number: int, media_type: str, place: Path) -> None:
        original = self._originals.path(document)
        if original is None:
            raise ReadError("original-missing", id=document)
        try:
            self._print(original, number, media_type, place)
        except OSError as error:  # a full disk, or one that can only be read
            raise ReadError("page-image-missing", file=document) from error

    def _print(self, original: Path, number: int, media_type: str, place: Path) -> None:
        with TemporaryFolder() as folder:
            self._workers.call(
                print_page,
                original,
                number,
                media_type,
                folder.path,
                kind=int,
                writes=(folder.path,),
            )
            place.mkdir(parents=True, exist_ok=True)
            for ending in (".json", ".png"):
                beside = place / f".{number}{ending}.new"
                shutil.copyfile(folder.path / f"page{ending}", beside)
                beside.replace(place / f"{number}{ending}")
