"""The meaning of works: cosines of their texts, each text encoded once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from kb.model.encoder import Encoder

_KEPT = 50_000


class WorkVectors:
    """Remembers the vectors of the works compared last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def vector(self, encoder: Encoder, work: str) -> NDArray[np.float32]:
        """Return the vector of a work's text."""
        self._learn(encoder, [work])
        return self._kept[work]

    def cosines(self, encoder: Encoder, work: str, others: Sequence[str]) -> list[float]:
        """Return the cosine of a work's text with each of some others."""
        if not others:
            return []
        self._learn(encoder, [work, *others])
        own = self._kept[work]
        return [float(own @ self._kept[other]) for other in others]

    def _learn(self, encoder: Encoder, texts: Sequence[str]) -> None:
        """Encode what is not remembered; what was asked longest ago is forgotten."""
        wanted = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if wanted:
            self._kept.update(zip(wanted, encoder.encode(wanted, "passage"), strict=True))
        for text in texts:
            self._kept.move_to_end(text)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
