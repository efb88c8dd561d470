"""How well alignment judges writers it did not learn from, wrong declarations planted too.

    python -m benchmarks.held_out_alignment --unseen ADAPTER ... [--keep]

Each writer of `corpora/training/plans` is judged by models that learnt from the others alone, over
vectors of adapters that never saw the writer (`tools/unseen.py`). Sound declarations are the
issue above the statement that the writer names first, of every proposal that serves something;
planted ones are all issues of the plan that neither it nor anything below it is served or touched
by the proposal, each proposal counting once. `--keep` writes
`benchmarks/results/held_out_alignment.md`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.texts import RESULTS
from kb.alignment.evidence import PlanEvidence
from kb.alignment.judgement import Judgement, declared_evidence, family_of, judged_by
from kb.alignment.model import LogisticModel
from kb.alignment.verdicts import ALIGNED, MISDECLARED, TOUCHED
from kb.evaluation.measures import auroc, calibration_error
from tools.train_alignment import graded_examples, kept_arrays
from tools.train_judgement import SERVED, Example, learn
from tools.unseen import UnseenEncoders

RECORD = RESULTS / "held_out_alignment.md"
SURE = 0.985
"""What is said as 99 % or more."""

COLUMNS = (
    "writer | proposals | verdict right | first served | first best | AUROC | ECE, pairs "
    "| ECE, first | ECE, verdict | said 99 % | of these right | sound | accused | planted | found "
    "| declared rightly | accused | declared wrongly | found"
)


@dataclass
class Seen:
    """What was said of the proposals of a writer."""

    verdicts: list[bool] = field(default_factory=list)
    firsts: list[tuple[bool, bool]] = field(default_factory=list)
    pairs: list[tuple[float, bool]] = field(default_factory=list)
    first_scores: list[tuple[float, bool]] = field(default_factory=list)
    served: list[tuple[float, bool]] = field(default_factory=list)
    sound: list[float] = field(default_factory=list)
    planted: list[float] = field(default_factory=list)
    rightly: list[float] = field(default_factory=list)
    wrongly: list[float] = field(default_factory=list)

    def plus(self, other: Seen) -> Seen:
        """Return both together."""
        return Seen(
            *(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__)
        )


def seen(examples: Sequence[Example], models: Mapping[str, LogisticModel]) -> Seen:
    """Judge plans by models that did not learn from them."""
    found = Seen()
    for one in examples:
        judged = judged_by(models, one.evidence)
        says = np.where(judged.served >= ALIGNED, 2, np.where(judged.touched >= TOUCHED, 1, 0))
        found.verdicts += list(says == one.whole)
        found.pairs += zip(judged.serves.ravel(), one.grades.ravel() == SERVED, strict=True)
        found.served += zip(judged.served, one.whole == SERVED, strict=True)
        first = judged.order.argmax(axis=1)
        for row, column in enumerate(first):
            right = one.grades[row, column] == SERVED
            found.first_scores.append((judged.serves[row, column], bool(right)))
            if one.whole[row] == SERVED:
                found.firsts.append((bool(right), bool(column == one.best[row])))
            _declare(found, one, judged, models["misdeclared"], row)
    return found


def _declare(found: Seen, one: Example, judged: Judgement, model: LogisticModel, row: int) -> None:
    """Put a proposal under what it serves, under what it does not, and under what it declares."""

    def doubt(place: int) -> float:
        own = slice(row, row + 1)
        numbers = declared_evidence(judged.serves[own], judged.served[own], one.read, place)
        return float(model.probabilities(numbers)[0])

    if one.declared[row] >= 0:
        kept = found.rightly if one.declared_right[row] else found.wrongly
        kept.append(doubt(int(one.declared[row])))
    if one.whole[row] != SERVED or one.best[row] < 0:
        return
    found.sound.append(doubt(_issue_of(one.read, int(one.best[row]))))
    issues = [place for place, kind in enumerate(one.read.kinds) if kind == "strategic_issue"]
    wrong = [place for place in issues if not one.grades[row, family_of(one.read, place)].any()]
    if wrong:
        found.planted.append(float(np.mean([doubt(place) >= MISDECLARED for place in wrong])))


def _issue_of(read: PlanEvidence, row: int) -> int:
    while read.parent[row] >= 0 and read.kinds[row] != "strategic_issue":
        row = int(read.parent[row])
    return row


def cells(name: str, found: Seen) -> list[str]:
    """Return the cells of a row of the table."""
    served, best = zip(*found.firsts, strict=True)
    sure = [right for score, right in found.first_scores if score >= SURE]
    rights = [score for score, right in found.pairs if right]
    wrongs = [score for score, right in found.pairs if not right]
    return [
        name,
        str(len(found.verdicts)),
        _share(found.verdicts),
        _share(served),
        _share(best),
        f"{auroc(rights, wrongs):.3f}",
        f"{calibration_error(*zip(*found.pairs, strict=True)):.3f}",
        f"{calibration_error(*zip(*found.first_scores, strict=True)):.3f}",
        f"{calibration_error(*zip(*found.served, strict=True)):.3f}",
        str(len(sure)),
        _share(sure),
        str(len(found.sound)),
        _share([doubt >= MISDECLARED for doubt in found.sound]),
        str(len(found.planted)),
        _share(found.planted),
        str(len(found.rightly)),
        _share([doubt >= MISDECLARED for doubt in found.rightly]),
        str(len(found.wrongly)),
        _share([doubt >= MISDECLARED for doubt in found.wrongly]),
    ]


def table(examples: Sequence[Example]) -> list[str]:
    """Return the table, a writer a row, all of them last."""
    lines = [f"| {COLUMNS} |", "|---" * (COLUMNS.count("|") + 1) + "|"]
    every = Seen()
    for writer in sorted({one.plan.writer for one in examples}):
        models = learn([one for one in examples if one.plan.writer != writer])
        found = seen([one for one in examples if one.plan.writer == writer], models)
        lines.append(f"| {' | '.join(cells(writer, found))} |")
        every = every.plus(found)
    return [*lines, f"| {' | '.join(cells('all', every))} |"]


def _share(values: Sequence[bool] | Sequence[float]) -> str:
    return f"{np.mean(values):.3f}" if len(values) else "–"


def main() -> None:
    """Print or keep the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--unseen", nargs="*", type=Path, default=[])
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    encoders = UnseenEncoders(asked.unseen)
    encoders.usual.warm_up()
    lines = table(graded_examples(encoders, kept_arrays()))
    head = (__doc__ or "").split("\n\n")
    text = "\n".join(["# Alignment on writers held out", "", head[1].strip(), "", *head[2:]])
    text = f"{text.strip()}\n\n" + "\n".join(lines) + "\n"
    print(text)
    if asked.keep:
        RECORD.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
