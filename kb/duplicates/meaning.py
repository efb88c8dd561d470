"""The meaning of works: cosines of their texts, each text encoded once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from kb.encoder import Encoder

_KEPT = 50_000


class WorkMeaning:
    """Remembers the vectors of the works compared last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def cosines(self, encoder: Encoder, work: str, others: Sequence[str]) -> list[float]:
        """Return the cosine of a work's text with each of some others."""
        if not others:
            return []
        wanted = [text for text in dict.fromkeys([work, *others]) if text not in self._kept]
        if wanted:
            self._kept.update(zip(wanted, encoder.encode(wanted, "passage"), strict=True))
        own = self._kept[work]
        found = [float(own @ self._kept[other]) for other in others]
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found
