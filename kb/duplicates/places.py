"""The places of a project in the groups in which they are compared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ingest.records import Organisation
from kb.duplicates.folding import bare_area, bare_name

Names = Mapping[str, frozenset[str]]
"""Folded names by facet or group."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "number": ("village",),
    "settlement": ("hamlet", "community"),
    "way": ("line", "soi", "road", "route"),
    "water": ("water",),
    "building": ("school", "temple", "centre", "health"),
    "spot": ("site", "spot"),
}
"""The facets of place that are compared together, finer than an area."""

LEVELS = ("district", "province")
_NONE: frozenset[str] = frozenset()


def grouped(places: Names, areas: frozenset[str], body: Organisation | None) -> Names:
    """Return places by group; a body's own area and those above fill what is not named.

    `places` are folded names by facet, `areas` the subdistricts and municipalities named.
    """
    groups = {group: _named(places, facets) for group, facets in GROUPS.items()}
    groups["area"] = areas or _own_area(body)
    return groups | {level: _above(places, body, level) for level in LEVELS}


def _named(places: Names, facets: tuple[str, ...]) -> frozenset[str]:
    named = [places[facet] for facet in facets if places.get(facet)]
    if not named:
        return _NONE
    names = named[0].union(*named[1:])
    return frozenset(end for name in names for end in _ends(name)) if "line" in facets else names


@lru_cache(maxsize=50_000)
def _ends(line: str) -> tuple[str, ...]:
    """Split a road's name into its ends (บ้านนาดี-บ้านโคก), a name of its own into itself."""
    return tuple(bare_name(end) for end in line.split("-") if end) or (line,)


def _own_area(body: Organisation | None) -> frozenset[str]:
    if body is None or body.kind not in {"municipality", "sao"}:
        return _NONE
    return frozenset({bare_area(body.name)})


def _above(places: Names, body: Organisation | None, level: str) -> frozenset[str]:
    names = places.get(level, _NONE)
    if names or body is None:
        return frozenset(bare_area(name) for name in names)
    above = body.province if level == "province" else body.district
    return frozenset({bare_area(above)}) if above else _NONE
