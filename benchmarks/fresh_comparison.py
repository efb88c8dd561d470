"""How well bodies are compared on visions, phrases and plans written afresh, as a user sees it.

    python benchmarks/fresh_comparison.py [BATCH ...] [--words] [--note TEXT] [--write] [--misses]

Reads `corpora/training/comparison/*_BATCH.tsv` (all batches where none is named), puts the texts
into knowledge bases of their own and asks `compare`. `--write` adds a line to
`results/fresh_comparison.md`; `--words` leaves meaning out; `--misses` prints what is wrong.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.records import (
    Document,
    Organisation,
    OrganisationKind,
    Page,
    Period,
    Statement,
    fingerprint,
)
from kb import KnowledgeBase
from kb.comparison import compare
from kb.model.sentence_encoder import load_encoder

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "corpora/training/comparison"
RESULT = Path(__file__).with_name("results") / "fresh_comparison.md"
OLD, NEW = Period(2561, 2565), Period(2566, 2570)
_KINDS: dict[str, OrganisationKind] = {
    "จังหวัด": "province",
    "องค์การบริหารส่วนจังหวัด": "pao",
    "องค์การบริหารส่วนตำบล": "sao",
    "เทศบาล": "municipality",
}
_HEAD = (
    "| date | commit | batch | note | themes micro-F1 | missed | false | first phrases | pairs"
    " | changes | new themes | command |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|\n"
)

Vision = tuple[str, str, Period]
"""A body's name, what it says, and for which years."""


@dataclass
class Count:
    """How many of how many are right, and what is wrong."""

    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, is_right: bool, about: str) -> None:
        """Count one answer."""
        self.right, self.total = self.right + is_right, self.total + 1
        if not is_right:
            self.wrong.append(about)

    def __str__(self) -> str:
        return f"{self.right}/{self.total}"


def rows(name: str, batch: str) -> list[dict[str, str]]:
    """Read one table of a batch."""
    with (FOLDER / f"{name}_{batch}.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def answer(visions: Iterable[Vision], encoder: Any, *, over_time: bool = False) -> dict[str, Any]:
    """Return what `compare` answers for the visions in a knowledge base of their own."""
    with tempfile.TemporaryDirectory() as folder, KnowledgeBase(Path(folder) / "kb.db") as kb:
        for number, vision in enumerate(visions):
            kb.add(_document(number, *vision))
        return compare(kb, over_time=over_time, encoder=encoder).to_dict()


def _document(number: int, name: str, text: str, period: Period) -> Document:
    kind = next(kind for prefix, kind in _KINDS.items() if name.startswith(prefix))
    key = fingerprint(name, text, str(number))
    return Document(
        id=key,
        file=f"{number}.txt",
        media_type="text/plain",
        title=None,
        organisation=Organisation(name, kind),
        plan_kind="local_plan",
        period=period,
        published=None,
        pages=(Page(1, text, quality=1.0),),
        statements=(Statement(key, "vision", text, 1, 0, len(text)),),
        projects=(),
        notes=(),
    )


def theme_counts(batch: str, encoder: Any) -> tuple[Counter[str], Count, list[str]]:
    """Return right, missed and false themes, the first phrases, and what is wrong."""
    table = rows("themes", batch)
    bodies = {
        body["organisation"]["name"]: body
        for body in answer([(r["body"], r["text"], NEW) for r in table], encoder)["organisations"]
    }
    counts: Counter[str] = Counter()
    first, wrong = Count(), []
    for row in table:
        body = bodies[row["body"]]
        statement = next(s for s in body["statements"] if s["text"] == row["text"])
        said = {match["theme"] for match in statement["themes"]}
        true, maybe = _set(row["themes"]), _set(row["maybe"])
        counts.update(right=len(said & true), missed=len(true - said))
        counts.update(false=len(said - true - maybe))
        if true - said or said - true - maybe:
            extra = sorted(said - true - maybe)
            wrong.append(f"-{sorted(true - said)} +{extra} {row['body']}: {row['text']}")
        if row["first_phrase"]:
            is_right = row["first_phrase"] in body["phrases"]
            first.add(is_right, f"{row['first_phrase']} not in {body['phrases']}")
    return counts, first, wrong


def pair_count(batch: str, encoder: Any) -> Count:
    """Return how many pairs of phrases are rightly alike or not."""
    table, count = rows("pairs", batch), Count()
    visions = []
    for number, row in enumerate(table):
        visions.append((f"องค์การบริหารส่วนตำบลที่{2 * number}", row["one"], NEW))
        visions.append((f"องค์การบริหารส่วนตำบลที่{2 * number + 1}", row["other"], NEW))
    shared = {
        frozenset((phrase["a"], phrase["b"]))
        for pair in answer(visions, encoder)["pairs"]
        for phrase in pair["shared"]
    }
    for row in table:
        is_alike = frozenset((row["one"], row["other"])) in shared
        count.add(
            is_alike == (row["alike"] == "1"), f"{row['alike']} {row['one']} | {row['other']}"
        )
    return count


def change_counts(batch: str, encoder: Any) -> tuple[Count, Count]:
    """Return how many changes of phrases are right, and how many bodies' new themes."""
    table = rows("plans", batch)
    visions = [vision for row in table for vision in _two_plans(row)]
    steps = {
        step["organisation"]: step for step in answer(visions, encoder, over_time=True)["changes"]
    }
    phrases, themes = Count(), Count()
    for row in table:
        step = steps[row["body"]]
        said = {(c["change"], c["old"], c["new"]) for c in step["phrases"]}
        for change in _changes(row):
            phrases.add(change in said, f"{row['body']} {change}")
        true, new = _set(row["themes_new"]), set(step["themes_new"])
        themes.add(true == new, f"{row['body']} {sorted(new)} for {sorted(true)}: {row['changes']}")
    return phrases, themes


def _changes(row: dict[str, str]) -> list[tuple[str, str | None, str | None]]:
    listed: list[tuple[str, str | None, str | None]] = []
    for item in row["changes"].split(";"):
        kind, _, text = item.partition(":")
        old, _, new = text.partition(">")
        ends = {"kept": (old, old), "dropped": (old, None), "new": (None, old)}
        listed.append((kind, *ends.get(kind, (old, new))))
    return listed


def _two_plans(row: dict[str, str]) -> Iterable[Vision]:
    """Return the older and the newer vision; the newer turns the order round."""
    changes = _changes(row)
    name = row["body"]
    short = next(name.removeprefix(p) for p in _PREFIXES if name.startswith(p))
    front = short if row["glued"] == "yes" else ""
    yield name, front + " ".join(old for _, old, _ in changes if old), OLD
    yield name, front + " ".join(new for _, _, new in reversed(changes) if new), NEW


_PREFIXES = (
    "องค์การบริหารส่วนจังหวัด",
    "องค์การบริหารส่วนตำบล",
    "เทศบาลตำบล",
    "เทศบาลเมือง",
    "เทศบาลนคร",
    "จังหวัด",
)


def _set(listed: str) -> set[str]:
    return {code for code in listed.split(";") if code}


def measure(batch: str, encoder: Any) -> tuple[list[str], list[str]]:
    """Return the cells of a result's line, and what is wrong."""
    counts, first, wrong = theme_counts(batch, encoder)
    pairs = pair_count(batch, encoder)
    phrases, themes = change_counts(batch, encoder)
    errors = counts["missed"] + counts["false"]
    micro = 2 * counts["right"] / (2 * counts["right"] + errors)
    cells = [f"{micro:.3f}", str(counts["missed"]), str(counts["false"])]
    cells += [str(count) for count in (first, pairs, phrases, themes)]
    return cells, wrong + first.wrong + pairs.wrong + phrases.wrong + themes.wrong


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(
        asked, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the batches and print, or write down, a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("batches", nargs="*")
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--note", default="")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args(arguments)
    batches = asked.batches or sorted(p.stem.split("_")[1] for p in FOLDER.glob("themes_*.tsv"))
    encoder = None if asked.words else load_encoder()
    for batch in batches:
        cells, wrong = measure(batch, encoder)
        command = f"`python benchmarks/fresh_comparison.py {batch}{' --words' * asked.words}`"
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        line = f"| {' | '.join([today, _commit(), batch, asked.note, *cells, command])} |\n"
        print(_HEAD + line, *(wrong if asked.misses else ()), sep="\n")
        if asked.write:
            before = (
                RESULT.read_text("utf-8") if RESULT.exists() else "# Fresh comparisons\n\n" + _HEAD
            )
            RESULT.write_text(before + line, "utf-8")


if __name__ == "__main__":
    main()
