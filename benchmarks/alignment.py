"""Measure alignment: `python -m benchmarks.alignment [GOLD]`.

Prints the figures of `phaen evaluate align` for a gold folder as a table, or, without one,
the time 1,000 proposals take against a plan of 200 statements and all frameworks.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kb.alignment.aligner import Aligner
from kb.alignment.answers import Target
from kb.alignment.targets import framework_targets
from kb.alignment.texts import said
from kb.encoder import load_encoder
from kb.evaluation.alignment import evaluate
from kb.proposals import Proposal

TEXTS = Path(__file__).resolve().parents[1] / "corpora" / "training" / "alignment.jsonl"


def speed(aligner: Aligner) -> float:
    """Return the seconds 1,000 proposals take; the model is loaded."""
    rows = [json.loads(line) for line in TEXTS.read_text("utf-8").splitlines()]
    works = [text for row in rows for text in row["proposals"]]
    plans = [text for row in rows for text in row["statements"]]
    proposals = [Proposal(f"{works[at % len(works)]} หมู่ที่ {at}") for at in range(1000)]
    texts = [f"{plans[at % len(plans)]} ระยะที่ {at}" for at in range(200)]
    targets = [Target(text, text, said(text)) for text in texts] + framework_targets()
    start = time.perf_counter()
    aligner.align(proposals, targets)
    return time.perf_counter() - start


def main() -> None:
    """Print the table or the time."""
    encoder = load_encoder()
    encoder.warm_up()
    if len(sys.argv) > 1:
        print(json.dumps(evaluate(Path(sys.argv[1]), encoder), indent=1))
    else:
        print(f"1,000 proposals: {speed(Aligner(encoder)):.1f} s")


if __name__ == "__main__":
    main()
