"""Baselines: what general tools make of the same pairs, one number of likeness each.

Cosine of the same model, rapidfuzz's token ratios, and where they are installed MinHash
(datasketch) and semhash. Their thresholds are set on the very pairs they are measured on,
which favours them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from kb.arrays import Mask, Matrix, RowNumbers, Vectors
from kb.model.encoder import Encoder

_NGRAM = 3
_PERMUTATIONS = 128
_ROUNDS = 4
"""Passes over the cuts in search of the best ones."""

_RELATIONS = 5
_RECALL = 0.95


def likenesses(texts: Sequence[tuple[str, str]], encoder: Encoder | None) -> dict[str, Matrix]:
    """Return each tool's likeness of each pair; a tool that is not installed is left out."""
    by_tool: dict[str, Matrix] = {}
    if encoder is not None:
        by_tool["cosine of the same model"] = _cosines(texts, encoder)
    by_tool |= _ratios(texts)
    with suppress(ImportError):
        by_tool["MinHash of 3-grams (datasketch)"] = _minhash(texts)
    if encoder is not None:
        with suppress(ImportError):
            by_tool["semhash with the same model"] = _semhash(texts, encoder)
    return by_tool


def quality(values: Matrix, labels: Sequence[int]) -> dict[str, float]:
    """Return the figures of one number of likeness; label 0 is a duplicate, 2 is elsewhere.

    `auroc` is the chance that a duplicate is likelier than the same work elsewhere,
    `duplicate_f1` and `macro_f1` are at the thresholds that suit the tool best,
    `elsewhere_called_duplicate` where it finds 95 % of duplicates.
    """
    gold = np.array(labels)
    same, other = values[gold == 0], values[gold == 2]
    cut = np.sort(same)[int((1 - _RECALL) * len(same))] if len(same) else 1.0
    wins = (same[:, None] > other[None]).mean() + 0.5 * (same[:, None] == other[None]).mean()
    return {
        "auroc": float(wins),
        "duplicate_f1": _best_f1(values, gold == 0),
        "macro_f1": _best_macro_f1(values, gold),
        "elsewhere_called_duplicate": float((other >= cut).mean()),
    }


def _cosines(texts: Sequence[tuple[str, str]], encoder: Encoder) -> Matrix:
    vectors = encoder.encode([text for pair in texts for text in pair], "passage")
    cosines: Matrix = (vectors[::2] * vectors[1::2]).sum(axis=1).astype(np.float64)
    return cosines


def _ratios(texts: Sequence[tuple[str, str]]) -> dict[str, Matrix]:
    from rapidfuzz import fuzz

    tools: dict[str, Callable[[str, str], float]] = {
        "rapidfuzz ratio": fuzz.ratio,
        "rapidfuzz token sort ratio": fuzz.token_sort_ratio,
        "rapidfuzz token set ratio": fuzz.token_set_ratio,
    }
    return {name: np.array([tool(a, b) for a, b in texts]) for name, tool in tools.items()}


def _minhash(texts: Sequence[tuple[str, str]]) -> Matrix:
    datasketch = importlib.import_module("datasketch")

    def minhash(text: str) -> Any:
        hashed, tight = datasketch.MinHash(num_perm=_PERMUTATIONS), "".join(text.split())
        for at in range(max(1, len(tight) - _NGRAM + 1)):
            hashed.update(tight[at : at + _NGRAM].encode())
        return hashed

    return np.array([minhash(a).jaccard(minhash(b)) for a, b in texts])


def _semhash(texts: Sequence[tuple[str, str]], encoder: Encoder) -> Matrix:
    """Return semhash's score of the second of each pair against an index of the first alone."""
    semhash = importlib.import_module("semhash")

    class Own:
        def encode(self, inputs: Sequence[str], **_: Any) -> Vectors:
            return encoder.encode(list(inputs), "passage")

    scores = []
    for a, b in texts:
        index = semhash.SemHash.from_records(records=[a], model=Own())
        result = index.deduplicate(records=[b], threshold=0.0)
        own = [score for record in result.filtered for _, score in record.duplicates]
        scores.append(max(own, default=1.0 if not result.selected else 0.0))
    return np.array(scores)


def _best_f1(values: Matrix, gold: Mask) -> float:
    return max(
        2 * float(((values >= cut) & gold).sum()) / float((values >= cut).sum() + gold.sum())
        for cut in np.unique(values)
    )


def _best_macro_f1(values: Matrix, gold: RowNumbers) -> float:
    """Return the best macro-F1 of one number cut into five relations, most alike first."""
    steps = np.append(np.unique(values), np.inf)
    cuts = np.quantile(values, np.linspace(0.8, 0.2, _RELATIONS - 1))

    def score(cuts: Matrix) -> float:
        guess = (values[:, None] < np.sort(cuts)[::-1][None]).sum(axis=1)
        hits = np.array([((guess == k) & (gold == k)).sum() for k in range(_RELATIONS)])
        both = np.array([(guess == k).sum() + (gold == k).sum() for k in range(_RELATIONS)])
        return float((2 * hits / np.maximum(1, both))[np.unique(gold)].mean())

    best = score(cuts)
    for at in list(range(_RELATIONS - 1)) * _ROUNDS:
        tried = [(score(np.where(np.arange(_RELATIONS - 1) == at, s, cuts)), s) for s in steps]
        top, step = max(tried)
        if top > best:
            best, cuts[at] = top, step
    return best
