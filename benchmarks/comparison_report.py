"""How long the report of a comparison takes, and how large it is.

python benchmarks/comparison_report.py [154] [--write] [--keep FOLDER]

The bodies are the 77 real provinces and their PAOs (more: municipalities), each with an old
and a new vision put together by chance from the phrases of the project's own gold; the seed is
fixed. The model is loaded before the clock starts.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from api.reports.comparison import comparison_page
from api.reports.comparison_files import write_folder
from ingest.records import Document, Organisation, Page, Period, Statement, fingerprint
from kb import KnowledgeBase
from kb.comparison import compare
from kb.reference.areas import provinces

ROOT = Path(__file__).resolve().parent.parent
RESULT = Path(__file__).with_name("results") / "comparison_report.md"
PERIODS = (Period(2561, 2565), Period(2566, 2570))


def phrases() -> list[str]:
    """Collect the phrases of visions that the project's gold holds."""
    found: dict[str, None] = {}
    for line in (ROOT / "corpora/gold/phrase_changes.jsonl").read_text("utf-8").splitlines():
        for change in json.loads(line)["changes"]:
            found.update(dict.fromkeys(text for text in (change["old"], change["new"]) if text))
    for line in (ROOT / "corpora/gold/themes.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] in ("vision", "strategic_issue"):
            found.update(dict.fromkeys(row["text"].split()))
    return [text for text in found if len(text) > 8]


def bodies(count: int) -> Iterator[Organisation]:
    """Give so many bodies: provinces, PAOs, then municipalities."""
    names = [one.thai for one in provinces()]
    made = [Organisation(f"จังหวัด{name}", "province", name) for name in names]
    made += [Organisation(f"องค์การบริหารส่วนจังหวัด{name}", "pao", name) for name in names]
    made += [Organisation(f"เทศบาลเมือง{name}", "municipality", name) for name in names]
    yield from made[:count]


def plan(body: Organisation, period: Period, text: str) -> Document:
    """Make a document that says one vision."""
    name = fingerprint(body.name, str(period))
    said = Statement(fingerprint(name, text), "vision", text, 1, 0, len(text))
    return Document(
        name,
        f"{name}.txt",
        "text/plain",
        None,
        body,
        "province_plan",
        period,
        None,
        (Page(1, text, 1.0),),
        (said,),
    )


def fill(kb: KnowledgeBase, count: int) -> None:
    """Put the bodies with two plans each into a knowledge base."""
    draw, known = random.Random(2566), phrases()
    for body in bodies(count):
        old = draw.sample(known, 5)
        new = [*draw.sample(old, 2), *draw.sample(known, 4)]
        for period, said in zip(PERIODS, (old, new), strict=True):
            kb.add(plan(body, period, " ".join(dict.fromkeys(said))))


def main() -> None:
    """Make the report twice, tell its time and size, and whether both are the same."""
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), 154)
    with tempfile.TemporaryDirectory() as folder, KnowledgeBase(Path(folder) / "kb.db") as kb:
        fill(kb, count)
        encoder = kb.ready_encoder()
        encoder.encode(["วิสัยทัศน์"] * 64, "passage")
        times, made, stated = [], [], {}
        for _ in range(2):
            begun = time.perf_counter()
            stated = compare(kb, over_time=True, encoder=encoder).to_dict()
            compared = time.perf_counter()
            text = comparison_page(stated)
            times.append((compared - begun, time.perf_counter() - compared))
            made.append(text.encode())
        if "--keep" in sys.argv:
            kept = Path(sys.argv[sys.argv.index("--keep") + 1])
            write_folder(kept, stated)
            (kept / "report.html").write_bytes(made[0])
    same = "the same" if len({hashlib.sha256(each).hexdigest() for each in made}) == 1 else "not"
    lines = [
        f"| {count} | {sum(one):.1f} s | {one[0]:.1f} s | {one[1]:.1f} s |"
        f" {len(made[0]) / 1e6:.2f} MB | {same} |"
        for one in times
    ]
    table = "\n".join(
        [
            "# The report of a comparison",
            "",
            f"`python benchmarks/comparison_report.py {count} --write`: two runs in one process,"
            " model loaded, both plans of each body compared, 2 cores",
            "",
            "| bodies | report in | comparing | drawing and writing | HTML | bytes of two runs |",
            "|---|---|---|---|---|---|",
            *lines,
            "",
        ]
    )
    print(table)
    if "--write" in sys.argv:
        RESULT.write_text(table, "utf-8")


if __name__ == "__main__":
    main()
