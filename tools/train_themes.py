"""Fit the small models of `kb.reference.themes` and `kb.comparison.likeness` on their gold.

    python tools/train_themes.py            fit and write corpora/themes/*.json
    python tools/train_themes.py --misses   also print what is wrong in the tuning part

Only the tuning part of the gold is looked at; `benchmarks/comparison.py` measures the rest.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.comparison.likeness import FEATURES, anchors  # noqa: E402
from kb.comparison.likeness import features as pair_features  # noqa: E402
from kb.model.sentence_encoder import load_encoder  # noqa: E402
from kb.reference.themes import ThemeEvidence, evidence, features, themes, themes_of, weights  # noqa: E402

GOLD, OUT = ROOT / "corpora/gold", ROOT / "corpora/themes"
TRAINING = ROOT / "corpora/training/comparison"
_L2 = 1.0
_OTHERS = 4
USED_BATCHES = ("1", "2")
"""Fresh batches that may be learnt from (corpora/training/README.md)."""


def lines(name: str, part: str = "tuning") -> list[dict[str, Any]]:
    """Read one part of a gold file."""
    rows = [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]
    return [row for row in rows if row["part"] == part]


def fitted(
    names: Sequence[str],
    rows: NDArray[np.float64],
    truth: NDArray[np.float64],
    counts: NDArray[np.float64] | None = None,
) -> dict[str, float]:
    """Fit a logistic regression by Newton's method, the bias not held back.

    `counts` says how often each row counts, once where it is left out.
    """
    times = np.ones(len(rows)) if counts is None else counts
    weights = np.zeros(rows.shape[1])
    hold = np.eye(rows.shape[1]) * _L2
    hold[0, 0] = 1e-6
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (times * (truth - chance)) - hold @ weights
        bend = (rows * (times * chance * (1 - chance))[:, None]).T @ rows + hold
        weights = weights + np.linalg.solve(bend, slope)
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def fit_themes() -> dict[str, float]:
    """Fit the weights of evidence."""
    names = ("bias", "told", "more", "hints")
    seen, truth = [], []
    for row in lines("themes.jsonl"):
        words = evidence(row["text"])
        for theme in themes():
            found = features(words.get(theme.code, ThemeEvidence((), ())))
            seen.append([found[name] for name in names])
            truth.append(float(theme.code in row["themes"]))
    return fitted(names, np.array(seen), np.array(truth))


Pairs = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
"""Rows of features, whether the two phrases want the same, and how often each row counts."""


def fit_likeness(encoder: Any) -> dict[str, Mapping[str, float]]:
    """Fit the likeness of phrases on other wordings, labelled pairs, and old and new visions."""
    sets = [wording_pairs(encoder), labelled_pairs(encoder), changed_pairs(encoder)]
    rows, truth, counts = (np.concatenate(parts) for parts in zip(*sets, strict=True))
    without = [number for number, name in enumerate(FEATURES) if name not in ("meaning", "centred")]
    names = [FEATURES[number] for number in without]
    return {
        "words": fitted(names, rows[:, without], truth, counts),
        "meaning": fitted(FEATURES, rows, truth, counts),
    }


def _rows(found: Mapping[str, NDArray[np.float64]], ones: Any, others: Any) -> NDArray[np.float64]:
    return np.column_stack([found[name][ones, others] for name in FEATURES])


def _found(texts: Sequence[str], encoder: Any) -> dict[str, NDArray[np.float64]]:
    centre = encoder.encode(anchors(), "passage").mean(axis=0)
    return pair_features(texts, encoder.encode(texts, "passage"), centre)


def wording_pairs(encoder: Any) -> Pairs:
    """Return each two wordings; of other wants but for those that are near (`near`).

    Together the pairs of other wants count four times as much as those of one, and the ones
    that share a word or a theme ten times as much as the rest of them.
    """
    with (OUT / "wordings.tsv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    near = {frozenset((r["want"], other)) for r in table for other in r["near"].split(";")}
    listed = [(text, r["want"]) for r in table for text in r["wordings"].split(";")]
    found = _found([text for text, _ in listed], encoder)
    pairs = [
        (i, j)
        for j in range(len(listed))
        for i in range(j)
        if frozenset((listed[i][1], listed[j][1])) not in near
    ]
    ones, others = (np.array(column) for column in zip(*pairs, strict=True))
    rows = _rows(found, ones, others)
    wants = np.array([want for _, want in listed])
    truth = (wants[ones] == wants[others]).astype(float)
    is_hard = np.any(
        [found[name][ones, others] > 0 for name in ("words", "qualifiers", "themes", "hints")],
        axis=0,
    )
    counts = np.where(truth == 1, 0.0, np.where(is_hard, 10.0, 1.0))
    counts *= _OTHERS * truth.sum() / counts.sum()
    return rows, truth, np.where(truth == 1, 1.0, counts)


def labelled_pairs(encoder: Any) -> Pairs:
    """Return the pairs of the fresh batches that had their turn as a measure."""
    table = []
    for batch in USED_BATCHES:
        with (TRAINING / f"pairs_{batch}.tsv").open(encoding="utf-8") as file:
            table += list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [row[end] for row in table for end in ("one", "other")]
    found = _found(texts, encoder)
    ones = np.arange(0, len(texts), 2)
    truth = np.array([float(row["alike"]) for row in table])
    return _rows(found, ones, ones + 1), truth, np.ones(len(table))


def changed_pairs(encoder: Any) -> Pairs:
    """Return each old phrase with each new one of the tuning plans, but those that were kept."""
    made, truth = [], []
    for row in lines("phrase_changes.jsonl"):
        pairs = {(c["old"], c["new"]) for c in row["changes"] if c["change"] == "reworded"}
        same = {c["old"] for c in row["changes"] if c["change"] == "kept"}
        old = [c["old"] for c in row["changes"] if c["old"] and c["old"] not in same]
        new = [c["new"] for c in row["changes"] if c["new"] and c["new"] not in same]
        both = list(dict.fromkeys([*old, *new]))
        found = _found(both, encoder)
        for a in old:
            for b in new:
                made.append(_rows(found, [both.index(a)], [both.index(b)])[0])
                truth.append(float((a, b) in pairs))
    return np.array(made), np.array(truth), np.ones(len(made))


def misses() -> None:
    """Print the tuning statements whose themes are told wrongly."""
    for row in lines("themes.jsonl"):
        codes, right = {theme.theme for theme in themes_of(row["text"])}, set(row["themes"])
        if codes != right:
            print(f"+{sorted(codes - right)} -{sorted(right - codes)} {row['text']}")


def main() -> None:
    """Fit both models and write them."""
    model = fit_themes()
    (OUT / "model.json").write_text(json.dumps(model, indent=1) + "\n", "utf-8")
    alike = fit_likeness(load_encoder())
    (OUT / "likeness.json").write_text(json.dumps(alike, indent=1) + "\n", "utf-8")
    print(json.dumps({"themes": model, "likeness": alike}, indent=1))
    if "--misses" in sys.argv:
        weights.cache_clear()
        misses()


if __name__ == "__main__":
    main()
