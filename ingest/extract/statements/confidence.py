"""How sure a found statement is to be right: a probability, by the rule that found it.

Each rule's share of right statements is what is expected of such a rule, corrected by counts
as far as there are any (a Beta prior worth `STRENGTH` cases). `COUNTED` is empty on purpose:
the gold at hand was seen while the rules were written, and counted on it every rule looks
perfect. What makes any rule's find doubtful (a damaged or scanned page, a very long or
unfinished text) lowers the odds. `benchmarks/calibration.py` shows how often each confidence
is right, as committed and with counts of other files.
"""

from __future__ import annotations

import math
import re

from ingest.extract.statements.candidates import Found
from ingest.records import Page

STRENGTH = 10

# What is expected of a rule before any count.
EXPECTED: dict[str, float] = {
    "heading-quote": 0.97,
    "heading-lines": 0.85,
    "heading-list": 0.85,
    "heading-named": 0.92,
    "heading-slogan": 0.85,
    "label": 0.95,
    "title": 0.8,
    "list-marked": 0.95,
    "list-plain": 0.8,
    "below": 0.85,
    "quoted": 0.92,
    "said": 0.75,
    "unquoted": 0.5,
    "enumerated": 0.85,
    "stray": 0.75,
    "listed": 0.85,
}

# Right and all, of statements and projects found by the rule in the gold sets.
COUNTED: dict[str, tuple[int, int]] = {}

_UNFINISHED = re.compile(r"(?:และ|หรือ|ของ|เพื่อ|โดย|แห่ง|ด้วย|\()$")
_LONGEST = 300
_OTHER = 0.7


def rate(rule: str) -> float:
    """Return the share of a rule's statements that is right, as far as is known."""
    right, found = COUNTED.get(rule, (0, 0))
    expected = EXPECTED.get(rule, _OTHER)
    return (right + STRENGTH * expected) / (found + STRENGTH)


def confidence_of(found: Found, page: Page | None = None) -> float:
    """Return the probability that a careful reader would have found the same."""
    base = rate(found.rule)
    odds = math.log(base / (1 - base)) - doubt(found, page)
    return round(1 / (1 + math.exp(-odds)), 3)


def doubt(found: Found, page: Page | None) -> float:
    """Return by how much the logarithm of the odds goes down."""
    doubts = 1.0 * (len(found.text) > _LONGEST) + 1.0 * bool(_UNFINISHED.search(found.text))
    if page is not None and page.unverified:
        doubts += 1.0
    if page is not None and page.quality is not None and page.quality < 1:
        doubts += min(2.0, 20 * (1 - page.quality))
    return doubts
