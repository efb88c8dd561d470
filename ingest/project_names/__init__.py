"""The parts of a project's name: what is done, to what, where, how much, which stage.

Thai local projects are named by a formula, verb + object + (standard) + place, and two
names that differ in one village number are two projects. `parts_of` takes a name apart so
that the parts can be compared one by one, shown to people and corrected by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.project_names.place import Locality, localities, villages
from ingest.project_names.quantity import Quantity, Stage, quantities, stages, years
from ingest.project_names.spelling import plain
from ingest.project_names.work import Work, work

__all__ = ["Locality", "Parts", "Quantity", "Stage", "Work", "parts_of"]


@dataclass(frozen=True, slots=True)
class Parts:
    """A project's name, taken apart.

    `years` are fiscal years in the Buddhist Era that the name itself bears; `plain` is
    the name with digits, abbreviations and spellings made alike.
    """

    plain: str
    work: Work
    place: Locality
    stages: tuple[Stage, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    years: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that is shown to people."""
        return {
            "work": self.work.to_dict(),
            "place": self.place.to_dict(),
            "stages": [stage.to_dict() for stage in self.stages],
            "quantities": [quantity.to_dict() for quantity in self.quantities],
            "years": list(self.years),
        }


def parts_of(title: str, place: str | None = None) -> Parts:
    """Take a project's name apart; `place` is the place column of its row, where there is one.

    What the name says of a place wins over what the column says; the column fills gaps.
    """
    name = plain(title)
    years_named, rest = years(name)
    stages_named, rest = stages(rest)
    place_named, quantities_named, rest = _measured(rest)
    if place:
        column, _, _ = _measured(plain(place))
        place_named = place_named.filled_from(column)
    return Parts(
        plain=name,
        work=work(rest),
        place=place_named,
        stages=stages_named,
        quantities=quantities_named,
        years=years_named,
    )


def _measured(name: str) -> tuple[Locality, tuple[Quantity, ...], str]:
    """Read places and quantities: village numbers first, they look like counts."""
    numbers, rest = villages(name)
    quantities_named, rest = quantities(rest)
    named, rest = localities(rest)
    return named.with_villages(numbers), quantities_named, rest
