"""Grouping: clusters by average linkage, and a map by classical scaling."""

from __future__ import annotations

import numpy as np

from kb.arrays import Matrix


def groups(closeness: Matrix, least: float) -> list[list[int]]:
    """Return clusters of rows by average linkage, joined while at least so close, largest first.

    The closest are joined first, of equally close ones the earlier rows, in cubic time.
    """
    clusters = [[row] for row in range(len(closeness))]
    between = closeness.astype(float).copy()
    np.fill_diagonal(between, -1.0)
    while len(clusters) > 1 and between.max() >= least:
        i, j = sorted(int(row) for row in np.unravel_index(int(between.argmax()), between.shape))
        a, b = len(clusters[i]), len(clusters[j])
        between[i] = (a * between[i] + b * between[j]) / (a + b)
        between[:, i] = between[i]
        between[i, i] = -1.0
        clusters[i] = sorted(clusters[i] + clusters.pop(j))
        between = np.delete(np.delete(between, j, axis=0), j, axis=1)
    return sorted(clusters, key=lambda members: (-len(members), members))


def positions(closeness: Matrix) -> Matrix:
    """Return coordinates, shape (rows, 2), by classical scaling (Torgerson 1952) of 1 - closeness.

    Axes are signed so that the same closeness gives the same map; the scale fits in [-1, 1].
    """
    count = len(closeness)
    if count < 2:
        return np.zeros((count, 2))
    squared = (1 - closeness) ** 2
    centre = np.eye(count) - 1 / count
    values, axes = np.linalg.eigh(-centre @ squared @ centre / 2)
    order = np.argsort(-values, kind="stable")[:2]
    coordinates = axes[:, order] * np.sqrt(np.maximum(values[order], 0))
    if coordinates.shape[1] < 2:
        coordinates = np.pad(coordinates, ((0, 0), (0, 2 - coordinates.shape[1])))
    for axis in range(2):
        if coordinates[np.abs(coordinates[:, axis]).argmax(), axis] < 0:
            coordinates[:, axis] *= -1
    scale = float(np.abs(coordinates).max()) or 1.0
    return np.asarray(np.round(coordinates / scale, 4) + 0.0)


def linked(likeness: Matrix, least: float) -> list[list[int]]:
    """Return clusters of rows by average linkage, joined while at least so alike, largest first.

    The chain of nearest neighbours (Benzécri 1982) makes it quadratic in time, for thousands
    of rows. It gives what `groups` gives but where several pairs are equally alike.
    """
    count = len(likeness)
    between = np.round(likeness.astype(float), 9)
    np.fill_diagonal(between, -1.0)
    members: dict[int, list[int]] = {row: [row] for row in range(count)}
    done: list[list[int]] = []
    chain: list[int] = []
    while members:
        if not chain:
            chain.append(min(members))
        last = chain[-1]
        nearest = int(between[last].argmax())
        if len(chain) > 1 and between[last, nearest] <= between[last, chain[-2]]:
            nearest = chain[-2]
        if between[last, nearest] < least:
            done.append(members.pop(last))
            between[last] = between[:, last] = -1.0
            chain.pop()
        elif len(chain) > 1 and nearest == chain[-2]:
            chain = chain[:-2]
            _join(between, members, *sorted((last, nearest)))
        else:
            chain.append(nearest)
    return sorted((sorted(part) for part in done), key=lambda part: (-len(part), part))


def _join(between: Matrix, members: dict[int, list[int]], into: int, row: int) -> None:
    a, b = len(members[into]), len(members[row])
    between[into] = (a * between[into] + b * between[row]) / (a + b)
    between[:, into] = between[into]
    between[into, into] = -1.0
    between[row] = between[:, row] = -1.0
    members[into] += members.pop(row)
