"""What a person says of a name's parts; it wins over what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from ingest.errors import UsageError
from ingest.project_names import Locality, Parts
from ingest.project_names.place import FACETS, Facet
from ingest.project_names.spelling import plain
from ingest.project_names.work import work


@dataclass(frozen=True, slots=True)
class Correction:
    """Parts as they should be: `work` None leaves the work as it was read.

    `places` replaces facet by facet; a facet without names is taken out.
    """

    work: str | None = None
    places: Mapping[Facet, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def applied(self, parts: Parts) -> Parts:
        """Return the parts as corrected."""
        names = {**parts.place.names, **self.places}
        place = Locality({facet: own for facet, own in names.items() if own})
        corrected = parts.work if self.work is None else work(plain(self.work))
        return replace(parts, place=place, work=corrected)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        places = {facet: list(names) for facet, names in self.places.items()}
        return {"work": self.work, "places": places}


def correction(work: str | None, places: Mapping[str, Iterable[str]]) -> Correction:
    """Check what a person corrected.

    Raises UsageError `part-unknown` where a facet of place does not exist.
    """
    facets: dict[Facet, tuple[str, ...]] = {}
    for wanted, names in places.items():
        facet = next((known for known in FACETS if known == wanted), None)
        if facet is None:
            raise UsageError("part-unknown", part=wanted, choices=", ".join(("work", *FACETS)))
        facets[facet] = tuple(name for name in (plain(name) for name in names) if name)
    return Correction(work or None, MappingProxyType(facets))
