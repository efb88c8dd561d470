"""How well and how fast proposals are matched with what they serve.

    python -m benchmarks.alignment [GOLD] [--keep]

Judges the gold of a folder as `phaen evaluate align` does (phaen, plain cosine of the same
model, BM25 over words), audits the sample documents, and times 1,000 proposals against a
plan of 200 statements and all frameworks with the model loaded. `--keep` writes the tables to
`benchmarks/results/alignment.md`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import kb.alignment.audit as audits
from benchmarks.texts import CORPORA, RESULTS, machine
from ingest import read
from kb import KnowledgeBase
from kb.alignment.aligner import Aligner
from kb.alignment.subject_terms import subject_terms
from kb.alignment.targets import framework_targets
from kb.alignment.verdicts import Target
from kb.evaluation.alignment import METHODS, evaluate
from kb.loading.proposals import Proposal
from kb.model.sentence_encoder import load_encoder

TEXTS = CORPORA / "training" / "alignment.jsonl"
GOLD = CORPORA / "gold" / "alignment.jsonl"
NAMES = {"phaen": "phaen", "cosine": "cosine", "bm25": "BM25"}
REACH = {"NS": "0.52 / 0.85", "MP": "0.42 / 0.72", "M": "0.60 / 0.80"}


def figures(found: Mapping[str, Any]) -> Iterator[str]:
    """Write an evaluation as a table, all rows and the part held back."""
    yield (
        "| set | figure | reach | "
        + " | ".join(f"{NAMES[m]}{part}" for part in ("", ", held back") for m in METHODS)
        + " |"
    )
    yield "|---" * 9 + "|"
    if "proposals" in found:
        every, held = found["proposals"]["all"], found["proposals"]["held_back"]
        for key, name, reach in (
            ("first", "right statement first", "0.92"),
            ("auroc", "aligned against none, AUROC", "0.94"),
        ):
            cells = [_number(part[m][key]) for part in (every, held) for m in METHODS]
            yield f"| proposals ({every['rows']}) | {name} | {reach} | {' | '.join(cells)} |"
    if "declared" not in found:
        return
    every, held = found["declared"]["all"], found["declared"]["held_back"]
    for level, reach in REACH.items():
        cells = [
            f"{_number(part['levels'][level][m]['first'])} / "
            f"{_number(part['levels'][level][m]['within_three'])}"
            for part in (every, held)
            for m in METHODS
        ]
        rows = every["levels"][level]["phaen"]["rows"]
        yield f"| declared, {level} ({rows}) | first / within three | {reach} | " + (
            " | ".join(cells) + " |"
        )
    for key, name, reach in (
        ("not_served_aligned", "not served, told `aligned`", "≤ 0.05"),
        ("ece", "calibration error", "≤ 0.06"),
        ("cannot_tell", "`cannot_tell`", "≤ 0.15"),
    ):
        values = f"{_number(every[key])} | | | {_number(held[key])} | | |"
        yield f"| declared ({every['rows']}) | {name} | {reach} | {values}"


def audited(aligner: Aligner) -> Iterator[str]:
    """Audit the bodies of the samples, every project's doubt against the gold."""
    gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    sound: list[float] = []
    planted: list[float] = []
    kept, audits.MISDECLARED = audits.MISDECLARED, 0.0
    with (
        tempfile.TemporaryDirectory() as folder,
        KnowledgeBase(Path(folder) / "kb.db", create=True) as kb,
    ):
        for file in sorted((CORPORA / "samples").iterdir()):
            kb.add(read(file))
        for body in sorted({row["organisation"] for row in gold}):
            for each in audits.audit(kb, aligner, body)[1]:
                right = _sound(gold, each.project.file, each.project.record.title)
                if right is not None:
                    (sound if right else planted).append(each.doubt)
    audits.MISDECLARED = kept
    listed = sum(doubt >= kept for doubt in planted)
    wrongly = sum(doubt >= kept for doubt in sound)
    yield "| planted | listed | least doubt | sound | listed | greatest doubt | bound |"
    yield "|---|---|---|---|---|---|---|"
    yield (
        f"| {len(planted)} | {listed} | {min(planted):.3f} | {len(sound)} | {wrongly} | "
        f"{max(sound):.3f} | {kept} |"
    )


def speed(aligner: Aligner) -> float:
    """Return the seconds 1,000 proposals take; the model is loaded."""
    rows = [json.loads(line) for line in TEXTS.read_text("utf-8").splitlines()]
    works = [text for row in rows for text in row["proposals"]]
    plans = [text for row in rows for text in row["statements"]]
    proposals = [Proposal(f"{works[at % len(works)]} หมู่ที่ {at}") for at in range(1000)]
    texts = [f"{plans[at % len(plans)]} ระยะที่ {at}" for at in range(200)]
    targets = [Target(text, text, subject_terms(text)) for text in texts] + framework_targets()
    start = time.perf_counter()
    aligner.align(proposals, targets)
    return time.perf_counter() - start


def _sound(gold: list[dict[str, Any]], file: str, title: str) -> bool | None:
    for row in gold:
        if row["file"] in file and _tight(row["title"]) == _tight(title):
            return bool(row["sound"])
    return None


def _tight(text: str) -> str:
    return "".join(text.split())


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def main() -> None:
    """Print or keep the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    encoder = load_encoder()
    encoder.warm_up()
    lines = ["# Alignment", "", machine("torch", "sentence-transformers"), ""]
    lines += ["Made by `python -m benchmarks.alignment GOLD --keep`."]
    if asked.gold:
        lines += ["", "## Against gold, as `phaen evaluate align`", ""]
        lines += figures(evaluate(asked.gold, encoder))
        print("\n".join(lines), flush=True)
    lines += ["", "## Audit of the sample documents", "", *audited(Aligner(encoder))]
    seconds = speed(Aligner(encoder))
    lines += [
        "",
        "## Speed",
        "",
        "| 1,000 proposals, 200 statements, all frameworks | reach |",
        "|---|---|",
        f"| {seconds:.1f} s | 60 s |",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.keep:
        (RESULTS / "alignment.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
