"""Encoders that have not learnt from a writer, so that what judges learns from honest vectors.

The adapter learns from the same writers as the judgements that use its vectors. Their training
therefore reads each writer's texts with an adapter that never saw that writer
(`python -m tools.train_adapter --without WRITER ... --out FILE`); such files are made anew for a
training and not kept. Writers that no file leaves out are read with the model as it is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from safetensors import safe_open

from kb.model.sentence_encoder import DefaultEncoder, SentenceEncoder, load_encoder

AnyEncoder = DefaultEncoder | SentenceEncoder


def left_out(adapter: Path) -> tuple[str, ...]:
    """Return the writers that an adapter has not learnt from, as its training noted them."""
    with safe_open(adapter, framework="numpy") as file:
        return tuple(json.loads((file.metadata() or {}).get("without", "[]")))


class UnseenEncoders:
    """The model's encoder, and for each writer one whose adapter has not seen that writer."""

    def __init__(self, adapters: Sequence[Path]) -> None:
        self.usual: AnyEncoder = load_encoder()
        self._of_writer: dict[str, AnyEncoder] = {}
        for adapter in adapters:
            encoder = _with_adapter(adapter)
            self._of_writer |= dict.fromkeys(left_out(adapter), encoder)

    def of(self, writer: str) -> AnyEncoder:
        """Return the encoder for a writer's texts."""
        return self._of_writer.get(writer, self.usual)

    def groups(self, writers: Sequence[str]) -> Iterator[tuple[AnyEncoder, list[int]]]:
        """Yield each encoder with the places of the writers that it is for."""
        places: dict[int, list[int]] = {}
        encoders: dict[int, AnyEncoder] = {}
        for place, writer in enumerate(writers):
            encoder = self.of(writer)
            encoders[id(encoder)] = encoder
            places.setdefault(id(encoder), []).append(place)
        for key, encoder in encoders.items():
            yield encoder, places[key]


def _with_adapter(adapter: Path) -> AnyEncoder:
    with _chosen(adapter):
        encoder = load_encoder()
        encoder.warm_up()
    return encoder


@contextmanager
def _chosen(adapter: Path) -> Iterator[None]:
    before = os.environ.get("PHAEN_ADAPTER")
    os.environ["PHAEN_ADAPTER"] = str(adapter)
    try:
        yield
    finally:
        del os.environ["PHAEN_ADAPTER"]
        if before is not None:
            os.environ["PHAEN_ADAPTER"] = before
