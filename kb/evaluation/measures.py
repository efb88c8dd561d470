"""Measures that several evaluations share: shares, ranking quality, calibration."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.arrays import Mask, Matrix

_BINS = 10


def rounded(value: float) -> float:
    """Return a figure with four decimals."""
    return round(float(value), 4)


def share(values: Sequence[bool]) -> float | None:
    """Return the share of true values, None where there are none."""
    return rounded(sum(values) / len(values)) if values else None


def auroc(right: Sequence[float] | Matrix, wrong: Sequence[float] | Matrix) -> float | None:
    """Return how often a right one scores above a wrong one, ties counted half.

    None where either is missing.
    """
    if not len(right) or not len(wrong):
        return None
    above, below = np.asarray(right)[:, None], np.asarray(wrong)[None]
    return rounded((above > below).mean() + 0.5 * (above == below).mean())


def calibration_error(
    probabilities: Sequence[float] | Matrix, correct: Sequence[bool] | Mask
) -> float | None:
    """Return the expected calibration error over ten equal bins (Naeini et al. 2015).

    None where there is nothing to judge.
    """
    if not len(probabilities):
        return None
    stated, right = np.asarray(probabilities, dtype=float), np.asarray(correct, dtype=float)
    bins = np.minimum((stated * _BINS).astype(int), _BINS - 1)
    gaps = [abs(stated[bins == b].sum() - right[bins == b].sum()) for b in np.unique(bins)]
    return rounded(sum(gaps) / len(stated))
