"""Grouping: bodies that want much the same, and a map on which the near stand near."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def groups(closeness: Matrix, least: float) -> list[list[int]]:
    """Join bodies by average linkage while the joined parts are at least so close.

    The largest group comes first; the same closeness gives the same groups every time.
    """
    found = [[at] for at in range(len(closeness))]
    between = closeness.astype(float).copy()
    np.fill_diagonal(between, -1.0)
    while len(found) > 1 and between.max() >= least:
        i, j = sorted(int(at) for at in np.unravel_index(int(between.argmax()), between.shape))
        a, b = len(found[i]), len(found[j])
        between[i] = (a * between[i] + b * between[j]) / (a + b)
        between[:, i] = between[i]
        between[i, i] = -1.0
        found[i] = sorted(found[i] + found.pop(j))
        between = np.delete(np.delete(between, j, axis=0), j, axis=1)
    return sorted(found, key=lambda members: (-len(members), members))


def positions(closeness: Matrix) -> Matrix:
    """Place bodies on a plane by classical scaling (Torgerson 1952) of 1 - closeness.

    Axes are signed so that the same closeness gives the same map; the scale fits in [-1, 1].
    """
    count = len(closeness)
    if count < 2:
        return np.zeros((count, 2))
    squared = (1 - closeness) ** 2
    centre = np.eye(count) - 1 / count
    values, axes = np.linalg.eigh(-centre @ squared @ centre / 2)
    order = np.argsort(-values, kind="stable")[:2]
    placed = axes[:, order] * np.sqrt(np.maximum(values[order], 0))
    if placed.shape[1] < 2:
        placed = np.pad(placed, ((0, 0), (0, 2 - placed.shape[1])))
    for axis in range(2):
        if placed[np.abs(placed[:, axis]).argmax(), axis] < 0:
            placed[:, axis] *= -1
    scale = float(np.abs(placed).max()) or 1.0
    return np.asarray(np.round(placed / scale, 4) + 0.0)
