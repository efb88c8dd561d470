"""What an evaluation of extraction found: scores a kind, bodies, years, false alarms, misses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kb.evaluation.gold import GoldFile, GoldStatement
from kb.evaluation.matching import Outcome, Pairing, Prediction, plain

_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts and what follows from them; a rate without a case is None."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        """Pool the counts of two scores."""
        return Score(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        """Of what was found, the share that is right."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Of what is there, the share that was found."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "right": self.right,
            "found": self.found,
            "gold": self.gold,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
        }


@dataclass(frozen=True, slots=True)
class FileReport:
    """One gold file with what was found in it and what became of it."""

    gold: GoldFile
    texts: tuple[str, ...]
    predicted: tuple[Prediction, ...]
    verdicts: tuple[Outcome, ...]
    strict: Pairing
    lenient: Pairing
    body: tuple[str | None, str | None, str | None]
    period: tuple[int, ...]
    error: str | None = None

    @property
    def missed(self) -> list[GoldStatement]:
        """Gold that was not found, strictly."""
        return [
            g for g, p in zip(self.gold.statements, self.strict.of_gold, strict=True) if p is None
        ]

    @property
    def extra(self) -> list[Prediction]:
        """What was found and is, strictly, not there."""
        return [p for p, v in zip(self.predicted, self.verdicts, strict=True) if v == "extra"]

    def score(self, pairing: Pairing, kind: str | None = None) -> Score:
        """Count one kind, or all."""
        counted = [
            (p, g)
            for p, g, v in zip(self.predicted, pairing.of_predicted, self.verdicts, strict=True)
            if g is not None or v != "ignored"
        ]
        golds = self.gold.statements
        right = sum(1 for _, g in counted if g is not None and kind in (None, golds[g].kind))
        found = sum(
            1 for p, g in counted if kind in (None, golds[g].kind if g is not None else p.kind)
        )
        return Score(right, found, sum(1 for g in golds if kind in (None, g.kind)))


@dataclass(frozen=True)
class ExtractionReport:
    """Everything measured over a folder of gold."""

    files: tuple[FileReport, ...]
    folder: str = ""
    _kinds: tuple[str, ...] = field(
        default=(
            "vision",
            "mission",
            "value",
            "goal",
            "strategic_issue",
            "strategy",
            "indicator",
            "project",
        )
    )

    def score(
        self, *, lenient: bool = False, kind: str | None = None, source: str | None = None
    ) -> Score:
        """Pool the files; `source` is `synthetic` or `real_news`, None for all."""
        chosen = (f for f in self.files if source in (None, f.gold.source))
        return sum((f.score(f.lenient if lenient else f.strict, kind) for f in chosen), Score())

    @property
    def sources(self) -> list[str]:
        """The kinds of source there are."""
        return sorted({f.gold.source for f in self.files})

    def false_alarms(self) -> tuple[int, int]:
        """Of the files that state nothing: in how many something was found, and how many."""
        negative = [f for f in self.files if f.gold.negative]
        return sum(1 for f in negative if f.predicted), len(negative)

    def bodies(self) -> dict[str, Score]:
        """How often the body's kind, name and province are right, where the text tells them."""
        parts = (("kind", 0), ("name", 1), ("province", 2))
        return {name: self._rate(lambda f, i=i: _body(f, i)) for name, i in parts}  # type: ignore[misc]

    def periods(self) -> Score:
        """How often the years are right, where the gold says."""
        return self._rate(lambda f: None if f.gold.period is None else f.gold.period == f.period)

    def pages(self) -> Score:
        """Of the statements found whose page is known, how many stand on that page."""
        checks = [
            g.page == f.predicted[p].page
            for f in self.files
            for g, p in zip(f.gold.statements, f.lenient.of_gold, strict=True)
            if p is not None and g.page is not None
        ]
        return Score(sum(checks), len(checks), len(checks))

    def calibration(self) -> list[dict[str, Any]]:
        """For each band of confidence: how many were found, how sure, how many right."""
        pairs = [
            (p.confidence, v == "right")
            for f in self.files
            for p, v in zip(f.predicted, f.verdicts, strict=True)
            if v != "ignored"
        ]
        table = []
        for low, high in pairwise(_BINS):
            inside = [(c, r) for c, r in pairs if low <= c < high]
            if inside:
                table.append(
                    {
                        "from": low,
                        "to": min(high, 1.0),
                        "found": len(inside),
                        "confidence": sum(c for c, _ in inside) / len(inside),
                        "right": sum(r for _, r in inside) / len(inside),
                    }
                )
        return table

    def _rate(self, judge: Callable[[FileReport], bool | None]) -> Score:
        judged = [verdict for f in self.files if (verdict := judge(f)) is not None]
        return Score(sum(judged), len(judged), len(judged))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form of the figures and, a file each, what was missed or wrong."""
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
        kinds = {k: self.score(lenient=lenient, kind=k).to_dict() for k in self._kinds}
        sources = {s: self.score(lenient=lenient, source=s).to_dict() for s in self.sources}
        return {"all": self.score(lenient=lenient).to_dict(), "kinds": kinds, "sources": sources}


def _body(report: FileReport, index: int) -> bool | None:
    wanted = (report.gold.body.kind, report.gold.body.name, report.gold.body.province)[index]
    if wanted is None:
        return None
    given = report.body[index]
    return given is not None and plain(given) == plain(wanted)


def _misses(report: FileReport) -> dict[str, Any]:
    return {
        "set": report.gold.gold_set,
        "file": report.gold.file,
        "error": report.error,
        "missed": [{"kind": g.kind, "text": g.text} for g in report.missed],
        "extra": [
            {
                "kind": p.kind,
                "text": p.text,
                "page": p.page,
                "found_by": p.found_by,
                "confidence": p.confidence,
            }
            for p in report.extra
        ],
    }
