"""Where two projects agree and differ, part by part, for people to check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.records import baht
from kb.duplicates.folding import fold_name
from kb.duplicates.profile import ProjectProfile
from kb.duplicates.traits import Traits


@dataclass(frozen=True, slots=True)
class PartComparison:
    """One part of a name (`village`, `years`, …) and what either project says of it."""

    part: str
    a: tuple[str, ...]
    b: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; `a` is the proposal."""
        return {"part": self.part, "proposal": list(self.a), "project": list(self.b)}


@dataclass(frozen=True, slots=True)
class Agreement:
    """The parts in which two projects agree, and those in which they differ."""

    agrees: tuple[PartComparison, ...]
    differs: tuple[PartComparison, ...]


def compare_parts(a: ProjectProfile, b: ProjectProfile) -> Agreement:
    """Return where two projects agree and differ; a part that one leaves out is neither.

    Money is compared where both ask for the same years: the sum of five years says nothing
    about that of one.
    """
    agrees: list[PartComparison] = []
    differs: list[PartComparison] = []
    for part in _parts_of_both(a, b):
        same = {fold_name(name) for name in part.a} & {fold_name(name) for name in part.b}
        (agrees if same else differs).append(part)
    return Agreement(tuple(agrees), tuple(differs))


def _parts_of_both(a: ProjectProfile, b: ProjectProfile) -> Iterator[PartComparison]:
    ours, theirs = a.traits, b.traits
    yield from _part("work", [ours.wording], [theirs.wording])
    yield from _part("verb", [ours.verb], [theirs.verb])
    yield from _part("standard", [ours.standard], [theirs.standard])
    for group, names in a.places.items():
        yield from _part(group, _as_written(names, ours), _as_written(b.places[group], theirs))
    stages_a, stages_b = dict(ours.stages), dict(theirs.stages)
    for kind in [kind for kind in stages_a if kind in stages_b]:
        yield from _part(kind, [stages_a[kind] or kind], [stages_b[kind] or kind])
    for kind, amounts in ours.quantities.items():
        other_amounts = theirs.quantities.get(kind, frozenset())
        yield from _part(kind or "quantity", sorted(amounts), sorted(other_amounts))
    yield from _part("years", map(str, sorted(a.years)), map(str, sorted(b.years)))
    if a.money is not None and b.money is not None and a.years == b.years:
        yield from _part("money", [str(baht(a.money))], [str(baht(b.money))])
    if a.body and b.body:
        yield from _part("organisation", [a.body.name], [b.body.name])


def _as_written(names: Iterable[str], traits: Traits) -> list[str]:
    return sorted(traits.spelt.get(name, name) for name in names)


def _part(part: str, a: Iterable[str | None], b: Iterable[str | None]) -> Iterator[PartComparison]:
    """Yield the part where both projects say something of it."""
    ours, theirs = tuple(filter(None, a)), tuple(filter(None, b))
    if ours and theirs:
        yield PartComparison(part, ours, theirs)
