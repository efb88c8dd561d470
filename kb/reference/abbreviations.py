"""Abbreviations of planning written out: ศพด. is ศูนย์พัฒนาเด็กเล็ก.

`corpora/names/abbreviations.tsv` lists them. What stands for two things, is a unit, a date or
the form of a text is left as it is.
"""

from __future__ import annotations

import re
from functools import cache

from kb.reference.tables import table_rows

_LEFT = frozenset({"unit", "time", "kind", "text"})
_LETTERS = "ก-ฮ\u0e30-\u0e3a\u0e40-\u0e4e"


def written_out_words(text: str) -> str:
    """Return a text with its abbreviations written out, dots or none: ศพด, ศพด., คสล."""
    pattern, long_forms = _table()
    return pattern.sub(lambda match: long_forms[match.group().replace(".", "")], text)


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = [row for row in table_rows("names/abbreviations.tsv") if row["kind"] not in _LEFT]
    meanings: dict[str, set[str]] = {}
    for row in rows:
        meanings.setdefault(row["short"].replace(".", ""), set()).add(row["long"])
    long_forms = {
        short: min(longs) for short, longs in meanings.items() if len(longs) == 1 and len(short) > 1
    }
    listed = sorted(long_forms, key=len, reverse=True)
    spelt = "|".join(r"\.?".join(map(re.escape, short)) for short in listed)
    return re.compile(rf"(?<![{_LETTERS}.])(?:{spelt})(?:\.|(?![{_LETTERS}.]))"), long_forms
