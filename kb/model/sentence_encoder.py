"""Texts to vectors: the one place where a sentence-transformers model is loaded and run.

Vectors are float32, of length one, and comparable only where `fingerprint` is the same.
They are computed in float32 on every processor, unless `PHAEN_PRECISION` says otherwise:
what is fastest here may not be so elsewhere, and answers follow the precision.
Nearness is their inner product. For the e5 family it lives in a narrow band (some 0.75 to
0.95), so it orders texts and is no score for people.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.errors import PhaenError
from kb.model import bundled
from kb.model.batching import MicroBatcher
from kb.model.bundled import Progress
from kb.model.chosen import Model, chosen_model, offline
from kb.model.encoder import Role, Vectors
from kb.model.forward_pass import Forward

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


_TOKEN = 16
"""Characters the longest token of a vocabulary may have; what lies beyond the model's
tokens, counted so, is cut before the tokenizer sees it."""

_FEW = 20_000
"""Characters that NumPy computes sooner than the library is imported: some 4,000 a second and
core, where the import takes six to twelve seconds."""

_BATCH = 2_000
"""Characters a batch may hold, counted with the filling up to its longest text: measured
best of 800 to 12,000, since what a batch computes on the way then stays in the cache."""


class SentenceEncoder:
    """An Encoder that runs a sentence-transformers model on this machine's processor.

    Threads may share one: what they ask at the same time is computed together.
    """

    def __init__(self, model: Model, transformer: SentenceTransformer) -> None:
        self.model = model
        self._transformer = transformer
        self._longest = _TOKEN * min(transformer.max_seq_length or 512, 8192)
        self._together = MicroBatcher(self._run)
        self.dimensions = int(self._run([""]).shape[1])

    @property
    def fingerprint(self) -> str:
        """The model's name and a digest of its content."""
        return self.model.fingerprint

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return float32 vectors of length one, shape (len(texts), dimensions).

        Texts are cut where the model stops reading. Equal texts are computed once.
        """
        prompt = self.model.prompts[role]
        wanted, rows = _distinct([prompt + _sound(text[: self._longest]) for text in texts])
        vectors = np.empty((len(wanted), self.dimensions), dtype=np.float32)
        for start, end in _batches([len(text) for text in wanted]):
            vectors[start:end] = self._together(wanted[start:end])
        return vectors[rows]

    def warm_up(self) -> None:
        """Do nothing: all is loaded."""

    def _run(self, texts: list[str]) -> Vectors:
        result = self._transformer.encode(
            texts, batch_size=len(texts), show_progress_bar=False, prompt=""
        )
        vectors: Vectors = np.array(result, dtype=np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors


class DefaultEncoder:
    """The default model: questions by `kb.model.forward_pass`, many passages by the library.

    Both compute the same from the same folder, but that the library alone knows bfloat16
    where that was chosen. The library takes seconds to import and more
    memory than all else a search needs, so it is loaded when passages of more than 20,000
    characters have been asked for, at once or one by one. Threads may share an encoder:
    what they ask at the same time is computed together.
    """

    def __init__(self, model: Model, progress: Progress | None = None) -> None:
        self.model = model
        self._progress = progress or bundled.silent
        self._quick = Forward(model.folder)
        self._together = MicroBatcher(self._quick.encode)
        self._library: SentenceEncoder | None = None
        self._loading = threading.Lock()
        self._computed = 0
        self.dimensions = self._quick.dimensions

    @property
    def fingerprint(self) -> str:
        """The model's name and a digest of its content."""
        return self.model.fingerprint

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return float32 vectors of length one, shape (len(texts), dimensions)."""
        size = sum(len(text) + _TOKEN for text in texts)
        if role == "passage":
            size += self._computed
        if size > _FEW:
            return self.library().encode(texts, role)
        if role == "passage":
            self._computed = size
        prompt = self.model.prompts[role]
        wanted, rows = _distinct([prompt + _sound(text) for text in texts])
        return self._together(wanted)[rows]

    def warm_up(self) -> None:
        """Compute a question, so that the weights are read."""
        self.encode(["แผน"], "query")

    def library(self) -> SentenceEncoder:
        """Return the model in the library, loaded first where it is not yet."""
        with self._loading:
            if self._library is None:
                self._progress("model-load", 0, 1)
                self._library = SentenceEncoder(self.model, _load(self.model))
                self._progress("model-load", 1, 1)
            return self._library


def load_encoder(progress: Progress | None = None) -> DefaultEncoder | SentenceEncoder:
    """Return an encoder of the model `chosen_model` tells, ready to encode.

    Raises PhaenError: `model-unusable` where a folder holds no model, and what
    `chosen_model` raises.
    """
    model = chosen_model(progress)
    if model.name == bundled.NAME:
        return DefaultEncoder(model, progress)
    return SentenceEncoder(model, _load(model))


def _load(model: Model) -> SentenceTransformer:
    with _quiet():
        try:
            import torch
            from sentence_transformers import SentenceTransformer

            transformer = SentenceTransformer(
                str(model.folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": getattr(torch, model.precision)},
            )
        except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise PhaenError("model-unusable", model=model.name, reason=reason) from error
    return transformer.eval()


def _distinct(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return every text once, the shortest first, and where each of the given ones stands."""
    wanted = sorted(set(texts), key=lambda text: (len(text), text))
    rows = {text: row for row, text in enumerate(wanted)}
    return wanted, [rows[text] for text in texts]


def _sound(text: str) -> str:
    """Replace what is no character (half of a surrogate pair)."""
    return text.encode("utf-8", "replace").decode()


def _batches(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Split texts sorted by length into runs whose filled-up size stays within a batch."""
    start = 0
    for at, length in enumerate(lengths):
        if at > start and (at - start + 1) * length > _BATCH:
            yield start, at
            start = at
    if start < len(lengths):
        yield start, len(lengths)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries from asking a hub, drawing bars and logging what users can't mend."""
    if offline():
        os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from transformers.utils import logging as talk_of_transformers

    talk: Any = talk_of_transformers
    was = talk.get_verbosity()
    talk.set_verbosity_error()
    talk.disable_progress_bar()
    logger = logging.getLogger("sentence_transformers")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
        talk.set_verbosity(was)
