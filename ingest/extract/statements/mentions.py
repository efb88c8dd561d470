"""Further places where a statement's words stand: a vision in prose, values in a slogan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.extract.statements.candidates import Found
from ingest.records import Page, Span, Statement

_IGNORED = re.compile(r"[\s“”\"‘’'.,…:：]+")
_ALIKE = 93.0
_BODIES = ("เทศบาล", "องค์การบริหารส่วน", "อบต", "อบจ", "จังหวัด", "อำเภอ", "สำนักงาน")
_SHORTEST = 12


def folded(text: str) -> str:
    """Fold what does not make another statement: white space, quotes, stops."""
    return _IGNORED.sub("", text)


def same_vision(text: str, visions: Iterable[Statement]) -> Statement | None:
    """Return the vision that a text repeats, slips of the pen allowed."""
    from rapidfuzz import fuzz

    squeezed = folded(text)
    for statement in visions:
        if statement.kind != "vision" or len(squeezed) <= _SHORTEST:
            continue
        known = folded(statement.text)
        if fuzz.ratio(squeezed, known) >= _ALIKE or _but_for_its_body(squeezed, known):
            return statement
    return None


def _but_for_its_body(one: str, other: str) -> bool:
    """Tell whether two visions differ only in that one names the body first."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short) and 2 * len(short) > len(long) and long.startswith(_BODIES)


def mentions_of(found: Found, pages: Sequence[Page]) -> tuple[Span, ...]:
    """Return where else on the pages the words stand, whatever their white space."""
    letters = "".join(found.text.split())
    if len(letters) < _SHORTEST:
        return ()
    pattern = re.compile(r"\s*".join(map(re.escape, letters)))
    head = re.compile(r"\s*".join(map(re.escape, letters[:8])))
    return tuple(
        Span(page.number, match.start(), match.end())
        for page in pages
        if head.search(page.text)
        for match in pattern.finditer(page.text)
        if not (
            page.number == found.page and match.start() < found.end and found.start < match.end()
        )
    )


def named_in(found: Found, values: Iterable[Statement], page: Page) -> dict[str, Span]:
    """Return, for a slogan made of values that are known one by one, where each stands in it."""
    rest = folded(found.text)
    spans: dict[str, Span] = {}
    for value in values:
        name = folded(value.text)
        if name not in rest:
            return {}
        rest = rest.replace(name, "", 1)
        match = re.compile(r"\s*".join(map(re.escape, name))).search(
            page.text, found.start, found.end
        )
        if match:
            spans[value.id] = Span(page.number, *match.span())
    return spans if spans and len(rest) <= 3 else {}
