"""How sure each reading rule may be, counted over gold and checked on files left out.

    python -m benchmarks.calibration GOLD_DIR ...

Prints the counts that `ingest/extract/confidence.py` holds (right and all, a rule), and how
often each band of confidence is right: with the counts as they are committed, and with the
counts of the other two thirds of the files each time (three-fold, by a hash of the name).
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from ingest.extract.statements.assembly import EXPECTED, STRENGTH, rate
from kb.evaluation.extraction import evaluate
from kb.evaluation.extraction_report import FileReport

BANDS = (0.0, 0.6, 0.8, 0.9, 0.95, 1.01)
FOLDS = 3


def fold(name: str) -> int:
    """Return to which third of the gold a file belongs, the same on every machine."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % FOLDS


def judged(files: Iterable[FileReport]) -> Iterator[tuple[str, float, bool]]:
    """Return rule, confidence and rightness of all that was found and counts."""
    for file in files:
        for found, verdict in zip(file.predicted, file.outcomes, strict=True):
            if verdict != "ignored":
                yield found.found_by, found.confidence, verdict == "right"


def counts(files: Iterable[FileReport]) -> dict[str, tuple[int, int]]:
    """Return right and all, a rule."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for rule, _, fits in judged(files):
        total[rule] += 1
        right[rule] += fits
    return {rule: (right[rule], total[rule]) for rule in sorted(total)}


def recounted(confidence: float, rule: str, counted: Mapping[str, tuple[int, int]]) -> float:
    """Return the confidence that a rule's find would have with other counts."""
    right, total = counted.get(rule, (0, 0))
    other = (right + STRENGTH * EXPECTED.get(rule, 0.7)) / (total + STRENGTH)
    return _share(_logit(confidence) - _logit(rate(rule)) + _logit(other))


def table(pairs: Iterable[tuple[float, bool]]) -> list[str]:
    """Write the bands of confidence as rows of a table."""
    pairs = list(pairs)
    rows = []
    for low, high in pairwise(BANDS):
        inside = [(sure, fits) for sure, fits in pairs if low <= sure < high]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            right = sum(fits for _, fits in inside) / len(inside)
            rows.append(
                f"| {low:.2f}–{min(high, 1):.2f} | {len(inside)} | {mean:.3f} | {right:.3f} |"
            )
    return rows


def left_out(files: list[FileReport]) -> list[tuple[float, bool]]:
    """Return confidence and rightness of every find, judged by the counts of other files."""
    pairs = []
    for third in range(FOLDS):
        known = counts(f for f in files if fold(f.gold.file) != third)
        rest = judged(f for f in files if fold(f.gold.file) == third)
        pairs += [(recounted(sure, rule, known), fits) for rule, sure, fits in rest]
    return pairs


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def report(files: list[FileReport]) -> list[str]:
    """Write both tables."""
    head = ["| confidence | found | mean confidence | right |", "|---|---|---|---|"]
    as_it_is = [(sure, fits) for _, sure, fits in judged(files)]
    return [
        "As committed:",
        "",
        *head,
        *table(as_it_is),
        "",
        "With the counts of other files only:",
        "",
        *head,
        *table(left_out(files)),
    ]


def main() -> None:
    """Print the counts and the tables."""
    files = [file for folder in sys.argv[1:] for file in evaluate(Path(folder)).files]
    for rule, (right, total) in counts(files).items():
        print(f'    "{rule}": ({right}, {total}),')
    print("\n".join(report(files)))


if __name__ == "__main__":
    main()
