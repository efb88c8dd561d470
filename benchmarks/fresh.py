"""Take the figure of a batch of texts that the program has not seen.

    python -m benchmarks.fresh BATCH ... [--set prose|pages] [--texts FOLDER]

A batch is answered by the program as it is committed, scored like `phaen evaluate extract`, and
added to `benchmarks/results/fresh.md`; its first figure stays whatever it is. The slices of
prose lie in `../shared/eval/pool` (or `$PHAEN_SHARED`), the texts of pages in the folder that
`--texts` names. `--look` prints without recording, once a batch has its first figure; `--errors`
writes what was missed and what was wrong, to learn from.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.fresh_labels import (
    FOLDERS,
    LABELS,
    ROOT,
    LabelledText,
    NotReadyError,
    fingerprint,
    label_file,
    labelled_pages,
    labelled_slices,
    shared_pool,
    write_gold,
)
from benchmarks.fresh_record import Entry, batch_name, check_turn, commit, first_readings, record
from benchmarks.texts import RESULTS, machine
from kb.evaluation.extraction import evaluate
from kb.evaluation.extraction_report import ExtractionReport, FileReport, Score

BANDS = tuple(n / 10 for n in range(11))
"""Ends of the bands of confidence; the last takes 1.0 too."""
KINDS = tuple("vision mission value goal strategic_issue strategy indicator project".split())


@dataclass(frozen=True, slots=True)
class Band:
    """A band of confidence: how many were given in it, how surely, how many right."""

    low: float
    count: int
    confidence: float
    strict: float
    lenient: float


@dataclass(frozen=True)
class Reading:
    """What the program answered to a batch; `ids` name the texts in the order of the reports."""

    ids: tuple[str, ...]
    report: ExtractionReport

    def alarms(self) -> tuple[int, int]:
        """Of the texts that state nothing: in how many something was found, and how many."""
        negative = [f for f in self.report.files if f.gold.negative]
        return sum(1 for f in negative if f.extra), len(negative)

    def bands(self) -> list[Band]:
        """Return the bands of confidence in which anything was found."""
        judged = [case for f in self.report.files for case in _judged(f)]
        bands = []
        for low, high in pairwise(BANDS):
            inside = [c for c in judged if low <= c[0] < high or c[0] == high == BANDS[-1]]
            if inside:
                means = [sum(column) / len(inside) for column in zip(*inside, strict=True)]
                bands.append(Band(low, len(inside), *means))
        return bands

    def calibration_error(self, *, lenient: bool = False) -> float | None:
        """Return the expected calibration error: the mean gap of confidence and rightness.

        A band counts by how many were found in it; None where nothing was found.
        """
        bands = self.bands()
        gaps = (b.count * abs(b.confidence - (b.lenient if lenient else b.strict)) for b in bands)
        return sum(gaps) / sum(b.count for b in bands) if bands else None

    def errors(self) -> Iterator[dict[str, Any]]:
        """Yield, a text each, what was missed, what was wrong and what was right."""
        for id_, f in zip(self.ids, self.report.files, strict=True):
            yield {
                "id": id_,
                "error": f.error,
                "states_nothing": f.gold.negative,
                "missed": [
                    {"kind": g.kind, "text": g.text, "near": near is not None}
                    for g, strict, near in zip(
                        f.gold.statements, f.strict.of_gold, f.lenient.of_gold, strict=True
                    )
                    if strict is None
                ],
                "found": [
                    {
                        "kind": p.kind,
                        "text": p.text,
                        "verdict": verdict,
                        "near": near is not None,
                        "found_by": p.found_by,
                        "confidence": p.confidence,
                    }
                    for p, verdict, near in zip(
                        f.predicted, f.outcomes, f.lenient.of_predicted, strict=True
                    )
                ],
            }


def read_batch(texts: Sequence[LabelledText]) -> Reading:
    """Let the program read the texts, each as a file of its own, and compare with the labels."""
    with TemporaryDirectory() as folder:
        write_gold(texts, Path(folder))
        return Reading(tuple(t.id for t in texts), evaluate(Path(folder)))


def entry(batch: str, reading: Reading, *, stamp: tuple[str, str], labels: str) -> Entry:
    """Return the record's lines of a reading; `stamp` is the day and the commit."""
    report = reading.report
    strict, lenient = report.score(), report.score(lenient=True)
    alarms, negatives = reading.alarms()
    unread = sum(1 for f in report.files if f.error)
    cells = (
        *stamp,
        labels[:8],
        f"{len(report.files)}" + (f", {unread} unread" if unread else ""),
        str(strict.gold),
        str(strict.predicted),
        *_rates(strict),
        *_rates(lenient),
        f"{alarms} of {negatives}",
        _number(reading.calibration_error()),
        _number(reading.calibration_error(lenient=True)),
    )
    return Entry(batch, cells, tuple(_details(reading, stamp)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the batches that are named; return 0, or 2 where one can't be read."""
    options = _options(arguments)
    try:
        for number in options.batch:
            _take(number, options)
    except NotReadyError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _take(number: int, options: argparse.Namespace) -> None:
    batch = batch_name(options.set, number)
    if options.look:
        if batch not in first_readings(options.results):
            raise NotReadyError(f"{batch} has no figure yet: the first one is always recorded.")
        stamp = (date.today().isoformat(), "not recorded")
    else:
        check_turn(options.results, options.set, number)
        stamp = (date.today().isoformat(), commit(ROOT))
    labels = label_file(options.labels, options.set, number)
    texts = _texts(labels, options)
    reading = read_batch(texts)
    line = entry(batch, reading, stamp=stamp, labels=fingerprint(labels.read_bytes()))
    where = "not recorded" if options.look else record(options.results, line).strip("# ")
    print(f"{batch} ({where}): " + " | ".join(line.cells))
    if options.errors:
        _write_errors(options.errors, reading)


def _texts(labels: Path, options: argparse.Namespace) -> list[LabelledText]:
    if options.set == "prose":
        return labelled_slices(labels, (options.texts or shared_pool()) / labels.name)
    if options.texts is None:
        raise NotReadyError("The texts of pages are kept elsewhere: name their folder by --texts.")
    return labelled_pages(labels, options.texts)


def _write_errors(path: Path, reading: Reading) -> None:
    with path.open("a", encoding="utf-8") as file:
        for row in reading.errors():
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _judged(report: FileReport) -> Iterator[tuple[float, bool, bool]]:
    """Yield confidence, strict and lenient rightness of all that was found and counts."""
    for p, verdict, near in zip(
        report.predicted, report.outcomes, report.lenient.of_predicted, strict=True
    ):
        if verdict != "ignored":
            yield p.confidence, verdict == "right", near is not None


def _details(reading: Reading, stamp: tuple[str, str]) -> Iterator[str]:
    yield f"{stamp[0]}, commit {stamp[1]}, {machine('pythainlp', 'nlpo3')}"
    yield from (
        "",
        "| kind | gold | found | strict P | R | F1 | lenient P | R | F1 |",
        "|---" * 9 + "|",
    )
    for kind in KINDS:
        strict = reading.report.score(kind=kind)
        lenient = reading.report.score(kind=kind, lenient=True)
        if strict.gold or strict.predicted:
            cells = (
                kind,
                str(strict.gold),
                str(strict.predicted),
                *_rates(strict),
                *_rates(lenient),
            )
            yield f"| {' | '.join(cells)} |"
    yield from ("", "| confidence | found | mean | right, strict | lenient |", "|---" * 5 + "|")
    for band in reading.bands():
        yield (
            f"| {band.low:.1f}–{band.low + 0.1:.1f} | {band.count} | {band.confidence:.3f} "
            f"| {band.strict:.3f} | {band.lenient:.3f} |"
        )


def _rates(score: Score) -> tuple[str, str, str]:
    return _number(score.precision), _number(score.recall), _number(score.f1)


def _number(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fresh", description=__doc__)
    parser.add_argument("batch", nargs="+", type=int, help="number of a batch, as in 1 or 01")
    parser.add_argument("--set", choices=sorted(FOLDERS), default="prose")
    parser.add_argument("--texts", type=Path, help="folder of the texts")
    parser.add_argument("--labels", type=Path, default=LABELS, help="folder of the labels")
    parser.add_argument("--results", type=Path, default=RESULTS / "fresh.md", help="the record")
    parser.add_argument("--look", action="store_true", help="print, don't record")
    parser.add_argument("--errors", type=Path, help="file to add what was missed and wrong to")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
