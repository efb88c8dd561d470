"""The ink of a scanned page: what is dark, how far the page is turned, where lines are ruled.

Masks are arrays of booleans, rows first, True where there is ink.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.readers.tables.ruled import Edge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Mask = NDArray[np.bool_]

_STEEPEST = 3.0
_STEP = 0.1
_RULE = 0.3
"""The shortest ruling line, in inches: longer than any stroke of a letter."""

_DARK = 0.9
_CONTRAST = 40
_SPARSE = 0.002


def ink_of(image: Image) -> Mask:
    """Part ink from paper by the threshold that parts the two best (Otsu's method)."""
    import numpy as np

    grey = np.asarray(image.convert("L"))
    counts = np.bincount(grey.ravel(), minlength=256).astype(float)
    weight = np.cumsum(counts)
    mean = np.cumsum(counts * np.arange(256))
    rest = weight[-1] - weight
    both = weight * rest
    spread = (mean[-1] * weight / weight[-1] - mean) ** 2 / np.where(both > 0, both, np.inf)
    result: Mask = grey <= (int(np.argmax(spread)) if spread.any() else -1)
    return result


def is_blank(image: Image, ink: Mask, dpi: int) -> bool:
    """Whether a page holds nothing: hardly any contrast, or specks only."""
    import numpy as np

    darkest, usual = np.percentile(np.asarray(image.convert("L")), (0.05, 50))
    if usual - darkest < _CONTRAST:
        return True
    return bool(ink.mean() < _SPARSE and without_specks(ink, dpi).sum() < dpi)


def skew_of(ink: Mask) -> float:
    """Return by how many degrees the page must be turned counter-clockwise to lie straight.

    The turn at which rows of ink stand out most, within three degrees either way.
    """
    import numpy as np

    height, width = (size // 3 * 3 for size in ink.shape)
    small = ink[:height, :width].reshape(height // 3, 3, width // 3, 3).any((1, 3))
    ys, xs = np.nonzero(small)
    if not len(ys):
        return 0.0
    margin = small.shape[1] * np.tan(np.radians(_STEEPEST)) + 1
    best, result = -1.0, 0.0
    for degrees in np.arange(-_STEEPEST, _STEEPEST + _STEP / 2, _STEP):
        rows = np.bincount((ys - xs * np.tan(np.radians(degrees)) + margin).astype(int))
        sharpness = float((rows.astype(float) ** 2).sum())
        if sharpness > best:
            best, result = sharpness, float(degrees)
    return result if abs(result) > _STEP / 2 else 0.0


def rules_of(ink: Mask, dpi: int) -> list[Edge]:
    """Find the ruled lines of a page that lies straight, in pixels."""
    shortest = int(_RULE * dpi)
    across = [Edge(True, y, x0, x1) for y, x0, x1 in _stretches(ink, shortest)]
    down = [Edge(False, x, y0, y1) for x, y0, y1 in _stretches(ink.T, shortest)]
    return across + down


def _stretches(ink: Mask, shortest: int) -> Iterator[tuple[float, float, float]]:
    """Yield the long stretches of ink along the rows: row, start, end."""
    import numpy as np

    if ink.shape[1] <= shortest:
        return
    sums = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = (sums[:, shortest:] - sums[:, :-shortest]) >= _DARK * shortest
    for row in np.flatnonzero(full.any(axis=1)):
        steps = np.diff(np.concatenate(([0], full[row].astype(np.int8), [0])))
        starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
        for start, end in zip(starts, ends, strict=True):
            yield float(row), float(start), float(end + shortest - 1)


def without_specks(ink: Mask, dpi: int) -> Mask:
    """Drop ink that hangs together with too little to be a letter, a mark or a full stop."""
    size = dpi / 200
    seeds = ink & (_around(ink, 2) >= max(4.0, 7 * size * size))
    return ink & (_around(seeds, round(3 * size)) > 0)


def _around(ink: Mask, reach: int) -> NDArray[np.int32]:
    """Count the ink in the square around each place."""
    import numpy as np

    side = 2 * reach + 1
    padded = np.pad(ink, ((reach + 1, reach), (reach + 1, reach)))
    sums = np.cumsum(np.cumsum(padded, axis=0, dtype=np.int32), axis=1, dtype=np.int32)
    result: NDArray[np.int32] = (
        sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    )
    return result


def lines_of(ink: Mask, dpi: int) -> list[tuple[int, int]]:
    """Cut a block of text into its lines: (top row, row below), marks kept with their line.

    Rows of letters hold much more ink than the marks between them; short lines count as
    full ones, because each row is weighed against its neighbours only.
    """
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view

    height = len(ink)
    reach = max(1, round(0.11 * dpi))
    if height < 1.4 * reach:
        return [(0, height)]
    rows = np.convolve(ink.sum(axis=1).astype(float), np.ones(3) / 3, "same")
    most = sliding_window_view(np.pad(rows, reach), 2 * reach + 1).max(axis=1)
    letters = rows > 0.4 * np.maximum(most, 6 * dpi / 200)
    bodies = _bands(letters, round(0.04 * dpi))
    if len(bodies) < 2:
        return [(0, height)]
    cuts = [0]
    for (_, end), (start, _) in pairwise(bodies):
        between = rows[end:start]
        first, after = max(_bands(between == between.min(), 1), key=lambda band: band[1] - band[0])
        cuts.append(end + (first + after) // 2)
    cuts.append(height)
    return list(pairwise(cuts))


def _bands(rows: NDArray[np.bool_], near: int) -> list[tuple[int, int]]:
    """Join the stretches of True that lie near each other; drop those that stay thin."""
    import numpy as np

    steps = np.diff(np.concatenate(([0], rows.astype(np.int8), [0])))
    bands: list[tuple[int, int]] = []
    for start, end in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True):
        if bands and start - bands[-1][1] < near:
            bands[-1] = (bands[-1][0], int(end))
        else:
            bands.append((int(start), int(end)))
    return [(start, end) for start, end in bands if end - start >= near]
