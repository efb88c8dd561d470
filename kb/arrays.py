"""NumPy arrays by what they hold: one alias for each shape and dtype that `kb` passes around."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Embeddings, shape (texts, dimensions), each row of length one; or one row of them."""

HalfVectors = NDArray[np.float16]
"""Embeddings as they are stored in half precision, dimensions last."""

Matrix = NDArray[np.float64]
"""Scores, probabilities or features, rows first."""

Scores = NDArray[np.float32]
"""One score a row, shape (rows,)."""

RowNumbers = NDArray[np.int64]
"""Row numbers of an index, or keys of records, shape (rows,)."""

Mask = NDArray[np.bool_]
"""Which rows count, shape (rows,)."""

HashKeys = NDArray[np.uint32]
"""CRC-32 hashes, shape (keys,)."""
