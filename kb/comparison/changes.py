"""Changes: what became of each phrase from one plan to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from kb.arrays import Matrix
from kb.comparison.likeness import SAME
from kb.comparison.phrases import same_words

ChangeKind = Literal["kept", "reworded", "dropped", "new"]
CHANGES: tuple[ChangeKind, ...] = get_args(ChangeKind)


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
    old: Sequence[str], new: Sequence[str], likenesses: Matrix, least: float = SAME
) -> tuple[Change, ...]:
    """Return what became of the phrases of two plans, paired one to one, likeliest pairs first.

    `likenesses[i, j]` is that of `old[i]` and `new[j]`; pairs below `least` stay apart. The
    changes follow the new plan's order, then the old phrases that were dropped.
    """
    partner = _pair(likenesses, least)
    changed = [_change(old, new, likenesses, partner.get(j), j) for j in range(len(new))]
    paired = set(partner.values())
    dropped = [
        Change("dropped", phrase, None, 0.0) for i, phrase in enumerate(old) if i not in paired
    ]
    return (*changed, *dropped)


def _pair(likenesses: Matrix, least: float) -> dict[int, int]:
    """Return the row paired with each column, greedily; ties go to the earlier phrases."""
    rows, columns = likenesses.shape
    ranked = sorted(
        (-float(likenesses[i, j]), i, j)
        for i in range(rows)
        for j in range(columns)
        if likenesses[i, j] >= least
    )
    partner: dict[int, int] = {}
    paired_rows: set[int] = set()
    for _, i, j in ranked:
        if i not in paired_rows and j not in partner:
            partner[j] = i
            paired_rows.add(i)
    return partner


def _change(
    old: Sequence[str], new: Sequence[str], likenesses: Matrix, i: int | None, j: int
) -> Change:
    if i is None:
        return Change("new", None, new[j], 0.0)
    kind: ChangeKind = "kept" if same_words(old[i], new[j]) else "reworded"
    return Change(kind, old[i], new[j], float(likenesses[i, j]))
