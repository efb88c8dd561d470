"""A project as it is compared: its parts, its years, its money and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from ingest.project_names import Parts, parts_of
from ingest.project_names.correction import Correction
from ingest.project_names.place import Facet, Locality
from ingest.project_names.vocabulary import EMPTY
from ingest.records import Organisation, Project
from ingest.thai.words import words
from kb.duplicates.folding import bare_area, bare_name, fold_name, without_area_kind, without_kind
from kb.duplicates.places import Names, grouped
from kb.duplicates.synonyms import one_wording
from kb.reference.concepts import lexicon
from kb.store.records import StoredProject

_JOINTS = re.compile(r"\s*[-,]\s*")
NAMED: tuple[Facet, ...] = (
    "hamlet",
    "community",
    "line",
    "soi",
    "road",
    "water",
    "school",
    "temple",
    "centre",
    "health",
    "site",
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a comparison reads off a name and its place, worked out once.

    `wording` is the work in one wording, `words` what of it tells works apart, `concepts`
    the ideas of the lexicon it names. `places` are names by facet; `names` all of them
    bare, whatever facet they were found in (บ้านนาดี and สายนาดี share one). `areas` are
    subdistricts and municipalities. `spelt` gives folded names as they were written.
    """

    plain: str
    work: str
    wording: str
    verb: str | None
    standard: str | None
    words: frozenset[str]
    concepts: frozenset[str]
    places: Mapping[str, frozenset[str]]
    names: frozenset[str]
    areas: frozenset[str]
    stages: tuple[tuple[str, str | None], ...]
    quantities: Mapping[str, frozenset[str]]
    years: frozenset[int]
    spelt: Mapping[str, str]


@dataclass(frozen=True)
class ProjectProfile:
    """A project to be compared. `years` are the fiscal years (BE) it asks money for.

    `money` is the baht of all its years, None where nothing is said. `body` is who asks.
    """

    title: str
    traits: Traits
    years: frozenset[int] = frozenset()
    money: Decimal | None = None
    body: Organisation | None = None

    @cached_property
    def places(self) -> Names:
        """The places by group, its body's own area and those above included."""
        return grouped(self.traits.places, self.traits.areas, self.body)

    @property
    def shown(self) -> dict[str, Any]:
        """The parts as people see them: work, places, stages, quantities, years."""
        traits = self.traits
        return {
            "work": traits.work,
            "verb": traits.verb,
            "standard": traits.standard,
            "places": {
                facet: sorted(traits.spelt.get(name, name) for name in names)
                for facet, names in traits.places.items()
                if names
            },
            "stages": [{"kind": kind, "number": number} for kind, number in traits.stages],
            "quantities": {key: sorted(values) for key, values in traits.quantities.items()},
            "years": sorted(self.years),
        }


def project_profile(
    title: str,
    place: str | None = None,
    years: Iterable[int] = (),
    money: Decimal | None = None,
    body: Organisation | None = None,
    correction: Correction | None = None,
) -> ProjectProfile:
    """Make a project to compare of what is known of it; years its name bears fill the gap."""
    parts = parts_of(title, place)
    traits = traits_of(correction.applied(parts) if correction else parts)
    return ProjectProfile(title, traits, frozenset(years) or traits.years, money, body)


def stored_profile(stored: StoredProject) -> ProjectProfile:
    """Make a project of the knowledge base ready to compare."""
    record = stored.record
    traits = traits_of(parts_of(record.title, place_text(record)))
    return profile_of_traits(stored, traits)


def profile_of_traits(stored: StoredProject, traits: Traits) -> ProjectProfile:
    """Join a stored project's traits with its years, money and body."""
    record = stored.record
    years = frozenset(record.budget) or traits.years
    if not years and stored.period:
        years = frozenset(range(stored.period.start, stored.period.end + 1))
    money = sum(record.budget.values(), Decimal(0)) if record.budget else None
    return ProjectProfile(record.title, traits, years, money, stored.organisation)


def place_text(record: Project) -> str | None:
    """Write the place columns of a record as a reader of parts likes them."""
    place = record.place
    told = [*place.villages, *place.roads]
    told += [f"ตำบล{place.subdistrict}"] if place.subdistrict else []
    told += [f"อำเภอ{place.district}"] if place.district else []
    told += [f"จังหวัด{place.province}"] if place.province else []
    return " ".join(told) or None


def traits_of(parts: Parts) -> Traits:
    """Work out what a comparison reads off a name's parts."""
    work = parts.work
    wording = " ".join(one_wording(work.text).split())
    places: dict[str, frozenset[str]] = {
        facet: frozenset(map(fold_name, names)) for facet, names in parts.place.names.items()
    }
    return Traits(
        plain=parts.plain,
        work=work.text,
        wording=wording,
        verb=work.verb,
        standard=_standard(work.standard),
        words=distinctive_words(wording),
        concepts=lexicon().find(wording),
        places=places,
        names=_names(parts.place),
        areas=_areas(parts.place),
        stages=tuple((stage.kind, stage.number) for stage in parts.stages),
        quantities=_quantities(parts),
        years=frozenset(parts.years),
        spelt=_spelt(parts.place),
    )


@lru_cache(maxsize=100_000)
def distinctive_words(wording: str) -> frozenset[str]:
    """Return the words of a work that tell it from others."""
    found = (word for word in words(wording) if word not in EMPTY)
    return frozenset(word for word in found if len(word) > 1 or word.isdigit())


def _standard(standard: str | None) -> str | None:
    return one_wording(standard).strip() if standard else None


def _spelt(place: Locality) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in (name for names in place.names.values() for name in names):
        bare = without_area_kind("".join(name.split()))
        found |= {fold_name(name): name, fold_name(bare): bare}
        for end in _JOINTS.split(name):
            found |= {bare_name(end): without_kind(end), fold_name(end): end}
    return {folded: name for folded, name in found.items() if folded != name}


def _names(place: Locality) -> frozenset[str]:
    found: set[str] = set()
    for facet in NAMED:
        for name in place.names.get(facet, ()):
            found.update(bare_name(end) for end in _JOINTS.split(name))
    return frozenset(name for name in found if len(name) > 1)


def _areas(place: Locality) -> frozenset[str]:
    areas: tuple[Facet, ...] = ("subdistrict", "municipality")
    return frozenset(bare_area(name) for facet in areas for name in place.names.get(facet, ()))


def _quantities(parts: Parts) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for quantity in parts.quantities:
        key = (quantity.what or "").replace("ไม่น้อยกว่า", "") or quantity.unit or ""
        found.setdefault(key, set()).add("x".join(f"{v.normalize():f}" for v in quantity.values))
    return {key: frozenset(values) for key, values in found.items()}


def traits_to_json(traits: Traits) -> dict[str, Any]:
    """Write traits as plain data, to be kept."""
    return {
        "plain": traits.plain,
        "work": traits.work,
        "wording": traits.wording,
        "verb": traits.verb,
        "standard": traits.standard,
        "words": sorted(traits.words),
        "concepts": sorted(traits.concepts),
        "places": {facet: sorted(names) for facet, names in traits.places.items()},
        "names": sorted(traits.names),
        "areas": sorted(traits.areas),
        "stages": traits.stages,
        "quantities": {key: sorted(values) for key, values in traits.quantities.items()},
        "years": sorted(traits.years),
        "spelt": traits.spelt,
    }


def traits_from_json(kept: Mapping[str, Any]) -> Traits:
    """Read traits back."""
    return Traits(
        plain=kept["plain"],
        work=kept["work"],
        wording=kept["wording"],
        verb=kept["verb"],
        standard=kept["standard"],
        words=frozenset(kept["words"]),
        concepts=frozenset(kept["concepts"]),
        places={facet: frozenset(names) for facet, names in kept["places"].items()},
        names=frozenset(kept["names"]),
        areas=frozenset(kept["areas"]),
        stages=tuple((kind, number) for kind, number in kept["stages"]),
        quantities={key: frozenset(values) for key, values in kept["quantities"].items()},
        years=frozenset(kept["years"]),
        spelt=kept["spelt"],
    )
