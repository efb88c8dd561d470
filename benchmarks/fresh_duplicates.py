"""Measure pairs of projects that the program has not seen, beside general tools.

    python -m benchmarks.fresh_duplicates FILE [--note TEXT]

FILE holds labelled pairs, one a line (`corpora/training/project_pairs`). The program judges
every pair as it judges for people; cosine, rapidfuzz and MinHash cut one number into the five
relations at thresholds fitted on the first writer's pairs. One entry is appended to
`benchmarks/results/fresh_duplicates.md`; entries are never changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from kb.arrays import Matrix, RowNumbers
from kb.duplicates.pairs_file import LabelledPair, read_pairs
from kb.duplicates.relation import RELATIONS
from kb.evaluation.baselines import likenesses
from kb.evaluation.duplicates import called, probabilities
from kb.evaluation.measures import calibration_error
from kb.model.sentence_encoder import load_encoder

ROOT = Path(__file__).resolve().parents[1]
FITTED_ON = ROOT / "corpora" / "training" / "project_pairs" / "n01.jsonl"
RESULTS = ROOT / "benchmarks" / "results" / "fresh_duplicates.md"
_STEPS = 24
"""Places where a cut may lie: quantiles of the values it was fitted on."""


def macro_f1(gold: RowNumbers, said: RowNumbers) -> float:
    """Return the mean F1 of the five relations, 0 for one that is never right."""
    hits = np.array([((gold == k) & (said == k)).sum() for k in range(len(RELATIONS))])
    both = np.array([(gold == k).sum() + (said == k).sum() for k in range(len(RELATIONS))])
    return float((2 * hits / np.maximum(1, both)).mean())


def cut(values: Matrix, cuts: Sequence[float]) -> RowNumbers:
    """Return the relation of each value: 0 above the first cut, 4 below the last."""
    return np.asarray((values[:, None] < np.array(cuts)[None]).sum(axis=1))


def fitted_cuts(values: Matrix, gold: RowNumbers) -> tuple[float, ...]:
    """Return the four descending cuts that give the best macro-F1 on labelled values."""
    steps = np.unique(np.quantile(values, np.linspace(0, 1, _STEPS)))[::-1]
    tried = combinations(steps.tolist(), len(RELATIONS) - 1)
    return max(tried, key=lambda cuts: macro_f1(gold, cut(values, cuts)))


def measures(gold: RowNumbers, said: RowNumbers) -> dict[str, float]:
    """Return macro-F1, recall and precision of duplicates, and elsewhere called duplicate."""
    right = ((gold == 0) & (said == 0)).sum()
    return {
        "macro_f1": macro_f1(gold, said),
        "recall": right / max(1, (gold == 0).sum()),
        "precision": right / max(1, (said == 0).sum()),
        "elsewhere": ((gold == 2) & (said == 0)).sum() / max(1, (gold == 2).sum()),
    }


def labels(pairs: Sequence[LabelledPair]) -> RowNumbers:
    """Return the relations of pairs as numbers of `RELATIONS`."""
    return np.array([RELATIONS.index(pair.relation) for pair in pairs])


def tools(
    pairs: Sequence[LabelledPair], fitted_on: Sequence[LabelledPair], encoder: Any
) -> Mapping[str, dict[str, float]]:
    """Return the measures of general tools, cut where it suits them best on other pairs."""
    known = likenesses([pair.texts for pair in fitted_on], encoder)
    values = likenesses([pair.texts for pair in pairs], encoder)
    return {
        name: measures(
            labels(pairs), cut(values[name], fitted_cuts(known[name], labels(fitted_on)))
        )
        for name in values
    }


def commit() -> str:
    """Return the short name of the commit; a star where the program differs from it."""
    run = ("git", "-C", str(ROOT))
    name = subprocess.run([*run, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    own = [*run, "status", "--porcelain", "--", "kb", "ingest", "corpora/names"]
    changed = subprocess.run(own, capture_output=True, text=True)
    return name.stdout.strip() + ("*" if changed.stdout.strip() else "")


def row(name: str, figures: Mapping[str, float]) -> str:
    """Return a line of the table."""
    f1, recall, precision = (figures[key] for key in ("macro_f1", "recall", "precision"))
    return f"| {name} | {f1:.3f} | {recall:.3f} | {precision:.3f} | {figures['elsewhere']:.1%} |"


def main() -> None:
    """Measure a file and append the entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--note", default="")
    parser.add_argument("--dry", action="store_true", help="print the entry and write nothing")
    asked = parser.parse_args()
    pairs, encoder = read_pairs(asked.file), load_encoder()
    chances = probabilities([(pair.a, pair.b) for pair in pairs], encoder)
    gold, said = labels(pairs), called(chances)
    sure = chances[np.arange(len(said)), said]
    digest = hashlib.sha256(asked.file.read_bytes()).hexdigest()[:12]
    confusion = np.zeros((len(RELATIONS), len(RELATIONS)), dtype=int)
    np.add.at(confusion, (gold, said), 1)
    lines = [
        f"## {asked.file.stem}: {date.today().isoformat()}, commit {commit()}",
        "",
        f"File {digest}, {len(pairs)} pairs. {asked.note}".strip(),
        "",
        "| tool | macro-F1 | recall of duplicates | precision | elsewhere called duplicate |",
        "|---|---|---|---|---|",
        row("phaen", measures(gold, said)),
        *(row(*stated) for stated in tools(pairs, read_pairs(FITTED_ON), encoder).items()),
        "",
        f"Calibration error of its score {calibration_error(sure, said == gold):.3f}. "
        "Confusion (rows: people; columns: phaen; duplicate, continuation, elsewhere, related, "
        f"different): `{json.dumps(confusion.tolist())}`",
        "",
    ]
    print("\n".join(lines))
    if not asked.dry:
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
