"""What a query asks for besides its subject: a kind of statement, a body, a place.

`วิสัยทัศน์จังหวัดแพร่` asks for visions and for Phrae. Both are read here and weigh on the
order of hits; nothing is filtered out that the user did not ask to filter.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.store.organisations import written_out
from kb.store.passages import squeeze

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"วิสัยทัศน์|ภาพอนาคต|ภาพฝัน|\bvisions?\b", ("vision",)),
    (r"ทิศทาง(?:การ)?พัฒนา", ("vision", "strategic_issue")),
    (r"พันธกิจ|ภารกิจหลัก|\bmissions?\b", ("mission",)),
    (r"ค่านิยม|วัฒนธรรมองค์กร|\bcore values?\b", ("value",)),
    (r"เป้าประสงค์|จุดมุ่งหมาย|เป้าหมาย(?:การพัฒนา)?", ("goal",)),
    (r"ประเด็นยุทธศาสตร์|ประเด็นการพัฒนา|ยุทธศาสตร์(?!ชาติ)(?:การพัฒนา)?", ("strategic_issue",)),
    (r"กลยุทธ์|แนวทาง(?:การพัฒนา)?|มาตรการ", ("strategy",)),
    (r"เครื่องชี้วัด|ตัวชี้วัด|\bkpis?\b", ("indicator",)),
    (r"โครงการ", ("project",)),
)
_CUES = tuple((re.compile(pattern, re.IGNORECASE), kinds) for pattern, kinds in _KINDS)
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


@dataclass(frozen=True, slots=True)
class Intent:
    """What a query asks for: kinds of record, bodies (by key), and the subject that is left.

    `named` are the bodies whose whole name stands in the query, `placed` those of a place
    that it names.
    """

    subject: str
    kinds: frozenset[str] = frozenset()
    named: frozenset[int] = frozenset()
    placed: frozenset[int] = frozenset()

    def kind_fits(self, kind: str) -> int:
        """Return 1 for a kind asked for, -1 for another, 0 where none is asked for."""
        return 0 if not self.kinds else (1 if kind in self.kinds else -1)

    def body_fits(self, organisation: int | None) -> float:
        """Return 1 for a body asked for, less for one of its place, -1 for others.

        0 where the query names neither a body nor a place.
        """
        if not self.named and not self.placed:
            return 0.0
        if organisation in self.named:
            return 1.0
        if organisation in self.placed:
            return 0.0 if self.named else 0.8
        return -1.0


class Bodies:
    """The bodies of a knowledge base by the names and places a query may use for them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute("select * from organisations").fetchall()
        self._names: dict[str, set[int]] = {}
        self._places: dict[str, set[int]] = {}
        for row in rows:
            self._names.setdefault(written_out(row["name"]), set()).add(row["key"])
            for place in (row["province"], row["district"], row["subdistrict"], _bare(row["name"])):
                if place:
                    self._places.setdefault(squeeze(place), set()).add(row["key"])

    def named(self, query: str) -> frozenset[int]:
        """Find the bodies whose whole names stand in a query, abbreviated or not."""
        text = written_out(query)
        present = sorted((name for name in self._names if name in text), key=len, reverse=True)
        whole: list[str] = []
        for name in present:  # จังหวัดแพร่ stands inside องค์การบริหารส่วนจังหวัดแพร่
            if name in text:
                whole.append(name)
                text = text.replace(name, " ")
        return _keys(self._names, whole)

    def placed(self, query: str) -> frozenset[int]:
        """Find the bodies of the places a query names.

        A name that is an everyday word or short counts only behind จังหวัด, อำเภอ and so on.
        """
        text = squeeze(query)
        present = [place for place in self._places if place in text]
        if not present:
            return frozenset()
        from ingest.thai.places import find_places

        known = {squeeze(place.name) for place in find_places(query)}
        return _keys(self._places, (place for place in present if _names_place(text, place, known)))


def read_intent(query: str, bodies: Bodies) -> Intent:
    """Read what a query asks for."""
    kinds: set[str] = set()
    subject = query
    for pattern, asked in _CUES:
        if pattern.search(subject):
            kinds.update(asked)
            subject = pattern.sub(" ", subject)
    subject = " ".join(subject.split()).removeprefix("ของ").strip()
    return Intent(subject or query, frozenset(kinds), bodies.named(query), bodies.placed(query))


def _names_place(text: str, place: str, known: set[str]) -> bool:
    if place in known or any(f"{lead}{place}" in text for lead in _LEADS):
        return True
    return len(place) > _SHORT_NAME and not _is_gazetted(place)


def _is_gazetted(place: str) -> bool:
    """Tell whether the gazetteer knows a name and so decides when it is a place."""
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
