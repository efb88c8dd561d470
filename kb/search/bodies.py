"""The bodies of a knowledge base, by the names and places that a question may use for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from kb.store.organisations import written_out
from kb.store.passages import squeeze

_LEADS = (
    "จังหวัด",
    "อำเภอ",
    "ตำบล",
    "เทศบาลนคร",
    "เทศบาลเมือง",
    "เทศบาลตำบล",
    "องค์การบริหารส่วนจังหวัด",
    "องค์การบริหารส่วนตำบล",
)
_SHORT_NAME = 4


class Bodies:
    """Bodies by name and by place; they are read once, when this is made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute("select * from organisations").fetchall()
        self._names: dict[str, set[int]] = {}
        self._places: dict[str, set[int]] = {}
        for row in rows:
            self._names.setdefault(written_out(row["name"]), set()).add(row["key"])
            for place in (row["province"], row["district"], row["subdistrict"], _bare(row["name"])):
                if place:
                    self._places.setdefault(squeeze(place), set()).add(row["key"])

    def names_in(self, query: str) -> tuple[str, ...]:
        """Return the whole names of bodies in a query, abbreviated or not, without blanks."""
        text = written_out(query)
        present = sorted((name for name in self._names if name in text), key=len, reverse=True)
        whole: list[str] = []
        for name in present:  # จังหวัดแพร่ stands inside องค์การบริหารส่วนจังหวัดแพร่
            if name in text:
                whole.append(name)
                text = text.replace(name, " ")
        return tuple(whole)

    def called(self, names: Iterable[str]) -> frozenset[int]:
        """Return the keys of the bodies that have these names, as `names_in` returns them."""
        return _keys(self._names, names)

    def placed(self, query: str) -> frozenset[int]:
        """Return the keys of the bodies of the places that a query names.

        A name that is an everyday word or short counts only behind จังหวัด, อำเภอ and so on.
        """
        text = squeeze(query)
        present = [place for place in self._places if place in text]
        if not present:
            return frozenset()
        from ingest.thai.places import find_places

        known = {squeeze(place.name) for place in find_places(query)}
        return _keys(self._places, (place for place in present if _names_place(text, place, known)))


def without_names(query: str, names: Iterable[str]) -> str:
    """Return a query without some bodies' names, written out, abbreviated or with blanks.

    `names` are as `Bodies.names_in` returns them.
    """
    for name in names:
        if not written_out(query).count(name):
            continue
        start, end = _stretch(query, name)
        query = f"{query[:start]} {query[end:]}"
    return " ".join(query.split())


def _stretch(query: str, name: str) -> tuple[int, int]:
    """Return the shortest stretch of a query that, written out, holds a name."""
    end = next(at for at in range(1, len(query) + 1) if name in written_out(query[:at]))
    starts = (at for at in range(end - 1, -1, -1) if name in written_out(query[at:end]))
    return next(starts), end


def _names_place(text: str, place: str, known: set[str]) -> bool:
    if place in known or any(f"{lead}{place}" in text for lead in _LEADS):
        return True
    return len(place) > _SHORT_NAME and not _is_gazetted(place)


def _is_gazetted(place: str) -> bool:
    """Return whether the gazetteer knows a name, and so decides when it is a place."""
    from ingest.thai.places import province_named

    return province_named(place) is not None


def _bare(name: str) -> str | None:
    """Take the kind of body off its name: เทศบาลตำบลเนินสวย is called เนินสวย."""
    squeezed = squeeze(name)
    for lead in sorted(_LEADS, key=len, reverse=True):
        if squeezed.startswith(lead) and len(squeezed) > len(lead) + 2:
            return squeezed.removeprefix(lead)
    return None


def _keys(table: Mapping[str, set[int]], names: Iterable[str]) -> frozenset[int]:
    return frozenset(key for name in names for key in table[name])
