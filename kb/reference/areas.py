"""Areas: the regions of Thailand, its groups of provinces, and which bodies lie in them.

Both are data (`corpora/names/provinces.tsv`): six regions and eighteen groups of provinces
as announced in the Royal Gazette of November 2560; Bangkok belongs to no group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ingest.errors import UsageError
from ingest.records import Organisation
from ingest.thai.fold import fold
from kb.reference.tables import table_rows

_SPACE = re.compile(r"[\s.]+")
_GROUP = "กลุ่มจังหวัด"


@dataclass(frozen=True, slots=True)
class Province:
    """A province: its names, its region and group (`cluster`), and its place on the tile map."""

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
    """A region or a group of provinces (`cluster`); `provinces` in the order of their codes."""

    name: str
    kind: Literal["region", "cluster"]
    english: str | None
    provinces: tuple[str, ...]

    def holds(self, body: Organisation) -> bool:
        """Return whether a body lies in the area; a group of provinces lies in its own."""
        if body.kind != "province_group":
            return body.province in self.provinces
        names = {
            self.name,
            *(province.cluster for province in provinces() if province.region == self.name),
        }
        return _bare(body.name) in {_bare(name) for name in names if name}

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
        for row in table_rows("names/provinces.tsv")
    )


@lru_cache(maxsize=1)
def areas() -> tuple[Area, ...]:
    """Return the regions, then the groups of provinces, in the order of their provinces."""
    regions = dict.fromkeys((province.region, province.region_english) for province in provinces())
    groups = dict.fromkeys(province.cluster for province in provinces() if province.cluster)
    return (
        *(Area(name, "region", english, _of("region", name)) for name, english in regions),
        *(Area(name, "cluster", None, _of("cluster", name)) for name in groups),
    )


def _of(field: str, name: str) -> tuple[str, ...]:
    return tuple(province.thai for province in provinces() if getattr(province, field) == name)


def area(name: str) -> Area:
    """Return an area by its name, with or without กลุ่มจังหวัด and ภาค.

    ภาคตะวันออก is the region; its groups carry a number (ภาคตะวันออก 1). Raises UsageError
    `area-unknown`.
    """
    wanted = _bare(name)
    for candidate in areas():
        if wanted and wanted in (
            _bare(candidate.name),
            (candidate.english or "").casefold().replace(" ", ""),
        ):
            return candidate
    choices = ", ".join(candidate.name for candidate in areas())
    raise UsageError("area-unknown", name=name, choices=choices)


def _bare(name: str) -> str:
    """Return a name folded: digits, blanks, other names, and the words before it people omit."""
    plain = _SPACE.sub("", fold(name)).casefold()
    plain = plain.removeprefix(_GROUP).removeprefix("ภาค").replace("อีสาน", "ตะวันออกเฉียงเหนือ")
    return "ใต้ชายแดน" if plain in ("ชายแดนใต้", "ชายแดนภาคใต้") else plain
