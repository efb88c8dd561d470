"""Whether answers depend on the processor, on threads, and on the precision chosen.

    python -m benchmarks.sameness

asks the gold's questions (`corpora/gold`, and `eval/search` of the founding sets where
they are) in a process for each surrounding, compares their first fifty hits with those of
float32 as it comes here, and writes `benchmarks/results/sameness.md`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.texts import statements
from kb import KnowledgeBase
from kb.evaluation.queries import documents_in, off_topic_in, queries_in
from kb.model.sentence_encoder import DefaultEncoder, load_encoder

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "sameness.md"
SETS = (
    ROOT / "corpora" / "gold",
    Path(os.environ.get("PHAEN_SHARED", ROOT.parent / "shared")) / "eval" / "search",
)
MODES = ("smart", "meaning")
SURROUNDINGS: dict[str, dict[str, str]] = {
    "float32": {},
    "float32, one thread": {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    },
    "float32, AVX2 at most": {
        "ATEN_CPU_CAPABILITY": "avx2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "FAISS_OPT_LEVEL": "avx2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "OPENBLAS_CORETYPE": "Haswell",
    },
    "float32, SSE4 at most": {
        "ATEN_CPU_CAPABILITY": "default",
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "FAISS_OPT_LEVEL": "generic",
        "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
        "OPENBLAS_CORETYPE": "Nehalem",
    },
    "bfloat16": {"PHAEN_PRECISION": "bfloat16"},
}


def asked(folder: Path, encoder: DefaultEncoder) -> dict[str, Any]:
    """Answer a set's questions: for each mode and question the hits with their relevance."""
    found: dict[str, Any] = {}
    with (
        tempfile.TemporaryDirectory() as place,
        KnowledgeBase(Path(place) / "gold.db", encoder=encoder) as kb,
    ):
        for document in documents_in(folder):
            kb.add(document)
        for query in [*(each.text for each in queries_in(folder)), *off_topic_in(folder)]:
            for mode in MODES:
                hits = kb.search(query, mode=mode, limit=50).hits
                found[f"{folder.name}|{mode}|{query}"] = [
                    (f"{hit.record.file}|{hit.record.text}", hit.relevance) for hit in hits
                ]
    return found


def answers() -> dict[str, Any]:
    """Answer all sets as a knowledge base does; measure how fast the library encodes."""
    encoder = load_encoder()
    if not isinstance(encoder, DefaultEncoder):
        sys.exit("unset PHAEN_MODEL: this measures the default model")
    texts = statements(256, seed=3)
    encoder.library().encode(texts[:32], "passage")
    began = time.process_time()
    encoder.library().encode(texts, "passage")
    speed = len(texts) / (time.process_time() - began)
    found: dict[str, Any] = {"speed": speed, "letters": sum(map(len, texts)) / len(texts)}
    for folder in SETS:
        if folder.is_dir():
            found |= asked(folder, encoder)
    return found


def compared(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    """Write a table's cells: what differs, a mode each."""
    for mode in MODES:
        names = [name for name in ours if f"|{mode}|" in name]
        firsts = [
            [[key for key, _ in each[name][:10]] for each in (ours, theirs)] for name in names
        ]
        pairs = [
            (relevance, dict(map(tuple, theirs[name]))[key])
            for name in names
            for key, relevance in ours[name]
            if key in dict(map(tuple, theirs[name]))
        ]
        yield f"{sum(set(one) != set(other) for one, other in firsts)} / {len(names)}"
        yield f"{sum(one != other for one, other in firsts)}"
        yield f"{sum(f'{one:.0%}' != f'{other:.0%}' for one, other in pairs)} / {len(pairs)}"
        yield f"{max(abs(one - other) for one, other in pairs):.5f}"


def main() -> None:
    """Ask in every surrounding and write the table."""
    stated = {}
    for name, surrounding in SURROUNDINGS.items():
        kept = {key: value for key, value in os.environ.items() if key != "PHAEN_PRECISION"}
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.sameness", "--answer"],
            cwd=ROOT,
            env=kept | surrounding,
            stdout=subprocess.PIPE,
            check=True,
        )
        stated[name] = json.loads(ran.stdout)
    lines = [
        "# The same answers everywhere",
        "",
        "`python -m benchmarks.sameness`",
        "",
        "Differences from float32 as it comes, in the first ten hits of each question and in the",
        "relevances of the first fifty.",
        f"Texts of {stated['float32']['letters']:.0f} letters are encoded by the library, a second",
        "of processor time (on a busy machine; the ratio tells).",
        "",
        "| | smart: ten hits differ | their order | per cents shown | relevance, at most "
        "| meaning: ten hits differ | their order | per cents shown | relevance, at most "
        "| texts/s |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, answer in stated.items():
        speed = f"{answer['speed']:.0f}"
        lines.append(f"| {' | '.join([name, *compared(stated['float32'], answer), speed])} |")
    RESULT.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--answer"]:
        json.dump(answers(), sys.stdout)
    else:
        main()
