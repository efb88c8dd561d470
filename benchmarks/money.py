"""Are the amounts of real budget books the printed ones? Checked without our own readers.

    python benchmarks/money.py SHARED_EVAL [--write benchmarks/results/money.md]

For each volume, `phaen extract --json` gives projects with baht by year. The page's text comes
from `pdftotext -layout`, an engine and a layout of its own; an amount counts as printed where
a line of that page holds it with its unit: in baht as it stands (7,679,900), in millions with
four decimals (7.6799) or with satang. Where the title's beginning stands on the page, the
amount must stand on one of the title's own lines.

The tables of open data are held against the files' own cells, read with `csv` alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import re
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

VOLUMES = (11, 17, 31, 33)
_NUMBER = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?(?![0-9])")
_WELL_FORMED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
Key = tuple[str, str, int, Decimal]
_LINES_OF_A_TITLE = 7


def main() -> None:
    """Measure, print, and write the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    lines = [
        "# Money, held against what is printed",
        "",
        f"{date.today().isoformat()}, {platform.machine()}, Python {platform.python_version()}; "
        f"`python benchmarks/money.py SHARED/eval`",
        "",
        "## Budget volumes",
        "",
        "| volume | projects | with an amount | amounts | printed on the page | beside the name "
        "| with a warning | seconds |",
        "|---|---|---|---|---|---|---|---|",
    ]
    misses: list[str] = []
    for volume in VOLUMES:
        path = asked.shared / "budget" / f"th-budget-{volume}.pdf"
        if path.exists():
            row, missed = volume_row(volume, path)
            lines.append(row)
            misses += missed
    lines += ["", "Amounts not found as printed:", "", *(misses or ["none"])]
    lines += ["", "## Open data", ""]
    lines += [
        "| file | lines | lines kept with their amount, body and year "
        "| lines whose amount is torn, as 28,020,0 (projects that say so) | sum of the others "
        "| sum kept |",
        "|---|---|---|---|---|---|",
    ]
    for path in sorted((asked.shared / "opendata").glob("*.csv")):
        lines.append(open_data_row(path))
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.write:
        asked.write.write_text(text, encoding="utf-8")


def extracted(path: Path) -> dict[str, Any]:
    """Run `phaen extract --json` on one file."""
    run = "from api.cli.main import main; main()"
    command = [sys.executable, "-c", run, "extract", "--json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def volume_row(volume: int, path: Path) -> tuple[str, list[str]]:
    """Hold the amounts of one volume against the text of its pages."""
    begun = time.monotonic()
    projects = extracted(path)["projects"]
    seconds = time.monotonic() - begun
    layout = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")
    amounts, printed, beside = 0, 0, 0
    missed: list[str] = []
    for project in projects:
        page = layout[project["page"] - 1] + "\n" + layout[project["page"]]
        near = title_lines(project["title"], page)
        for year, amount in project["budget"].items():
            amounts += 1
            value = Decimal(str(amount))
            on_page = value in values(page)
            printed += on_page
            beside += near is not None and value in values(near)
            if not on_page:
                name = project["title"][:60]
                missed.append(f"- volume {volume} p. {project['page']}: {name} {year}: {amount}")
    priced = sum(bool(project["budget"]) for project in projects)
    doubted = sum(bool(project["warnings"]) for project in projects)
    share = f"{priced} ({priced / max(len(projects), 1):.3f})"
    row = (
        f"| {volume} | {len(projects)} | {share} | {amounts} | {printed} "
        f"({printed / max(amounts, 1):.4f}) | {beside} ({beside / max(amounts, 1):.4f}) "
        f"| {doubted} | {seconds:.0f} |"
    )
    return row, missed


def values(text: str) -> set[Decimal]:
    """Return the amounts in baht that a stretch of text may print: baht, or millions of it."""
    found: set[Decimal] = set()
    for match in _NUMBER.finditer(text):
        number = Decimal(match[0].replace(",", ""))
        decimals = len(match[0].partition(".")[2])
        found.add(number * 1_000_000 if decimals == 4 else number)
    return found


def title_lines(title: str, page: str) -> str | None:
    """Return the lines that a title stands on: from where its letters begin."""
    begin = letters(title)[:14]
    lines = page.split("\n")
    places = [i for i, line in enumerate(lines) if begin and begin in letters(line)]
    if not places:
        return None
    return "\n".join(line for i in places for line in lines[i : i + _LINES_OF_A_TITLE])


def letters(text: str) -> str:
    """Leave consonants and figures: marks are what damaged text layers lose."""
    return re.sub(r"[^ก-ฮ0-9A-Za-z]", "", text)


def open_data_row(path: Path) -> str:
    """Hold the projects of an open-data file against its own lines."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    whole = [row for row in rows if _WELL_FORMED.fullmatch(row["AMOUNT"])]
    wanted = Counter(
        key_of(row["ITEM_DESCRIPTION"], row["BUDGETARY_UNIT"], row["FISCAL_YEAR"], row["AMOUNT"])
        for row in whole
    )
    found = extracted(path)
    doubted = sum("unclear-number" in project["warnings"] for project in found["projects"])
    kept: Counter[Key] = Counter()
    for project in found["projects"]:
        body = (project["organisation"] or found["organisation"] or {}).get("name", "")
        for line in project["lines"] or [project]:
            for year, amount in line["budget"].items():
                kept[key_of(line["title"], body, year, str(amount))] += 1
    same = sum((wanted & kept).values())
    sums = [sum(key[3] * count for key, count in side.items()) for side in (wanted, kept)]
    return (
        f"| {path.name} | {len(rows)} | {same} of {len(whole)} ({same / len(whole):.4f}) "
        f"| {len(rows) - len(whole)} ({doubted}) | {sums[0]:,.2f} | {sums[1]:,.2f} |"
    )


def key_of(item: str, body: str, year: str, amount: str) -> Key:
    """Name a line of cost by its letters, its body, its year (BE) and its amount."""
    era = int(year) + (543 if int(year) < 2400 else 0)
    return letters(item), letters(body), era, Decimal(amount.replace(",", ""))


if __name__ == "__main__":
    main()
