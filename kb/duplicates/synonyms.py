"""Words of works that come to the same: one spelling of each kind of work.

The groups stand in `corpora/names/works.tsv`, one a line: the first wording stands for the
others. They are narrower than the concepts of search: only what a reviewer would call the
same piece of work.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


def one_wording(text: str) -> str:
    """Write a work's text with the first wording of each group; `text` is folded."""
    pattern, first = _groups()
    return pattern.sub(lambda found: first[found[0]], text)


@cache
def _groups() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = (files("corpora") / "names" / "works.tsv").read_text(encoding="utf-8").splitlines()
    first: dict[str, str] = {}
    for line in lines[1:]:
        kept, *others = line.split(";")
        first |= dict.fromkeys(others, f" {kept} ") | {kept: f" {kept} "}
    longest_first = sorted(first, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), first
