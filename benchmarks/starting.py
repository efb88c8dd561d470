"""How fast phaen starts and answers, as a user meets it.

    python -m benchmarks.starting

Commands are whole processes, the median of five after one run not counted; the warm search is
asked of one open knowledge base, with questions it has not heard. The knowledge base holds the
sample corpus. The table goes to `benchmarks/results/starting.md`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.texts import RESULTS, machine, questions
from kb import KnowledgeBase

SAMPLES = Path(__file__).resolve().parent.parent / "corpora" / "samples"
PHAEN = Path(sys.executable).parent / "phaen"


def command(*arguments: str) -> float:
    """Return the median seconds of a whole process."""
    stated = []
    for _ in range(6):
        begun = time.perf_counter()
        subprocess.run([PHAEN, *arguments], check=False, capture_output=True)
        stated.append(time.perf_counter() - begun)
    return statistics.median(stated[1:])


def warm(path: str) -> tuple[float, float]:
    """Return the middle and the 95th per cent of warm smart searches, in milliseconds."""
    asked = questions(60)
    stated = []
    with KnowledgeBase(path) as kb:
        for question in asked:
            begun = time.perf_counter()
            kb.search(question)
            stated.append(1000 * (time.perf_counter() - begun))
    stated = sorted(stated[10:])
    return statistics.median(stated), stated[int(0.95 * len(stated))]


def main() -> None:
    """Measure and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        kb = str(Path(folder) / "phaen.db")
        subprocess.run([PHAEN, "add", SAMPLES, "--kb", kb], check=True, capture_output=True)
        page = str(SAMPLES / "01-sriphanalai-plan-2561.txt")
        rows = [
            ("`phaen extract FILE`", f"{command('extract', page):.2f} s"),
            ("`phaen list`", f"{command('list', '--kb', kb):.2f} s"),
            ("`phaen search --mode words`", f"{_words(kb):.2f} s"),
            ("smart search, warm: median / 95 %", "{:.0f} / {:.0f} ms".format(*warm(kb))),
        ]
    lines = ["| what | measured |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    text = f"# Starting and answering\n\n`python -m benchmarks.starting`; {machine()}\n\n"
    (RESULTS / "starting.md").write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def _words(kb: str) -> float:
    return command("search", "--mode", "words", "น้ำเพื่อการเกษตร", "--kb", kb)


if __name__ == "__main__":
    main()
