"""Fit the small models of `kb.reference.themes` and `kb.comparison.likeness` on their gold.

    python tools/train_themes.py            fit and write corpora/themes/*.json
    python tools/train_themes.py --misses   also print what is wrong in the tuning part

Only the tuning part of the gold is looked at; `benchmarks/comparison.py` measures the rest.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.comparison.likeness import features as pair_features  # noqa: E402
from kb.model.sentence_encoder import load_encoder  # noqa: E402
from kb.reference.themes import ThemeEvidence, evidence, features, themes, themes_of, weights  # noqa: E402

GOLD, OUT = ROOT / "corpora/gold", ROOT / "corpora/themes"
_L2 = 1.0


def lines(name: str, part: str = "tuning") -> list[dict[str, Any]]:
    """Read one part of a gold file."""
    rows = [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]
    return [row for row in rows if row["part"] == part]


def fitted(
    names: Sequence[str], rows: NDArray[np.float64], truth: NDArray[np.float64]
) -> dict[str, float]:
    """Fit a logistic regression by Newton's method, the bias not held back."""
    weights = np.zeros(rows.shape[1])
    hold = np.eye(rows.shape[1]) * _L2
    hold[0, 0] = 1e-6
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (truth - chance) - hold @ weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + hold
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


def fit_likeness(encoder: Any) -> dict[str, Mapping[str, float]]:
    """Fit the likeness of phrases on old and new visions."""
    made: list[tuple[dict[str, float], float]] = []
    for row in lines("phrase_changes.jsonl"):
        pairs = {(c["old"], c["new"]) for c in row["changes"] if c["change"] == "reworded"}
        same = {c["old"] for c in row["changes"] if c["change"] == "kept"}
        old = [c["old"] for c in row["changes"] if c["old"]]
        new = [c["new"] for c in row["changes"] if c["new"]]
        both = list(dict.fromkeys([*old, *new]))
        found = pair_features(both, encoder.encode(both, "passage"))
        for a in old:
            for b in new:
                if a not in same and b not in same:
                    i, j = both.index(a), both.index(b)
                    values = {name: float(table[i, j]) for name, table in found.items()}
                    made.append((values, float((a, b) in pairs)))
    truth = np.array([value for _, value in made])
    out = {}
    for kind, names in {
        "words": ("bias", "words", "inside", "letters", "themes"),
        "meaning": ("bias", "words", "inside", "letters", "themes", "meaning"),
    }.items():
        table = np.array([[values[name] for name in names] for values, _ in made])
        out[kind] = fitted(names, table, truth)
    return out


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
