"""Areas: the regions of Thailand and its groups of provinces, and who lies in them.

Both are data (`corpora/names/provinces.tsv`): six regions and eighteen groups of provinces
as announced in the Royal Gazette of November 2560; Bangkok belongs to no group.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from ingest.errors import UsageError
from ingest.records import Organisation
from ingest.thai.fold import fold

_SPACE = re.compile(r"[\s.]+")
_GROUP = "กลุ่มจังหวัด"


@dataclass(frozen=True, slots=True)
class Province:
    """A province: its names, its region and group, and its place on the tile map."""

    thai: str
    english: str
    region: str
    region_english: str
    cluster: str
    initials: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Area:
    """A region or a group of provinces (`cluster`), with its provinces by code."""

    name: str
    kind: Literal["region", "cluster"]
    english: str | None
    provinces: tuple[str, ...]

    def holds(self, body: Organisation) -> bool:
        """Tell whether a body lies in the area; a group of provinces lies in its own."""
        if body.kind != "province_group":
            return body.province in self.provinces
        inside = {self.name, *(one.cluster for one in provinces() if one.region == self.name)}
        return _bare(body.name) in {_bare(name) for name in inside if name}

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "name": self.name,
            "kind": self.kind,
            "english": self.english,
            "provinces": list(self.provinces),
        }


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """Return the 77 provinces in the order of their codes."""
    text = (files("corpora") / "names" / "provinces.tsv").read_text("utf-8")
    return tuple(
        Province(
            row["thai"],
            row["english"],
            row["region"],
            row["region_english"],
            row["cluster"],
            (row["initials"] or "กทม").rstrip("."),
            int(row["row"]),
            int(row["column"]),
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
    )


@lru_cache(maxsize=1)
def areas() -> tuple[Area, ...]:
    """Return the regions, then the groups of provinces, in the order of their provinces."""
    regions = dict.fromkeys((one.region, one.region_english) for one in provinces())
    groups = dict.fromkeys(one.cluster for one in provinces() if one.cluster)
    return (
        *(Area(name, "region", english, _of("region", name)) for name, english in regions),
        *(Area(name, "cluster", None, _of("cluster", name)) for name in groups),
    )


def _of(field: str, name: str) -> tuple[str, ...]:
    return tuple(one.thai for one in provinces() if getattr(one, field) == name)


def area(name: str) -> Area:
    """Find an area by its name, with or without กลุ่มจังหวัด and ภาค; raise `area-unknown`.

    ภาคตะวันออก is the region; its groups carry a number (ภาคตะวันออก 1).
    """
    asked = _bare(name)
    for one in areas():
        if asked and asked in (_bare(one.name), (one.english or "").casefold().replace(" ", "")):
            return one
    choices = ", ".join(one.name for one in areas())
    raise UsageError("area-unknown", name=name, choices=choices)


def _bare(name: str) -> str:
    """Fold a name: digits and blanks, other names, and the words before it people leave out."""
    plain = _SPACE.sub("", fold(name)).casefold()
    plain = plain.removeprefix(_GROUP).removeprefix("ภาค").replace("อีสาน", "ตะวันออกเฉียงเหนือ")
    return "ใต้ชายแดน" if plain in ("ชายแดนใต้", "ชายแดนภาคใต้") else plain
