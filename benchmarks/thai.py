"""How well and how fast Thai text is mended, measured, cut and understood.

    python -m benchmarks.thai [SHARED_DIR]

Mending: the text `pdftotext -raw` gives of the defective PDFs in `eval/files`, before and
after `repair`, as character error rate against the text they were made from, white space
not scored; the running header is left out. Body and years: the pages of `eval/pages`
whose gold can be told from the text. Speed: processor time of one core, the best of five.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from ingest.extract.identity import identity_of
from ingest.thai.lines import join_broken_lines
from ingest.thai.quality import quality
from ingest.thai.repair import repair
from ingest.thai.words import fold, words

HERE = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PHAEN_SHARED", HERE.parent / "shared"))
HEADER = re.compile(
    r"^(แผนพัฒนาท้องถิ่น \(พ.ศ. ๒๕๖๖ - ๒๕๗๐\)|เทศบาลตำบลหนองน้ำใส อำเภอ.*|[0-9๐-๙]|[0-9/]{8,}.*)$"
)


def without_header(text: str) -> str:
    """Leave out the running header and the page number."""
    lines = (line for line in text.split("\n") if not HEADER.match(line.strip("\f ")))
    return "\n".join(lines)


def error_rate(text: str, truth: str) -> float:
    """Return the character error rate in percent, white space not scored."""
    bare, wanted = re.sub(r"\s", "", text), re.sub(r"\s", "", truth)
    return 100 * Levenshtein.distance(bare, wanted) / len(wanted)


def spaced_error_rate(text: str, truth: str) -> float:
    """Return the character error rate in percent, runs of white space scored as one."""
    one, other = re.sub(r"\s+", " ", text), re.sub(r"\s+", " ", truth)
    return 100 * Levenshtein.distance(one, other) / len(other)


def mending(shared: Path) -> None:
    """Print the table of the defective PDFs."""
    truth = (shared / "eval" / "files" / "truth_prose.txt").read_text(encoding="utf-8")
    print("| file | CER % as read | CER % mended | with white space | words in dictionary % |")
    print("|---|---|---|---|---|")
    for path in sorted((shared / "eval" / "files").glob("[abcf]_*.pdf")):
        raw = subprocess.run(
            ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
        mended = without_header("\n".join(repair(page) for page in raw.split("\f")))
        print(
            f"| {path.name} | {error_rate(without_header(raw), truth):.2f}"
            f" | {error_rate(mended, truth):.2f}"
            f" | {spaced_error_rate(join_broken_lines(mended), truth):.2f}"
            f" | {100 * quality(raw).share:.1f} → {100 * quality(mended).share:.1f} |"
        )


def understanding(shared: Path) -> None:
    """Print how often body, province and years of the gold pages come out right."""
    folder = shared / "eval" / "pages"
    right = dict.fromkeys(("body", "province", "years"), 0)
    asked = dict.fromkeys(right, 0)
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        found = identity_of(repair((folder / gold["file"]).read_text(encoding="utf-8")))
        body, years = found.organisation, found.period
        answers = {
            "body": (
                gold.get("org_in_text"),
                body and (body.name, body.kind),
                (gold["org"], gold["org_type"]),
            ),
            "province": (gold.get("province_in_text"), body and body.province, gold["province"]),
            "years": (True, years and years.to_list(), gold["period"]),
        }
        for name, (scored, answer, wanted) in answers.items():
            asked[name] += bool(scored)
            right[name] += bool(scored) and answer == wanted
    print("\n| asked of `eval/pages` | right | of |\n|---|---|---|")
    for name in right:
        print(f"| {name} | {right[name]} | {asked[name]} |")


def speed(shared: Path) -> None:
    """Print the rates of the functions every page goes through."""
    text = (shared / "eval" / "files" / "truth_prose.txt").read_text(encoding="utf-8")
    size = len(text.encode()) / 1e6
    work: dict[str, Callable[[str], object]] = {
        "repair": repair,
        "quality": quality,
        "words": words,
        "fold": fold,
        "identity_of": identity_of,
    }
    print("\n| function | MB/s of UTF-8 | ms a page of 2,000 characters |\n|---|---|---|")
    for name, function in work.items():
        function(text)
        best = min(_seconds(function, text) for _ in range(5))
        print(f"| {name} | {size / best:.1f} | {1000 * best * 2000 / len(text):.2f} |")


def _seconds(function: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    for _ in range(20):
        function(text)
    return (time.process_time() - begun) / 20


def main() -> None:
    """Print the three tables as Markdown."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    mending(shared)
    understanding(shared)
    speed(shared)


if __name__ == "__main__":
    main()
