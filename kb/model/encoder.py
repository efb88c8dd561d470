"""What an encoder is: texts in, vectors out, and the fingerprint of the model that made them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Role = Literal["query", "passage"]
"""The side of a search a text stands on; e5 models encode the two differently."""

Vectors = NDArray[np.float32]
"""Vectors of length one, float32, of shape (texts, dimensions)."""


class Encoder(Protocol):
    """What turns texts into vectors. `fingerprint` goes with every vector kept."""

    @property
    def fingerprint(self) -> str:
        """The model's name and a digest of its content."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return one row of length one for each text, in the order given."""
        ...

    def warm_up(self) -> None:
        """Load all there is to load, so that no later call has to wait for it."""
        ...
