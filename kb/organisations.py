"""Bodies by the names people use for them: written out, abbreviated, in part."""

from __future__ import annotations

import re
import sqlite3

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
_DOTLESS = re.compile(r"^(อบจ|อบต|ทน|ทม|ทต|กทม)(?![.\u0e30-\u0e3a\u0e45-\u0e4e])")


def written_out(name: str) -> str:
    """Write a body's name without abbreviations and blanks, as names are compared."""
    squeezed = _DOTLESS.sub(r"\1.", squeeze(name))
    for short, full in ABBREVIATIONS:
        if squeezed.startswith(short):
            return full + squeezed.removeprefix(short)
    return squeezed


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
