"""How far the two labellers of a batch agree.

    python -m benchmarks.agreement BATCH ... [--texts FOLDER]

The labels are those of `corpora/labels/readers`, before anything was settled; the slices lie in
`../shared/eval/pool` (or `$PHAEN_SHARED`). The first labeller's statements are scored against
the second's by the matching of `kb.evaluation`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.fresh_labels import (
    LABELS,
    LabelledText,
    NotReadyError,
    Span,
    labelled_slices,
    shared_pool,
)
from kb.evaluation.extraction_report import Score
from kb.evaluation.gold import GoldStatement
from kb.evaluation.matching import Prediction, close, pair, same


def agreement(
    first: Sequence[LabelledText],
    second: Sequence[LabelledText],
    alike: Callable[[str, str], bool],
    *,
    borderline_aside: bool = False,
) -> Score:
    """Score one labeller's statements against another's over the same texts.

    With `borderline_aside`, what one labels and the other calls borderline counts neither way.
    """
    others = {text.id: text for text in second}
    score = Score()
    for mine in first:
        theirs = others[mine.id]
        given = [_predicted(mine, span) for span in mine.statements]
        wanted = [_gold(theirs, span) for span in theirs.statements]
        met = pair(given, wanted, alike)
        alone = [p.text for p, g in zip(given, met.of_predicted, strict=True) if g is None]
        missed = [g.text for g, p in zip(wanted, met.of_gold, strict=True) if p is None]
        aside = (_near(alone, theirs), _near(missed, mine)) if borderline_aside else (0, 0)
        right = len(given) - len(alone)
        score += Score(right, len(given) - aside[0], len(wanted) - aside[1])
    return score


def _near(texts: Sequence[str], labelled: LabelledText) -> int:
    borderline = [labelled.text[span.start : span.end] for span in labelled.borderline]
    return sum(1 for text in texts if any(close(text, other) for other in borderline))


def _predicted(labelled: LabelledText, span: Span) -> Prediction:
    words = labelled.text[span.start : span.end]
    return Prediction(span.kind, words, 1, span.start, span.end, 1.0, "labeller")


def _gold(labelled: LabelledText, span: Span) -> GoldStatement:
    words = labelled.text[span.start : span.end]
    return GoldStatement(span.kind, words, frozenset([span.kind, *span.alternatives]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row a batch; return 0, or 2 where one can't be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agreement", description=__doc__)
    parser.add_argument("batch", nargs="+", type=int)
    parser.add_argument("--texts", type=Path)
    options = parser.parse_args(arguments)
    print("| batch | statements, first and second | strict | lenient | lenient, borderline aside |")
    print("|---|---|---|---|---|")
    try:
        for number in options.batch:
            print(_row(number, options.texts or shared_pool()))
    except NotReadyError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _row(number: int, pool: Path) -> str:
    name = f"batch-{number:02d}"
    first, second = (
        labelled_slices(LABELS / "readers" / f"{name}.{who}.jsonl", pool / f"{name}.jsonl")
        for who in "ab"
    )
    strict = agreement(first, second, same)
    lenient = agreement(first, second, close)
    aside = agreement(first, second, close, borderline_aside=True)
    rates = " | ".join(f"{score.f1 or 0:.3f}" for score in (strict, lenient, aside))
    return f"| {number:02d} | {strict.found}, {strict.gold} | {rates} |"


if __name__ == "__main__":
    raise SystemExit(main())
