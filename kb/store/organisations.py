"""Bodies by the names people use for them: written out, abbreviated, in part."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping

from ingest.records import Organisation
from ingest.thai.fold import fold
from kb.store.passages import squeeze

ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    ("อบจ.", "องค์การบริหารส่วนจังหวัด"),
    ("อบต.", "องค์การบริหารส่วนตำบล"),
    ("ทน.", "เทศบาลนคร"),
    ("ทม.", "เทศบาลเมือง"),
    ("ทต.", "เทศบาลตำบล"),
    ("กทม.", "กรุงเทพมหานคร"),
    ("จ.", "จังหวัด"),
    ("อ.", "อำเภอ"),
    ("ต.", "ตำบล"),
)
Counted = tuple[Organisation, Mapping[str, int]]
"""A body, and how many documents, statements and projects it has."""
_LONG = dict(ABBREVIATIONS)
_THAI = "\u0e01-\u0e4e"
_DOTTED = re.compile(rf"(?<![{_THAI}.])(อบจ|อบต|ทน|ทม|ทต|กทม|จ|อ|ต)\. ?(?=[{_THAI}])")
_DOTLESS = re.compile(
    rf"(?<![{_THAI}.])(อบจ|อบต|กทม)(?=[ {_THAI}]|$)(?![\u0e30-\u0e3a\u0e45-\u0e4e])"
)


def written_out(text: str) -> str:
    """Write bodies' names in a text without abbreviations and blanks, as names are compared."""
    folded = _DOTTED.sub(_long, fold(text))
    return squeeze(_DOTLESS.sub(_long, folded))


def joined(bodies: Iterable[Counted]) -> list[Counted]:
    """Join entries of one body of which some documents tell the place and others do not.

    Names that are told with two places are two bodies; where a document tells no place and
    both are known, it stays by itself.
    """
    kept: dict[Organisation, dict[str, int]] = {}
    for body, counts in sorted(bodies, key=lambda each: -len(_places(each[0]))):
        alike = [known for known in kept if _may_be(body, known)]
        known = alike[0] if len(alike) == 1 else body
        before = kept.setdefault(known, dict.fromkeys(counts, 0))
        kept[known] = {name: before[name] + counts[name] for name in counts}
    return sorted(kept.items(), key=lambda each: (each[0].name, _places(each[0])))


def _may_be(body: Organisation, known: Organisation) -> bool:
    same = (body.name, body.kind) == (known.name, known.kind)
    return same and set(_places(body)) <= set(_places(known))


def _places(body: Organisation) -> list[tuple[str, str]]:
    levels = ("province", "district", "subdistrict")
    return [(level, place) for level in levels if (place := getattr(body, level))]


def _long(short: re.Match[str]) -> str:
    return _LONG[short[1] + "."]


def keys_named(connection: sqlite3.Connection, name: str) -> list[int]:
    """Find the bodies a name stands for: those of exactly this name, else those containing it.

    A bare place (พิษณุโลก) is part of many names and means them all; a name written out
    (จังหวัดพิษณุโลก) means that body alone. Nothing matches an empty name.
    """
    wanted = written_out(name)
    if not wanted:
        return []
    rows = connection.execute("select key, name from organisations").fetchall()
    names = [(row["key"], written_out(row["name"])) for row in rows]
    exact = [key for key, known in names if known == wanted]
    return exact or [key for key, known in names if wanted in known]
