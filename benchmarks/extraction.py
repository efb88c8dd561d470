"""How fast and how right extraction is.

    python -m benchmarks.extraction [GOLD_DIR ...]

Speed: pages of about 2,000 characters of clean text, one core, reading not counted. The text
is that of the project's sample documents, so headings, lists, tables as lines and news take
their natural shares. Scores: precision, recall and F1 for each folder of gold named.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from ingest.extract import extract
from ingest.limits import Limits
from ingest.readers import read_content
from ingest.records import Content, Page
from kb.evaluation.extraction import evaluate

SAMPLES = Path(__file__).resolve().parent.parent / "corpora" / "samples"
PAGE = 2_000
PAGES = 600


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
    """Return pages a second of processor time over documents of 20 pages, the best of three."""
    pages = sample_pages()
    documents = [
        Content("text/plain", tuple(Page(n, p.text) for n, p in enumerate(pages[i : i + 20], 1)))
        for i in range(0, PAGES, 20)
    ]
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for number, content in enumerate(documents):
            extract(content, file="sample", document_id=str(number))
        best = min(best, time.process_time() - begun)
    return PAGES / best


def main() -> None:
    """Print speed, then scores."""
    print(f"speed: {speed():.0f} pages/s of {PAGE} characters")
    for folder in sys.argv[1:]:
        report = evaluate(Path(folder))
        for name, lenient in (("strict", False), ("lenient", True)):
            score = report.score(lenient=lenient)
            print(
                f"{folder} {name}: P {score.precision or 0:.3f} R {score.recall or 0:.3f}"
                f" F1 {score.f1 or 0:.3f} of {score.gold}"
            )
        alarms, negative = report.false_alarms()
        print(f"{folder} false alarms: {alarms} of {negative}")


if __name__ == "__main__":
    main()
