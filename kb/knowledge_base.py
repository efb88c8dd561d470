"""The knowledge base: store, words, meaning and search as one object to work with."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from ingest.errors import UsageError
from ingest.records import Document, Organisation, Page
from kb.search.hit import Mode, SearchResult
from kb.search.searcher import BEST_FIRST, Arranged, Searcher
from kb.store.bin import Bin
from kb.store.filters import EVERYTHING, Filters
from kb.store.log import Log
from kb.store.records import Stored, StoredDocument, StoredProject, StoredStatement
from kb.store.reviews import Reviews
from kb.store.store import Status, Store
from kb.vectors.readahead import read_ahead

if TYPE_CHECKING:
    from kb.model.bundled import Progress
    from kb.model.encoder import Encoder
    from kb.search.semantic import Nearest
    from kb.vectors.index import MeaningIndex
    from kb.vectors.stored import Vectors

REPAIR = "phaen check --repair"
_FEW = 256
"""So many texts' vectors are made while a search waits; more are left to `complete`."""


class KnowledgeBase:
    """What plans say, kept in one file, and answers from it.

    `path` is the SQLite file; it is made where there is none unless `create` is False.
    `reviews` keeps people's words on what was read (`kb.store.reviews`), `log` every change,
    `bin` what was deleted.
    The model is loaded when a search by meaning first needs it; `encoder` gives one that
    is loaded already. May be used from any thread. Close it, or use it in `with`.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        create: bool = True,
        encoder: Encoder | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.store = Store(path, create=create)
        self._encoder = encoder
        self._progress = progress
        self._loaded: Nearest | None = None
        self._loading = threading.Lock()
        self._complete_at = -1
        self._identity: str | None = None
        self.searcher = Searcher(self.store, self._nearest)
        self.reviews = Reviews(self.store)
        self.bin = Bin(self.store)
        self.log = Log(self.store)

    # --- documents ------------------------------------------------------------------------

    def add(self, document: Document, source: str | None = None) -> Status:
        """Keep a document whole or not at all: `added`, `unchanged` or `replaced`.

        `source` is the absolute path it was read from; other content from the same path
        takes the old document's place. Vectors are made by `complete`, many at a time.
        """
        return self.store.add(document, source)

    def complete(self, progress: Progress | None = None) -> int:
        """Make the vectors that texts still lack; return how many were made.

        Loads the model only if any are missing. May be stopped at any time: what was made
        is kept, the rest is made next time.
        """
        fingerprint = self._settled_model(progress)
        if not self._vectors(fingerprint).missing():
            return 0
        encoder = self._ready_encoder(progress)
        tell = progress or self._progress
        vectors = self._vectors(encoder.fingerprint)
        return vectors.complete(encoder, tell) if tell else vectors.complete(encoder)

    def keep_original(self, document: str, file: Path) -> None:
        """Keep the file a document is read from; raises PhaenError `original-not-kept`."""
        self.store.keep_original(document, file)

    def original(self, document: str) -> Path | None:
        """Return the file a document was read from, None where it was not kept."""
        return self.store.originals.path(document)

    def has(self, document: str) -> bool:
        """Return whether a document of exactly this id is kept."""
        return self.store.has(document)

    def is_own(self, path: Path) -> bool:
        """Return whether a file is the store's own, by whatever name."""
        return self.store.is_own(path)

    def seen(self, document: str, source: str) -> Literal["unchanged", "replaced"]:
        """Note that a kept document stands at `source`, in the place of what stood there."""
        return self.store.seen(document, source)

    def remove(self, document: str) -> StoredDocument:
        """Move a document and all that hangs on it to the bin; return what it was."""
        return self.store.remove(document)

    def documents(
        self, filters: Filters = EVERYTHING, *, limit: int | None = None, after: int = 0
    ) -> Iterator[StoredDocument]:
        """Give the documents that fit, in the order they came."""
        return self.store.documents(filters, limit=limit, after=after)

    def document(self, document: str) -> StoredDocument:
        """Find a document by its id or an unambiguous beginning of it."""
        return self.store.document(document)

    def whole(self, document: str) -> Document:
        """Give a document with its pages and everything it says."""
        return self.store.whole(document)

    def pages(self, document: str) -> tuple[Page, ...]:
        """Give a document's pages with their clean text."""
        return self.store.pages(document)

    # --- what they say --------------------------------------------------------------------

    def statements(
        self, filters: Filters = EVERYTHING, *, limit: int | None = None, after: int = 0
    ) -> Iterator[StoredStatement]:
        """Give the statements that fit, in the order they were added."""
        return self.store.statements(filters, limit=limit, after=after)

    def projects(
        self, filters: Filters = EVERYTHING, *, limit: int | None = None, after: int = 0
    ) -> Iterator[StoredProject]:
        """Give the projects that fit, in the order they were added."""
        return self.store.projects(filters, limit=limit, after=after)

    def record(self, record: str) -> Stored:
        """Find a statement or project by its id or an unambiguous beginning of it."""
        return self.store.record(record)

    def organisations(self) -> Iterator[tuple[Organisation, Mapping[str, int]]]:
        """Give the bodies by name, each with how many documents, statements, projects it has."""
        return self.store.organisations()

    def search(
        self,
        query: str,
        *,
        mode: Mode = "smart",
        filters: Filters = EVERYTHING,
        limit: int = 10,
        offset: int = 0,
        floor: float | None = None,
        arranged: Arranged = BEST_FIRST,
    ) -> SearchResult:
        """Find what answers a query, best first; no hits where nothing truly does.

        `mode`: `smart` (words and meaning together), `words`, `meaning`, `exact` (the
        phrase as it stands, blind to blanks, digits and spelling variants). Whether there is an
        answer is learnt (`kb.search.answerable`); with a `floor` the best hit must be so relevant,
        the others a quarter of it. `arranged` sorts, groups by
        document and counts by facets. Missing vectors are made
        first, if few, unless `words` or `exact` is asked for. Raises UsageError: `mode-unknown`,
        `limit-invalid`, `document-unknown` (a filter), `model-changed`.
        """
        return self.searcher.search(
            query,
            mode=mode,
            filters=filters,
            limit=limit,
            offset=offset,
            floor=floor,
            arranged=arranged,
        )

    def like(
        self,
        record: str,
        *,
        mode: Mode = "smart",
        filters: Filters = EVERYTHING,
        limit: int = 10,
        offset: int = 0,
        arranged: Arranged = BEST_FIRST,
    ) -> SearchResult:
        """Find what is like a record, named by its id, without the record itself."""
        result = self.record(record)
        return self.search(
            result.text,
            mode=mode,
            filters=filters,
            limit=limit,
            offset=offset,
            arranged=replace(arranged, without=result.key),
        )

    # --- the whole ------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """Count what is kept."""
        store = self.store
        of_kind = store.connection.execute(
            "select count(*) from entries where kind = 'project'"
        ).fetchone()[0]
        return {
            "documents": store.count("documents"),
            "pages": store.count("pages"),
            "statements": store.count("entries") - of_kind,
            "projects": of_kind,
            "organisations": sum(1 for _ in store.organisations()),
        }

    def stats(self) -> dict[str, Any]:
        """Return how much is kept, by kind, body, plan and year, and what is incomplete."""
        from kb.store.statistics import stats

        return self.counts() | stats(self.store) | {"model": self.model_status()}

    def model_status(self) -> dict[str, Any]:
        """Return which model the vectors are of, whether it is loaded, how many texts lack one."""
        kept = self.store.setting("model")
        missing = self._vectors(kept).missing() if kept else self.store.count("passages")
        return {"kept": kept, "loaded": self._loaded is not None, "missing": missing}

    def change_model(self, progress: Progress | None = None) -> int:
        """Make all vectors anew with the model chosen now; return how many texts it was.

        The old model's vectors serve until the last new one is made; an interrupted change
        goes on where it stopped.
        """
        encoder = self._ready_encoder(progress)
        vectors = self._vectors(encoder.fingerprint)
        tell = progress or self._progress
        made = vectors.complete(encoder, tell) if tell else vectors.complete(encoder)
        self.store.remember("model", encoder.fingerprint)
        vectors.forget_others()
        self._loaded, self._complete_at = None, -1
        return made

    def meaning_index(self, progress: Progress | None = None) -> MeaningIndex:
        """Open the index of the vectors there are, mended or made anew where it has to be."""
        from kb.vectors.files import derived

        kept = self._settled_model(progress)
        encoder = self._ready_encoder(progress)
        return derived(
            self.index_folder,
            f"{kept}@{self.store.setting('identity')}",
            encoder.dimensions,
            self._vectors(kept),
            progress or self._progress,
            keep=self.store.writable,
        )

    @property
    def encoder(self) -> Encoder:
        """The encoder of the chosen model; made when it is first asked for."""
        return self._ready_encoder()

    @property
    def nearest(self) -> Nearest:
        """The meaning of everything kept, ready to be searched; opened when first asked for."""
        return self._nearest()

    @property
    def index_folder(self) -> Path:
        """Where the meaning index lies: beside the store, and made again where it is gone."""
        return self.store.path.with_name(self.store.path.name + ".meaning")

    def ready_encoder(self, progress: Progress | None = None) -> Encoder:
        """Return the model that makes vectors, loaded first where it is not yet."""
        return self._ready_encoder(progress)

    def warm_up(self) -> None:
        """Load the model and make missing vectors before a search needs them.

        The first time the indexes are read ahead too; the store itself is opened by SQLite
        alone (see `kb.store.connections`).
        """
        first = self._loaded is None
        self._nearest()
        self._ready_encoder().warm_up()
        if first:
            read_ahead([self.index_folder, self.searcher.shelf.folder])

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _vectors(self, fingerprint: str) -> Vectors:
        from kb.vectors.stored import Vectors

        return Vectors(self.store, fingerprint)

    def chosen_fingerprint(self, progress: Progress | None = None) -> str:
        """Return the fingerprint of the model chosen now, without loading it."""
        if self._encoder is not None:
            return self._encoder.fingerprint
        from kb.model.chosen import chosen_model

        return chosen_model(progress or self._progress).fingerprint

    def _settled_model(self, progress: Progress | None = None) -> str:
        """Return the fingerprint of the model to use; it must be the one the vectors are of."""
        chosen, kept = self.chosen_fingerprint(progress), self.store.setting("model")
        if kept is None:
            if self.store.writable:
                self.store.remember("model", chosen)
        elif kept != chosen:
            raise UsageError("model-changed", kept=kept, chosen=chosen, command=REPAIR)
        return chosen

    def _ready_encoder(self, progress: Progress | None = None) -> Encoder:
        if self._encoder is None:
            from kb.model.sentence_encoder import load_encoder

            self._encoder = load_encoder(progress or self._progress)
        return self._encoder

    def _nearest(self) -> Nearest:
        with self._loading:
            self._complete_if_little()
            identity = self.store.setting("identity")
            if self._loaded is None or self._identity != identity:
                self._loaded, self._identity = self._opened(), identity
            return self._loaded

    def _opened(self) -> Nearest:
        from kb.search.semantic import Nearest

        encoder = self._ready_encoder()
        return Nearest(self.meaning_index(), self._vectors(encoder.fingerprint), encoder)

    def _complete_if_little(self) -> None:
        """Make what vectors are missing, but not so many that a running server would stall."""
        if self._complete_at == self.store.generation or not self.store.writable:
            return
        few = self._vectors(self._settled_model()).missing() <= _FEW
        if few or self._loaded is None:
            self.complete()
        self._complete_at = self.store.generation
