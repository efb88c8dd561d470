"""Which of phaen's statements are those that a person marked: strict and lenient."""

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
LEAST_RATIO = 90.0
"""The least similarity (rapidfuzz ratio, per cent) of texts that match leniently."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A statement or project that phaen extracted; offsets are None for a project."""

    kind: str
    text: str
    page: int
    start: int | None
    end: int | None
    confidence: float
    found_by: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """For each prediction the number of its gold, or None; for each gold that of its prediction."""

    of_predicted: tuple[int | None, ...]
    of_gold: tuple[int | None, ...]


def plain(text: str) -> str:
    """Return a text without white space, quotes and list marks, with Arabic digits."""
    folded = _DROPPED.sub("", text.translate(_DIGITS).replace("ํา", "ำ"))
    while folded != (shorter := _EDGES.sub("", _MARK.sub("", folded))):
        folded = shorter
    return folded


def same(a: str, b: str) -> bool:
    """Return whether two texts are the same but for what `plain` takes out."""
    return plain(a) == plain(b)


def close(a: str, b: str) -> bool:
    """Return whether nine in ten characters agree."""
    from rapidfuzz import fuzz

    return fuzz.ratio(plain(a), plain(b)) >= LEAST_RATIO


def pair(
    predicted: Sequence[Prediction],
    gold: Sequence[GoldStatement],
    alike: Callable[[str, str], bool],
) -> Pairing:
    """Return predictions paired with gold one to one, equal texts first, then `alike` ones.

    The kind of a prediction must be among those that are right for the gold.
    """
    of_gold: list[int | None] = [None] * len(gold)
    of_predicted: list[int | None] = [None] * len(predicted)
    for matches in (same, alike):
        for gold_number, statement in enumerate(gold):
            if of_gold[gold_number] is not None:
                continue
            for number, prediction in enumerate(predicted):
                if (
                    of_predicted[number] is None
                    and prediction.kind in statement.kinds
                    and matches(prediction.text, statement.text)
                ):
                    of_gold[gold_number], of_predicted[number] = number, gold_number
                    break
    return Pairing(tuple(of_predicted), tuple(of_gold))
