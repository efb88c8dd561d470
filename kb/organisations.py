"""Bodies by the names people use for them: written out, abbreviated, in part."""

from __future__ import annotations

import re
import sqlite3

from ingest.thai.fold import fold
from kb.passages import squeeze

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
