"""What a pair agrees and differs in, part by part, for people to check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ingest.records import baht
from kb.duplicates.folding import fold_name
from kb.duplicates.profile import ProjectProfile, Traits


@dataclass(frozen=True, slots=True)
class PartComparison:
    """One part of a name (`village`, `years`, …) and what either side says of it."""

    part: str
    a: tuple[str, ...]
    b: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"part": self.part, "proposal": list(self.a), "project": list(self.b)}


def compare_parts(
    a: ProjectProfile, b: ProjectProfile
) -> tuple[tuple[PartComparison, ...], tuple[PartComparison, ...]]:
    """Return what two projects agree in and what they differ in; what one leaves out is neither."""
    agrees: list[PartComparison] = []
    differs: list[PartComparison] = []
    for point in _compared(a, b):
        same = {fold_name(name) for name in point.a} & {fold_name(name) for name in point.b}
        (agrees if same else differs).append(point)
    return tuple(agrees), tuple(differs)


def _compared(a: ProjectProfile, b: ProjectProfile) -> Iterable[PartComparison]:
    ours, theirs = a.traits, b.traits
    yield from _both("work", [ours.wording], [theirs.wording])
    yield from _both("verb", [ours.verb], [theirs.verb])
    yield from _both("standard", [ours.standard], [theirs.standard])
    for group, names in a.places.items():
        yield from _both(group, _spelt(names, ours), _spelt(b.places[group], theirs))
    stages_a, stages_b = dict(ours.stages), dict(theirs.stages)
    for kind in [kind for kind in stages_a if kind in stages_b]:
        yield from _both(kind, [stages_a[kind] or kind], [stages_b[kind] or kind])
    for kind, amounts in ours.quantities.items():
        yield from _both(
            kind or "quantity", sorted(amounts), sorted(theirs.quantities.get(kind, ()))
        )
    yield from _both("years", map(str, sorted(a.years)), map(str, sorted(b.years)))
    if a.money is not None and b.money is not None:
        yield from _both("money", [str(baht(a.money))], [str(baht(b.money))])
    if a.body and b.body:
        yield from _both("organisation", [a.body.name], [b.body.name])


def _spelt(names: Iterable[str], traits: Traits) -> list[str]:
    return sorted(traits.spelt.get(name, name) for name in names)


def _both(part: str, a: Iterable[str | None], b: Iterable[str | None]) -> Iterable[PartComparison]:
    ours, theirs = tuple(filter(None, a)), tuple(filter(None, b))
    if ours and theirs:
        yield PartComparison(part, ours, theirs)
