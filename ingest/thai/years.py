"""Years and spans of years, as Buddhist Era (BE = CE + 543)."""

import re
from dataclasses import dataclass

from ingest.records import Period
from ingest.thai.digits import arabic

_ERA = r"(?:พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?|ปีงบประมาณ|ปีพุทธศักราช|พุทธศักราช|ปี)"
_ERAS = rf"(?:{_ERA}\s*){{0,3}}"
_FULL = r"(?:2[45][0-9]{2}|26[0-4][0-9]|19[5-9][0-9]|20[0-9]{2})"
_TO = r"(?:\s*[-–—−‐‑~]\s*|\s*(?:จนถึง|ถึง|to)\s*)"
_EDGE_BEFORE = r"(?<![0-9,])(?<![0-9]\.)"
_EDGE_AFTER = r"(?![0-9]|[.,][0-9])"

_SPAN = re.compile(
    rf"{_EDGE_BEFORE}(?P<start>{_FULL}){_TO}{_ERAS}(?P<end>{_FULL}|[0-9]{{2}}){_EDGE_AFTER}"
)
_SHORT_SPAN = re.compile(
    rf"{_ERA}\s*(?P<start>[4-9][0-9]){_TO}{_ERAS}(?P<end>[4-9][0-9]){_EDGE_AFTER}"
)
_DIGITS = re.compile("[0-9]{2}")
_YEAR = re.compile(rf"{_EDGE_BEFORE}(?P<full>{_FULL}){_EDGE_AFTER}")
_SHORT_YEAR = re.compile(
    r"(?:ปีงบประมาณ|พ\.?\s?ศ\.?|ปี)\s*(?:พ\.?\s?ศ\.?\s*)?(?P<short>[4-9][0-9])(?![0-9]|[.,][0-9])"
)

LONGEST = 25
"""No plan covers more years than this; the national strategy covers 20."""


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A span of years and where in the text it stands."""

    period: Period
    start: int
    end: int


def buddhist(number: int) -> int | None:
    """Read a written year as BE: 2566, 2023 (CE), or 66 for 2566; None if it is no year."""
    if 0 <= number <= 99:
        return 2500 + number
    if 1950 <= number <= 2099:
        return number + 543
    return number if 2400 <= number <= 2649 else None


def year(text: str) -> int | None:
    """Read the first year of a text as BE, two digits only behind ปี or พ.ศ."""
    flat = arabic(text)
    found = _YEAR.search(flat)
    if found:
        return buddhist(int(found["full"]))
    short = _SHORT_YEAR.search(flat)
    return buddhist(int(short["short"])) if short else None


def periods(text: str) -> list[FoundPeriod]:
    """Find the spans of years in a text, in their order (พ.ศ. 2566 – 2570, 2566-70)."""
    flat = arabic(text)
    if not _DIGITS.search(flat):
        return []
    found = [*_SPAN.finditer(flat), *_SHORT_SPAN.finditer(flat)]
    read = [_read(match) for match in sorted(found, key=lambda match: match.start())]
    return [one for one in read if one]


def period(text: str) -> Period | None:
    """Read the first span of years of a text."""
    found = periods(text)
    return found[0].period if found else None


def _read(match: re.Match[str]) -> FoundPeriod | None:
    start = buddhist(int(match["start"]))
    written = match["end"]
    if start is None:
        return None
    if len(written) == 2 and len(match["start"]) == 4:
        first = int(match["start"])
        end = buddhist(first - first % 100 + int(written))
    else:
        end = buddhist(int(written))
    if end is None or not start <= end <= start + LONGEST:
        return None
    return FoundPeriod(Period(start, end), match.start(), match.end())
