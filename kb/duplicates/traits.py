"""Traits of a project's name: what a comparison takes from its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any

from ingest.project_names import Parts
from ingest.project_names.place import Facet, Locality
from ingest.project_names.vocabulary import EMPTY
from ingest.thai.words import words
from kb.duplicates.folding import bare_area, bare_name, fold_name, without_area_kind, without_kind
from kb.duplicates.places import Names
from kb.reference.concepts import lexicon
from kb.reference.tables import table_text

_JOINTS = re.compile(r"\s*[-,]\s*")
_NAMED_FACETS: tuple[Facet, ...] = (
    *("hamlet", "community", "line", "soi", "road", "water"),
    *("school", "temple", "centre", "health", "site"),
)
_AREA_FACETS: tuple[Facet, ...] = ("subdistrict", "municipality")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a comparison takes from a name and its place.

    `wording` is the work in the first wording of its group of synonyms, `words` what of it
    distinguishes works, `concepts` the ideas of the lexicon it names. `places` are folded
    names by facet; `names` all of them without their kind, whatever their facet (บ้านนาดี and
    สายนาดี share one). `areas` are subdistricts and municipalities. `quantities` are amounts by
    what they measure, `years` fiscal years (BE). `spelt` gives folded names as written.
    """

    plain: str
    work: str
    wording: str
    verb: str | None
    standard: str | None
    words: frozenset[str]
    concepts: frozenset[str]
    places: Names
    names: frozenset[str]
    areas: frozenset[str]
    stages: tuple[tuple[str, str | None], ...]
    quantities: Names
    years: frozenset[int]
    spelt: Mapping[str, str]


_SET_FIELDS = ("words", "concepts", "names", "areas", "years")
_SETS_BY_NAME = ("places", "quantities")


def traits_of(parts: Parts) -> Traits:
    """Return the traits of a name's parts."""
    work = parts.work
    wording = " ".join(first_wording(work.text).split())
    return Traits(
        plain=parts.plain,
        work=work.text,
        wording=wording,
        verb=work.verb,
        standard=first_wording(work.standard).strip() if work.standard else None,
        words=distinctive_words(wording),
        concepts=lexicon().find(wording),
        places={
            facet: frozenset(map(fold_name, names)) for facet, names in parts.place.names.items()
        },
        names=_bare_names(parts.place),
        areas=_areas(parts.place),
        stages=tuple((stage.kind, stage.number) for stage in parts.stages),
        quantities=_quantities(parts),
        years=frozenset(parts.years),
        spelt=_spelt(parts.place),
    )


def traits_to_json(traits: Traits) -> dict[str, Any]:
    """Return traits as plain data; sets become sorted lists."""
    return {field.name: _plain_data(getattr(traits, field.name)) for field in fields(Traits)}


def traits_from_json(stored: Mapping[str, Any]) -> Traits:
    """Return the traits that `traits_to_json` wrote."""
    values = dict(stored)
    for name in _SET_FIELDS:
        values[name] = frozenset(values[name])
    for name in _SETS_BY_NAME:
        values[name] = {key: frozenset(items) for key, items in values[name].items()}
    values["stages"] = tuple((kind, number) for kind, number in values["stages"])
    return Traits(**values)


@lru_cache(maxsize=100_000)
def distinctive_words(wording: str) -> frozenset[str]:
    """Return the words of a work that distinguish it from other works."""
    content = (word for word in words(wording) if word not in EMPTY)
    return frozenset(word for word in content if len(word) > 1 or word.isdigit())


def first_wording(text: str) -> str:
    """Return a folded text with each synonym replaced by the first wording of its group.

    The groups are data (`corpora/names/works.tsv`, one a line). They are narrower than the
    concepts of search: only what a reviewer would call the same piece of work.
    """
    pattern, first = _synonyms()
    return pattern.sub(lambda match: first[match[0]], text)


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all wordings, and for each the first wording of its group."""
    first: dict[str, str] = {}
    for line in table_text("names/works.tsv").splitlines()[1:]:
        wording, *others = line.split(";")
        first |= dict.fromkeys((*others, wording), f" {wording} ")
    longest_first = sorted(first, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), first


def _plain_data(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {key: _plain_data(item) for key, item in value.items()}
    return value


def _spelt(place: Locality) -> dict[str, str]:
    """Return folded names, whole and in pieces, with their spelling in the text."""
    spelt: dict[str, str] = {}
    for name in (name for names in place.names.values() for name in names):
        bare = without_area_kind("".join(name.split()))
        spelt |= {fold_name(name): name, fold_name(bare): bare}
        for end in _JOINTS.split(name):
            spelt |= {bare_name(end): without_kind(end), fold_name(end): end}
    return {folded: name for folded, name in spelt.items() if folded != name}


def _bare_names(place: Locality) -> frozenset[str]:
    bare = {
        bare_name(end)
        for facet in _NAMED_FACETS
        for name in place.names.get(facet, ())
        for end in _JOINTS.split(name)
    }
    return frozenset(name for name in bare if len(name) > 1)


def _areas(place: Locality) -> frozenset[str]:
    names = (name for facet in _AREA_FACETS for name in place.names.get(facet, ()))
    return frozenset(map(bare_area, names))


def _quantities(parts: Parts) -> dict[str, frozenset[str]]:
    """Return amounts such as `4x100` by what they measure, else by their unit."""
    amounts: dict[str, set[str]] = {}
    for quantity in parts.quantities:
        key = (quantity.what or "").replace("ไม่น้อยกว่า", "") or quantity.unit or ""
        amounts.setdefault(key, set()).add("x".join(f"{v.normalize():f}" for v in quantity.values))
    return {key: frozenset(values) for key, values in amounts.items()}
