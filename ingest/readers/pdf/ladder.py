"""The ladder: each page stops at the first engine whose text passes the quality gate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.pdf.engines import Engine
from ingest.thai.quality import Quality, quality
from ingest.thai.repair import repair

GOOD_SHARE = 0.99
LOST_THAI = 0.995


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine made of one page, repaired."""

    engine: str
    text: str
    quality: Quality

    @property
    def good(self) -> bool:
        """Whether the text can be trusted without asking another engine."""
        return self.quality.share >= GOOD_SHARE and not self.quality.misplaced

    @property
    def worth(self) -> float:
        """Thai letters inside words: falls when letters are lost and when they are garbled."""
        return self.quality.thai * self.quality.share


def climb(path: Path, numbers: Sequence[int], engines: Iterable[Engine]) -> dict[int, Reading]:
    """Read these pages with one engine after another until each page is good.

    A page no engine reads well keeps the reading with the most Thai inside words.
    """
    best: dict[int, Reading] = {}
    failing = list(numbers)
    for engine in engines:
        if not failing:
            break
        for number, raw in engine.read(path, failing).items():
            reading = read(engine.name, raw)
            known = best.get(number)
            if known is None or reading.worth > known.worth:
                best[number] = reading
        failing = [n for n in failing if n not in best or not best[n].good]
    return best


def read(engine: str, raw: str) -> Reading:
    """Repair what an engine read, and measure it."""
    text = repair(raw)
    return Reading(engine, text, quality(text))
