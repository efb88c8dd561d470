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
from kb.encoder import load_encoder
from kb.themes import Themes, themes

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "corpora/gold"
RESULT = Path(__file__).with_name("results") / "comparison.md"


def lines(name: str) -> list[dict[str, Any]]:
    """Read a gold file."""
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


def elsewhere() -> list[dict[str, Any]]:
    """Read the labelled statements of others' plans, whose texts lie outside the project."""
    folder = Path(os.environ.get("PHAEN_SHARED", ROOT.parent / "shared")) / "eval"
    themes_of = {row["fingerprint"]: row["themes"] for row in lines("themes_elsewhere.jsonl")}
    found: dict[str, dict[str, Any]] = {}
    for name in ("prose", "pages"):
        if (folder / name / "gold.jsonl").exists():
            for line in (folder / name / "gold.jsonl").read_text("utf-8").splitlines():
                for said in json.loads(line).get("statements", []):
                    key = fingerprint(said["text"])
                    if key in themes_of:
                        found[key] = {"text": said["text"], "themes": themes_of[key]}
    return list(found.values())


def f1(right: int, told: int, true: int) -> float:
    """Return F1; 1 where there was nothing to tell and nothing was told."""
    return 2 * right / (told + true) if told + true else 1.0


def theme_scores(rows: list[dict[str, Any]], model: Themes) -> tuple[float, float, Counter[str]]:
    """Return micro-F1, macro-F1 over the themes that occur, and the errors by theme."""
    right: Counter[str] = Counter()
    told: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for row, found in zip(rows, model.of_all([r["text"] for r in rows]), strict=True):
        codes = {theme.theme for theme in found}
        told.update(codes)
        true.update(row["themes"])
        right.update(codes & set(row["themes"]))
    each = [f1(right[t.code], told[t.code], true[t.code]) for t in themes() if true[t.code]]
    wrong = told + true - right - right
    return f1(right.total(), told.total(), true.total()), sum(each) / len(each), wrong


def change_scores(rows: Iterable[dict[str, Any]], encoder: Any) -> tuple[int, int, list[str]]:
    """Return how many changes were told right, of how many, and what went wrong."""
    right, total, wrong = 0, 0, []
    for row in rows:
        true = {(c["change"], c["old"], c["new"]) for c in row["changes"]}
        old = [c["old"] for c in row["changes"] if c["old"]]
        new = [c["new"] for c in row["changes"] if c["new"]]
        both = [*old, *new]
        vectors = encoder.encode(both, "passage") if encoder else None
        alike = likeness(both, vectors)[: len(old), len(old) :]
        told = {(c.change, c.old, c.new) for c in changes(old, new, alike)}
        right, total = right + len(true & told), total + len(true)
        wrong += [f"{change}: {a} | {b}" for change, a, b in sorted(true - told, key=str)]
    return right, total, wrong


def older_changes() -> list[dict[str, Any]]:
    """Read the changes of the sample documents, a row for each body."""
    bodies: dict[str, list[dict[str, Any]]] = {}
    for row in lines("vision_changes.jsonl"):
        bodies.setdefault(row["organisation"], []).append(row)
    return [{"changes": held} for held in bodies.values()]


def table() -> str:
    """Measure everything and lay it out."""
    words_only = "--words" in sys.argv
    encoder = None if words_only else load_encoder()
    command = f"`python benchmarks/comparison.py{' --words' * words_only} --write`"
    out = ["# Comparison", "", command, ""]
    out += ["| themes | statements | micro-F1 | macro-F1 | most errors |", "|---|---|---|---|---|"]
    gold = lines("themes.jsonl")
    models = {"words": None} if words_only else {"words": None, "words and meaning": encoder}
    for name, used in models.items():
        model = Themes(used)
        parts = {p: [row for row in gold if row["part"] == p] for p in ("tuning", "held")}
        for part, rows in (parts | {"elsewhere": elsewhere()}).items():
            micro, macro, wrong = theme_scores(rows, model)
            worst = ", ".join(f"{code} {count}" for code, count in wrong.most_common(4))
            out.append(f"| {name}, {part} | {len(rows)} | {micro:.3f} | {macro:.3f} | {worst} |")
    out += ["", "| changes | told right | of | share |", "|---|---|---|---|"]
    pairs = lines("phrase_changes.jsonl")
    sets = {p: [row for row in pairs if row["part"] == p] for p in ("tuning", "held")}
    sets["the sample documents"] = older_changes()
    missed: list[str] = []
    for name, model in models.items():
        for part, rows in sets.items():
            right, total, wrong = change_scores(rows, model)
            out.append(f"| {name}, {part} | {right} | {total} | {right / total:.3f} |")
            missed = [*missed, *wrong] if name == list(models)[-1] and part != "tuning" else missed
    out += ["", "Changes told wrongly, outside the tuning part:", ""]
    return "\n".join([*out, *(f"- {line}" for line in missed)]) + "\n"


if __name__ == "__main__":
    text = table()
    print(text)
    if "--write" in sys.argv:
        RESULT.write_text(text, "utf-8")
