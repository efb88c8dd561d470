"""Fallback: each page stops at the first engine whose text passes the quality gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf.document import Document
from ingest.readers.pdf.engines import LOST, Engine, Pdfium, Poppler, count_thai, lossy
from ingest.readers.pdf.line_positions import poppler_lines
from ingest.readers.pdf.paragraphs import joints
from ingest.thai.quality import Quality, quality
from ingest.thai.repair import repair

GOOD_SHARE = 0.99
FAIR_SHARE = 0.96
FAIR_MISPLACED = 2.0
AGREED_SHARE = 0.005
# Where pages hold text that no engine reads well, letters out of place cost this many words.
_MISPLACED_COST = 5.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine made of one page: raw, repaired, measured.

    `joints` are what stands behind each line, where the engine knows where lines stand.
    """

    engine: str
    text: str
    quality: Quality
    raw: str
    joints: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the text passes the gate."""
        return self.quality.share >= GOOD_SHARE and not self.quality.misplaced

    @property
    def fair(self) -> bool:
        """Whether a slower engine can hardly do better: unknown names, not damage."""
        result = self.quality
        return result.share >= FAIR_SHARE and result.misplaced <= FAIR_MISPLACED

    @property
    def worth(self) -> float:
        """Thai letters inside words: falls when letters are lost and when they are garbled."""
        result = self.quality
        return result.thai * (result.share - _MISPLACED_COST * result.misplaced / 1000)


def climb(
    document: Document, numbers: Sequence[int], engines: Iterable[Engine]
) -> dict[int, Reading]:
    """Read these pages with one engine after another until each page is settled.

    A page is settled when a reading passes the gate and lost no letters, when PDFium's is
    fair, or when two engines agree. An unsettled page keeps the reading with the most Thai
    inside words.
    """
    readings: dict[int, list[Reading]] = {number: [] for number in numbers}
    open_pages = list(numbers)
    for engine in engines:
        unread = [n for n in open_pages if all(r.engine != engine.name for r in readings[n])]
        for number, raw in engine.read(document, unread).items():
            readings[number].append(measure(engine.name, raw))
        passed = {n for n in open_pages if _settled(readings[n])}
        doubted = lossy(document, _unwitnessed(readings, passed))
        open_pages = [n for n in open_pages if n in doubted or n not in passed]
        if not open_pages:
            break
    best = {n: max(result, key=lambda r: r.worth) for n, result in readings.items() if result}
    return _standing(document, best)


def measure(engine: str, raw: str) -> Reading:
    """Repair what an engine read, and measure it."""
    text = repair(raw)
    return Reading(engine, text, quality(text), raw)


def _standing(document: Document, best: Mapping[int, Reading]) -> dict[int, Reading]:
    """Add to each reading what joins its lines, if repair has left every line a line."""
    lines = {
        number: sheet.lines
        for number, reading in best.items()
        if reading.engine == Pdfium.name and (sheet := document.sheet(number)) is not None
    }
    texts = {
        n: reading.raw.strip("\n") for n, reading in best.items() if reading.engine == Poppler.name
    }
    lines |= poppler_lines(document, texts)
    return {
        number: replace(reading, joints=joints(lines[number]))
        if number in lines and len(lines[number]) == reading.text.count("\n") + 1
        else reading
        for number, reading in best.items()
    }


def _settled(readings: Sequence[Reading]) -> bool:
    if not readings:
        return False
    last = readings[-1]
    if last.engine == Pdfium.name and last.fair:
        return True
    return last.good or any(_agree(last, other) for other in readings[:-1])


def _agree(one: Reading, other: Reading) -> bool:
    return (
        abs(one.quality.share - other.quality.share) <= AGREED_SHARE
        and abs(one.quality.thai - other.quality.thai) <= LOST * one.quality.thai
    )


def _unwitnessed(readings: Mapping[int, list[Reading]], passed: Iterable[int]) -> dict[int, int]:
    """Count the letters of the pages that one engine settled alone, PDFium apart."""
    alone = {n: readings[n][0] for n in passed if len(readings[n]) == 1}
    return {
        n: count_thai(result.raw) for n, result in alone.items() if result.engine != Pdfium.name
    }
