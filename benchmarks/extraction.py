"""How fast and how right extraction is.

    python -m benchmarks.extraction [GOLD_DIR ...]

Speed: pages of about 2,000 characters of clean text, one core, reading not counted. The text
is that of the project's sample documents, so headings, lists, tables as lines and news take
their natural shares. Scores: for each folder of gold named, all its files, a fixed third of
them (by a hash of the name) and the rest; then how often each band of confidence is right.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.calibration import fold
from benchmarks.calibration import report as calibration
from ingest.extract import extract
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.records import Content, Page
from kb.evaluation.extraction import evaluate
from kb.evaluation.extraction_report import ExtractionReport

SAMPLES = Path(__file__).resolve().parent.parent / "corpora" / "samples"
PAGE = 2_000
PAGES = 600
KINDS = (
    "vision",
    "mission",
    "value",
    "goal",
    "strategic_issue",
    "strategy",
    "indicator",
    "project",
)


def sample_pages() -> tuple[Page, ...]:
    """Return the clean text of the sample documents, over and over, cut at line ends."""
    texts = [
        page.text
        for path in sorted(SAMPLES.iterdir())
        if path.suffix in (".txt", ".html", ".docx", ".pdf")
        for page in read_content(path, Limits()).pages
    ]
    lines = "\n".join(texts).split("\n")
    pages: list[Page] = []
    held: list[str] = []
    while len(pages) < PAGES:
        for line in lines:
            held.append(line)
            if sum(map(len, held)) >= PAGE:
                pages.append(Page(len(pages) + 1, "\n".join(held)))
                held = []
    return tuple(pages[:PAGES])


def speed() -> float:
    """Return pages a second of processor time over documents of 20 pages, the best of seven."""
    pages = sample_pages()
    documents = [
        Content("text/plain", tuple(Page(n, p.text) for n, p in enumerate(pages[i : i + 20], 1)))
        for i in range(0, PAGES, 20)
    ]
    best = float("inf")
    for _ in range(7):
        begun = time.process_time()
        for number, content in enumerate(documents):
            extract(content, file="sample", document_id=str(number))
        best = min(best, time.process_time() - begun)
    return PAGES / best


def figures(folder: Path) -> list[str]:
    """Write the figures of one folder of gold: all files, a fixed third, and the rest."""
    report = evaluate(folder)
    parts = [
        ("all", report.files),
        ("a third", tuple(f for f in report.files if fold(f.gold.file) == 0)),
        ("the rest", tuple(f for f in report.files if fold(f.gold.file) != 0)),
    ]
    return [_row(folder.name, name, ExtractionReport(files)) for name, files in parts if files]


def _row(folder: str, part: str, report: ExtractionReport) -> str:
    strict, lenient = report.score(), report.score(lenient=True)
    alarms, negative = report.false_alarms()
    bodies = report.bodies()
    cells = [
        f"{folder}, {part}",
        len(report.files),
        strict.gold,
        *(_share(score) for score in (strict.precision, strict.recall, strict.f1)),
        *(_share(score) for score in (lenient.precision, lenient.recall)),
        f"{alarms} of {negative}",
        *(_share(bodies[name].precision) for name in ("kind", "name")),
        _share(report.periods().precision),
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def kinds(folder: Path) -> list[str]:
    """Write precision and recall of each kind of statement, strictly."""
    report = evaluate(folder)
    scores = {kind: report.score(kind=kind) for kind in KINDS}
    return [
        f"| {kind} | {_share(score.precision)} | {_share(score.recall)} | {score.gold} |"
        for kind, score in scores.items()
        if score.gold or score.predicted
    ]


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def main() -> None:
    """Print the report that `benchmarks/results/extraction.md` holds."""
    folders = [Path(name) for name in sys.argv[1:]]
    print(f"Speed: {speed():.0f} pages/s of {PAGE} characters, one core, clean text.\n")
    print(
        "| set | files | gold | strict P | R | F1 | lenient P | R | alarms | body | name | years |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for folder in folders:
        print("\n".join(figures(folder)))
    for folder in folders[:1]:
        print(f"\n{folder.name}, strictly, a kind:\n\n| kind | P | R | gold |\n|---|---|---|---|")
        print("\n".join(kinds(folder)))
    files = [file for folder in folders for file in evaluate(folder).files]
    print("\nConfidence\n")
    print("\n".join(calibration(files)))


if __name__ == "__main__":
    main()
