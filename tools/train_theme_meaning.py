"""Fit the themes of phrases by their meaning, for `kb.comparison.theme_meaning`.

    python tools/train_theme_meaning.py       fit and write corpora/themes/meaning.json (minutes)

Learnt from: the tuning part of the gold and the fresh visions that had their turn (labelled by
reading), examples, definitions and evidence words of the taxonomy, and the wordings of usual
wants with the themes that their words have.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.comparison.phrases import unnamed  # noqa: E402
from kb.comparison.theme_meaning import features  # noqa: E402
from kb.model.sentence_encoder import load_encoder  # noqa: E402
from kb.reference.themes import themes, themes_of  # noqa: E402

CORPORA = ROOT / "corpora"
OUT = CORPORA / "themes/meaning.json"
_L2 = 10.0
USED_BATCHES = ("1", "2")
"""Fresh batches that may be learnt from (corpora/training/README.md)."""
_WORDS_A_THEME = 30.0
"""The words of a theme count as so many texts together: none has the word for its many words."""
_COUNTED_FROM = 0.4
"""Chosen on the first batch, with the words of before it: from this probability a theme counts."""

Labelled = tuple[str, frozenset[str], float]
"""A text, its themes, and how much it counts."""


def _table(path: str) -> list[dict[str, str]]:
    with (CORPORA / path).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def labelled() -> Iterator[Labelled]:
    """Yield all texts to learn from."""
    for line in (CORPORA / "gold/themes.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["part"] == "tuning":
            yield row["text"], frozenset(row["themes"]), 2.0
    for batch in USED_BATCHES:
        for fresh in _table(f"training/comparison/themes_{batch}.tsv"):
            text = unnamed(fresh["text"], fresh["body"])
            yield text, frozenset(code for code in fresh["themes"].split(";") if code), 2.0
    for want in _table("themes/wordings.tsv"):
        for wording in want["wordings"].split(";"):
            yield wording, frozenset(match.theme for match in themes_of(wording)), 1.0
    yield from taxonomy()


def taxonomy() -> Iterator[Labelled]:
    """Yield the definitions, examples and evidence words of the themes."""
    words: dict[str, set[str]] = {}
    for theme in themes():
        yield theme.definition, frozenset({theme.code}), 1.0
        for example in theme.examples:
            yield example, frozenset({theme.code}), 2.0
        for word in theme.terms:
            words.setdefault(word.removeprefix("^"), set()).add(theme.code)
    listed = Counter(code for codes in words.values() for code in codes)
    for word in sorted(words):
        if "…" not in word:
            rarest = min(listed[code] for code in words[word])
            yield word, frozenset(words[word]), min(0.5, _WORDS_A_THEME / rarest)


def fitted(
    rows: NDArray[np.float64], truth: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fit a logistic regression by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(12):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (counts * (truth - chance)) - _L2 * weights
        spread = counts * chance * (1 - chance) + 1e-6
        bend = (rows * spread[:, None]).T @ rows + _L2 * np.eye(rows.shape[1])
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-3:
            break
    return weights


def fit(texts: Iterable[Labelled]) -> dict[str, object]:
    """Return what the program reads: the encoder's fingerprint, the mean, weights by theme."""
    listed = list(texts)
    encoder = load_encoder()
    vectors = encoder.encode([text for text, _, _ in listed], "passage")
    mean = np.round(vectors.astype(np.float64).mean(axis=0), 4)
    rows = features(vectors, mean)
    counts = np.array([count for *_, count in listed])
    by_theme = {}
    for theme in themes():
        truth = np.array([float(theme.code in codes) for _, codes, _ in listed])
        weights = fitted(rows, truth, counts)
        weights[-1] -= np.log(_COUNTED_FROM / (1 - _COUNTED_FROM))
        by_theme[theme.code] = [round(float(weight), 3) for weight in weights]
    return {"encoder": encoder.fingerprint, "mean": mean.tolist(), "themes": by_theme}


def main() -> None:
    """Fit and write."""
    OUT.write_text(json.dumps(fit(labelled())) + "\n", "utf-8")


if __name__ == "__main__":
    main()
