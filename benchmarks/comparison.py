"""How well themes and changes are told, against the project's gold, and how fast.

python benchmarks/comparison.py [--write]     --write keeps the table in results/
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ingest.records import fingerprint
from kb.comparison import changes, likeness
from kb.comparison.likeness import anchors
from kb.model.sentence_encoder import load_encoder
from kb.reference.themes import themes, themes_of

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "corpora/gold"
RESULT = Path(__file__).with_name("results") / "comparison.md"


def lines(name: str) -> list[dict[str, Any]]:
    """Read a gold file."""
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


def elsewhere(part: str) -> list[dict[str, Any]]:
    """Read labelled statements of others' plans, whose texts lie outside the project.

    The `first` part served to find words that were missing; the `second` was labelled before
    any answer for it was looked at, and which of its answers are wrong was never looked at.
    """
    folder = Path(os.environ.get("PHAEN_SHARED", ROOT.parent / "shared")) / "eval"
    rows = [row for row in lines("themes_elsewhere.jsonl") if row["part"] == part]
    themes_by = {row["fingerprint"]: row["themes"] for row in rows}
    found: dict[str, dict[str, Any]] = {}
    for name in ("prose", "pages"):
        if (folder / name / "gold.jsonl").exists():
            for line in (folder / name / "gold.jsonl").read_text("utf-8").splitlines():
                for said in json.loads(line).get("statements", []):
                    key = fingerprint(said["text"])
                    if key in themes_by:
                        found[key] = {"text": said["text"], "themes": themes_by[key]}
    return list(found.values())


def agreement() -> tuple[int, float, float, float]:
    """Compare a second, blind reading with the gold: count, F1, same in all themes, kappa.

    Kappa (Cohen 1960) counts each statement and theme as one yes or no.
    """
    first = {row["text"]: set(row["themes"]) for row in lines("themes.jsonl")}
    pairs = [(first[r["text"]], set(r["themes"])) for r in lines("themes_second_reading.jsonl")]
    both = sum(len(a & b) for a, b in pairs)
    one, other = sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs)
    cells = len(pairs) * len(themes())
    seen = 1 - (one + other - 2 * both) / cells
    p, q = one / cells, other / cells
    chance = p * q + (1 - p) * (1 - q)
    same = sum(a == b for a, b in pairs) / len(pairs)
    return len(pairs), f1(both, one, other), same, (seen - chance) / (1 - chance)


def f1(right: int, stated: int, true: int) -> float:
    """Return F1; 1 where there was nothing to tell and nothing was told."""
    return 2 * right / (stated + true) if stated + true else 1.0


def theme_scores(rows: list[dict[str, Any]]) -> tuple[float, float, Counter[str]]:
    """Return micro-F1, macro-F1 over the themes that occur, and the errors by theme."""
    right: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for row in rows:
        codes = {theme.theme for theme in themes_of(row["text"])}
        stated.update(codes)
        true.update(row["themes"])
        right.update(codes & set(row["themes"]))
    each = [f1(right[t.code], stated[t.code], true[t.code]) for t in themes() if true[t.code]]
    wrong = stated + true - right - right
    return f1(right.total(), stated.total(), true.total()), sum(each) / len(each), wrong


def change_scores(rows: Iterable[dict[str, Any]], encoder: Any) -> tuple[int, int, list[str]]:
    """Return how many changes were told right, of how many, and what went wrong."""
    right, total, wrong = 0, 0, []
    for row in rows:
        true = {(c["change"], c["old"], c["new"]) for c in row["changes"]}
        old = [c["old"] for c in row["changes"] if c["old"]]
        new = [c["new"] for c in row["changes"] if c["new"]]
        both = [*old, *new]
        vectors = encoder.encode(both, "passage") if encoder else None
        centre = encoder.encode(anchors(), "passage").mean(axis=0) if encoder else None
        alike = likeness(both, vectors, centre)[: len(old), len(old) :]
        stated = {(c.change, c.old, c.new) for c in changes(old, new, alike)}
        right, total = right + len(true & stated), total + len(true)
        wrong += [f"{change}: {a} | {b}" for change, a, b in sorted(true - stated, key=str)]
    return right, total, wrong


def older_changes() -> list[dict[str, Any]]:
    """Read the changes of the sample documents, a row for each body."""
    bodies: dict[str, list[dict[str, Any]]] = {}
    for row in lines("vision_changes.jsonl"):
        bodies.setdefault(row["organisation"], []).append(row)
    return [{"changes": held} for held in bodies.values()]


def theme_table() -> list[str]:
    """Lay out how well themes are told, and how far two readings agree."""
    out = ["| themes | statements | micro-F1 | macro-F1 | most errors |", "|---|---|---|---|---|"]
    gold = lines("themes.jsonl")
    sets = {f"the project's, {p}": [r for r in gold if r["part"] == p] for p in ("tuning", "held")}
    sets |= {f"elsewhere, {part} part": elsewhere(part) for part in ("first", "second")}
    for name, rows in sets.items():
        if rows:
            micro, macro, wrong = theme_scores(rows)
            worst = ", ".join(f"{code} {count}" for code, count in wrong.most_common(5))
            out.append(f"| {name} | {len(rows)} | {micro:.3f} | {macro:.3f} | {worst} |")
    count, share, same, kappa = agreement()
    return [
        *out,
        "",
        f"Two readings of {count} of the project's statements, the second blind to the first: "
        f"F1 {share:.3f}, all themes the same {same:.3f}, kappa {kappa:.3f}.",
    ]


def change_table(encoder: Any) -> list[str]:
    """Lay out how many changes of phrases are told right, and which are not."""
    out = ["| changes | told right | of | share |", "|---|---|---|---|"]
    pairs = lines("phrase_changes.jsonl")
    sets = {p: [row for row in pairs if row["part"] == p] for p in ("tuning", "held")}
    sets["the sample documents"] = older_changes()
    missed: list[str] = []
    for name, model in {"words": None, "words and meaning": encoder}.items():
        if name != "words" and encoder is None:
            continue
        for part, rows in sets.items():
            right, total, wrong = change_scores(rows, model)
            out.append(f"| {name}, {part} | {right} | {total} | {right / total:.3f} |")
            missed += [f"- {name}: {line}" for line in wrong if part != "tuning"]
    return [*out, "", "Changes told wrongly, outside the tuning part:", "", *missed]


def table() -> str:
    """Measure everything and lay it out."""
    words_only = "--words" in sys.argv
    command = f"`python benchmarks/comparison.py{' --words' * words_only} --write`"
    encoder = None if words_only else load_encoder()
    parts = ["# Comparison", "", command, "", *theme_table(), "", *change_table(encoder)]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    text = table()
    print(text)
    if "--write" in sys.argv:
        RESULT.write_text(text, "utf-8")
