"""Changes: what became of each phrase from one plan to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kb.comparison.likeness import SAME, Matrix
from kb.comparison.phrases import same_words

ChangeKind = Literal["kept", "reworded", "dropped", "new"]
CHANGES: tuple[ChangeKind, ...] = ("kept", "reworded", "dropped", "new")


@dataclass(frozen=True, slots=True)
class Change:
    """A phrase `kept`, `reworded`, `dropped` (no `new`) or `new` (no `old`)."""

    change: ChangeKind
    old: str | None
    new: str | None
    likeness: float

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "change": self.change,
            "old": self.old,
            "new": self.new,
            "likeness": round(self.likeness, 3),
        }


def changes(
    old: Sequence[str], new: Sequence[str], alike: Matrix, least: float = SAME
) -> tuple[Change, ...]:
    """Align the phrases of two plans one to one, likeliest pairs first.

    `alike[i, j]` is the likeness of `old[i]` and `new[j]`; pairs below `least` stay apart.
    The answer follows the new plan's order, then lists what was dropped.
    """
    partner = _paired(alike, least)
    out = [_told(old, new, alike, partner.get(j), j) for j in range(len(new))]
    kept = set(partner.values())
    gone = [Change("dropped", phrase, None, 0.0) for i, phrase in enumerate(old) if i not in kept]
    return (*out, *gone)


def _paired(alike: Matrix, least: float) -> dict[int, int]:
    """Pair columns with rows greedily; equal likeness goes to the earlier phrases."""
    ranked = sorted(
        (-float(alike[i, j]), i, j)
        for i in range(alike.shape[0])
        for j in range(alike.shape[1])
        if alike[i, j] >= least
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in ranked:
        if i not in taken and j not in partner:
            partner[j] = i
            taken.add(i)
    return partner


def _told(old: Sequence[str], new: Sequence[str], alike: Matrix, i: int | None, j: int) -> Change:
    if i is None:
        return Change("new", None, new[j], 0.0)
    kind: ChangeKind = "kept" if same_words(old[i], new[j]) else "reworded"
    return Change(kind, old[i], new[j], float(alike[i, j]))
