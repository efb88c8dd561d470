"""Which of the statements found are the ones a person found: strict and lenient."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.evaluation.gold import GoldStatement

Outcome = Literal["right", "extra", "ignored"]
_MARK = re.compile(r"^(?:[-–•*●▪]|\(?[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]+)*[.)]+)")
_DROPPED = re.compile(r"[\s\u00a0\u200b“”\"‘’'„«»]+")
_EDGES = re.compile(r"^[.…,;:]+|[.…,;:]+$")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
LENIENT = 90.0


@dataclass(frozen=True, slots=True)
class Prediction:
    """A statement or project as phaen gave it; offsets are None for a project."""

    kind: str
    text: str
    page: int
    start: int | None
    end: int | None
    confidence: float
    found_by: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """For each prediction the gold it met, or None; for each gold the prediction, or None."""

    of_predicted: tuple[int | None, ...]
    of_gold: tuple[int | None, ...]


def plain(text: str) -> str:
    """Fold what does not count: white space, quotes, list marks, the script of digits."""
    folded = _DROPPED.sub("", text.translate(_DIGITS).replace("ํา", "ำ"))
    while folded != (shorter := _EDGES.sub("", _MARK.sub("", folded))):
        folded = shorter
    return folded


def same(a: str, b: str) -> bool:
    """Tell whether two texts are the same but for what does not count."""
    return plain(a) == plain(b)


def close(a: str, b: str) -> bool:
    """Tell whether nine in ten characters agree."""
    from rapidfuzz import fuzz

    return fuzz.ratio(plain(a), plain(b)) >= LENIENT


def pair(
    predicted: Sequence[Prediction],
    gold: Sequence[GoldStatement],
    alike: Callable[[str, str], bool],
) -> Pairing:
    """Pair predictions with gold one to one; a kind must be among the accepted ones."""
    met: list[int | None] = [None] * len(gold)
    mine: list[int | None] = [None] * len(predicted)
    for exact in (same, alike):
        for g, wanted in enumerate(gold):
            if met[g] is not None:
                continue
            for p, given in enumerate(predicted):
                if (
                    mine[p] is None
                    and given.kind in wanted.kinds
                    and exact(given.text, wanted.text)
                ):
                    met[g], mine[p] = p, g
                    break
    return Pairing(tuple(mine), tuple(met))
