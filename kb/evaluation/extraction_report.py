"""The report of an extraction evaluation: scores by kind, bodies, years, false alarms, misses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kb.evaluation.gold import GoldFile, GoldStatement
from kb.evaluation.matching import Outcome, Pairing, Prediction, plain

KINDS = tuple("vision mission value goal strategic_issue strategy indicator project".split())
"""Kinds that are scored, in the order of reports."""

_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of right ones, of predictions and of gold, and the rates of these.

    A rate without a case is None.
    """

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        """Return the sums of the counts of two scores."""
        return Score(
            self.right + other.right, self.predicted + other.predicted, self.gold + other.gold
        )

    @property
    def precision(self) -> float | None:
        """The share of the predictions that is right."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of the gold that was found."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / total if (total := self.predicted + self.gold) else None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "right": self.right,
            "found": self.predicted,
            "gold": self.gold,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
        }


@dataclass(frozen=True, slots=True)
class FileReport:
    """One gold file, its pages' texts, and the predictions with their outcomes.

    `body` is the kind, name and province that were extracted, `period` the years.
    """

    gold: GoldFile
    texts: tuple[str, ...]
    predicted: tuple[Prediction, ...]
    outcomes: tuple[Outcome, ...]
    strict: Pairing
    lenient: Pairing
    body: tuple[str | None, str | None, str | None]
    period: tuple[int, ...]
    error: str | None = None

    @property
    def missed(self) -> list[GoldStatement]:
        """Gold that was not found, by strict matching."""
        return [
            statement
            for statement, prediction in zip(self.gold.statements, self.strict.of_gold, strict=True)
            if prediction is None
        ]

    @property
    def extra(self) -> list[Prediction]:
        """Predictions that are not in the gold, by strict matching."""
        return [
            prediction
            for prediction, outcome in zip(self.predicted, self.outcomes, strict=True)
            if outcome == "extra"
        ]

    def score(self, pairing: Pairing, kind: str | None = None) -> Score:
        """Return the score of one kind, or of all."""
        counted = [
            (prediction, gold)
            for prediction, gold, outcome in zip(
                self.predicted, pairing.of_predicted, self.outcomes, strict=True
            )
            if gold is not None or outcome != "ignored"
        ]
        statements = self.gold.statements
        right = sum(
            1 for _, gold in counted if gold is not None and kind in (None, statements[gold].kind)
        )
        predicted = sum(
            1
            for prediction, gold in counted
            if kind in (None, statements[gold].kind if gold is not None else prediction.kind)
        )
        return Score(right, predicted, sum(1 for gold in statements if kind in (None, gold.kind)))


@dataclass(frozen=True)
class ExtractionReport:
    """Everything measured over a folder of gold."""

    files: tuple[FileReport, ...]
    folder: str = ""

    def score(
        self, *, lenient: bool = False, kind: str | None = None, source: str | None = None
    ) -> Score:
        """Return the score of all files; `source` is `synthetic` or `real_news`, None for all."""
        chosen = (f for f in self.files if source in (None, f.gold.source))
        return sum((f.score(f.lenient if lenient else f.strict, kind) for f in chosen), Score())

    @property
    def sources(self) -> list[str]:
        """The sources of the files, in order."""
        return sorted({f.gold.source for f in self.files})

    def false_alarms(self) -> tuple[int, int]:
        """Return how many files that state nothing have predictions, and how many there are."""
        negatives = [f for f in self.files if f.gold.negative]
        return sum(1 for f in negatives if f.predicted), len(negatives)

    def bodies(self) -> dict[str, Score]:
        """Return how often the body's kind, name and province are right where the text has them."""
        fields = (("kind", 0), ("name", 1), ("province", 2))
        return {name: self._rate(lambda f, i=i: _body(f, i)) for name, i in fields}  # type: ignore[misc]

    def periods(self) -> Score:
        """Return how often the years are right, where the gold has them."""
        return self._rate(lambda f: None if f.gold.period is None else f.gold.period == f.period)

    def pages(self) -> Score:
        """Return how many statements found are on the page that the gold names."""
        checks = [
            g.page == f.predicted[p].page
            for f in self.files
            for g, p in zip(f.gold.statements, f.lenient.of_gold, strict=True)
            if p is not None and g.page is not None
        ]
        return Score(sum(checks), len(checks), len(checks))

    def calibration(self) -> list[dict[str, Any]]:
        """Return for each band of confidence how many were found, their mean, the share right."""
        pairs = [
            (prediction.confidence, outcome == "right")
            for f in self.files
            for prediction, outcome in zip(f.predicted, f.outcomes, strict=True)
            if outcome != "ignored"
        ]
        table = []
        for low, high in pairwise(_BINS):
            inside = [
                (confidence, right) for confidence, right in pairs if low <= confidence < high
            ]
            if inside:
                table.append(
                    {
                        "from": low,
                        "to": min(high, 1.0),
                        "found": len(inside),
                        "confidence": sum(confidence for confidence, _ in inside) / len(inside),
                        "right": sum(right for _, right in inside) / len(inside),
                    }
                )
        return table

    def _rate(self, is_right: Callable[[FileReport], bool | None]) -> Score:
        judged = [right for f in self.files if (right := is_right(f)) is not None]
        return Score(sum(judged), len(judged), len(judged))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form: the figures, and for each file what was missed or wrong."""
        alarms, negatives = self.false_alarms()
        return {
            "files": len(self.files),
            "strict": self._table(lenient=False),
            "lenient": self._table(lenient=True),
            "body": {name: score.precision for name, score in self.bodies().items()},
            "period": self.periods().precision,
            "page": self.pages().precision,
            "hard_negatives": {"files": negatives, "with_statements": alarms},
            "calibration": self.calibration(),
            "misses": [_misses(f) for f in self.files if f.missed or f.extra or f.error],
        }

    def _table(self, *, lenient: bool) -> dict[str, Any]:
        kinds = {kind: self.score(lenient=lenient, kind=kind).to_dict() for kind in KINDS}
        sources = {
            source: self.score(lenient=lenient, source=source).to_dict() for source in self.sources
        }
        return {"all": self.score(lenient=lenient).to_dict(), "kinds": kinds, "sources": sources}


def _body(report: FileReport, field: int) -> bool | None:
    expected = (report.gold.body.kind, report.gold.body.name, report.gold.body.province)[field]
    if expected is None:
        return None
    extracted = report.body[field]
    return extracted is not None and plain(extracted) == plain(expected)


def _misses(report: FileReport) -> dict[str, Any]:
    return {
        "set": report.gold.gold_set,
        "file": report.gold.file,
        "error": report.error,
        "missed": [{"kind": statement.kind, "text": statement.text} for statement in report.missed],
        "extra": [
            {
                "kind": prediction.kind,
                "text": prediction.text,
                "page": prediction.page,
                "found_by": prediction.found_by,
                "confidence": prediction.confidence,
            }
            for prediction in report.extra
        ],
    }
