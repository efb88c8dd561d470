"""What general tools make of the same pairs: one number of likeness each, no relations.

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
from numpy.typing import NDArray

from kb.model.encoder import Encoder

Values = NDArray[np.float64]

_GRAM = 3
_PERMUTATIONS = 128
_ROUNDS = 4
_KINDS = 5
_RECALL = 0.95


def likenesses(texts: Sequence[tuple[str, str]], encoder: Encoder | None) -> dict[str, Values]:
    """Return each tool's likeness of each pair; a tool that is not installed is left out."""
    found: dict[str, Values] = {}
    if encoder is not None:
        found["cosine of the same model"] = _cosines(texts, encoder)
    found |= _ratios(texts)
    with suppress(ImportError):
        found["MinHash of 3-grams (datasketch)"] = _minhash(texts)
    if encoder is not None:
        with suppress(ImportError):
            found["semhash with the same model"] = _semhash(texts, encoder)
    return found


def quality(values: Values, labels: Sequence[int]) -> dict[str, float]:
    """Tell how far one number goes: label 0 is a duplicate, 2 the same work elsewhere.

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


def _cosines(texts: Sequence[tuple[str, str]], encoder: Encoder) -> Values:
    vectors = encoder.encode([text for pair in texts for text in pair], "passage")
    near: Values = (vectors[::2] * vectors[1::2]).sum(axis=1).astype(np.float64)
    return near


def _ratios(texts: Sequence[tuple[str, str]]) -> dict[str, Values]:
    from rapidfuzz import fuzz

    tools: dict[str, Callable[[str, str], float]] = {
        "rapidfuzz ratio": fuzz.ratio,
        "rapidfuzz token sort ratio": fuzz.token_sort_ratio,
        "rapidfuzz token set ratio": fuzz.token_set_ratio,
    }
    return {name: np.array([tool(a, b) for a, b in texts]) for name, tool in tools.items()}


def _minhash(texts: Sequence[tuple[str, str]]) -> Values:
    datasketch = importlib.import_module("datasketch")

    def sketch(text: str) -> Any:
        made, tight = datasketch.MinHash(num_perm=_PERMUTATIONS), "".join(text.split())
        for at in range(max(1, len(tight) - _GRAM + 1)):
            made.update(tight[at : at + _GRAM].encode())
        return made

    return np.array([sketch(a).jaccard(sketch(b)) for a, b in texts])


def _semhash(texts: Sequence[tuple[str, str]], encoder: Encoder) -> Values:
    """Ask semhash about each pair alone: is the second a duplicate of the first, how near."""
    semhash = importlib.import_module("semhash")

    class Own:
        def encode(self, inputs: Sequence[str], **_: Any) -> NDArray[np.float32]:
            return encoder.encode(list(inputs), "passage")

    found = []
    for a, b in texts:
        index = semhash.SemHash.from_records(records=[a], model=Own())
        result = index.deduplicate(records=[b], threshold=0.0)
        scores = [score for record in result.filtered for _, score in record.duplicates]
        found.append(max(scores, default=1.0 if not result.selected else 0.0))
    return np.array(found)


def _best_f1(values: Values, gold: NDArray[np.bool_]) -> float:
    return max(
        2 * float(((values >= cut) & gold).sum()) / float((values >= cut).sum() + gold.sum())
        for cut in np.unique(values)
    )


def _best_macro_f1(values: Values, gold: NDArray[np.int64]) -> float:
    """Cut one number into five relations, most alike first, each cut moved where it helps."""
    steps = np.append(np.unique(values), np.inf)
    cuts = np.quantile(values, np.linspace(0.8, 0.2, _KINDS - 1))

    def score(cuts: Values) -> float:
        guess = (values[:, None] < np.sort(cuts)[::-1][None]).sum(axis=1)
        hits = np.array([((guess == k) & (gold == k)).sum() for k in range(_KINDS)])
        both = np.array([(guess == k).sum() + (gold == k).sum() for k in range(_KINDS)])
        return float((2 * hits / np.maximum(1, both))[np.unique(gold)].mean())

    best = score(cuts)
    for at in list(range(_KINDS - 1)) * _ROUNDS:
        tried = [(score(np.where(np.arange(_KINDS - 1) == at, s, cuts)), s) for s in steps]
        top, step = max(tried)
        if top > best:
            best, cuts[at] = top, step
    return best
