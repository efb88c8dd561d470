"""Days, years and spans of years as Thai pages write them (BE = CE + 543)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
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
    result = _YEAR.search(flat)
    if result:
        return buddhist(int(result["full"]))
    short = _SHORT_YEAR.search(flat)
    return buddhist(int(short["short"])) if short else None


def periods(text: str) -> list[FoundPeriod]:
    """Find the spans of years in a text, in their order (พ.ศ. 2566 – 2570, 2566-70)."""
    flat = arabic(text)
    if not _DIGITS.search(flat):
        return []
    result = [*_SPAN.finditer(flat), *_SHORT_SPAN.finditer(flat)]
    read = [_read(match) for match in sorted(result, key=lambda match: match.start())]
    return [one for one in read if one]


def period(text: str) -> Period | None:
    """Read the first span of years of a text."""
    result = periods(text)
    return result[0].period if result else None


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


_MONTHS = (
    "มกราคม ม.ค. january jan",
    "กุมภาพันธ์ ก.พ. february feb",
    "มีนาคม มี.ค. march mar",
    "เมษายน เม.ย. april apr",
    "พฤษภาคม พ.ค. may",
    "มิถุนายน มิ.ย. june jun",
    "กรกฎาคม ก.ค. july jul",
    "สิงหาคม ส.ค. august aug",
    "กันยายน ก.ย. september sep",
    "ตุลาคม ต.ค. october oct",
    "พฤศจิกายน พ.ย. november nov",
    "ธันวาคม ธ.ค. december dec",
)
_MONTH_OF = {
    name.replace(".", ""): number
    for number, names in enumerate(_MONTHS, 1)
    for name in names.split()
}
_NAME = "|".join(
    r"\s?".join(re.escape(part) for part in re.findall(r"[^.]+|\.", name)).replace(r"\.", r"\.?")
    for names in _MONTHS
    for name in names.split()
)
_DAY_ERA = r"(?:พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?)"
_WRITTEN = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:\s*[-–—]\s*[0-9]{{1,2}})?(?:st|nd|rd|th)?"
    rf"\s*(?:เดือน)?\s*(?P<month>{_NAME})(?![ก-ฮa-z])[,.]?\s*(?P<era>{_DAY_ERA})?\s*"
    rf"(?P<year>[0-9]{{4}}|'?[0-9]{{2}})(?![0-9])",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<cut>[/.-])(?P<month>[0-9]{1,2})(?P=cut)"
    r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9]|[/.-][0-9])"
)
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9]|-[0-9])")
_ENGLISH = re.compile(
    r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+"
    r"(?P<year>[0-9]{4})(?![0-9])"
)
_NUMBER = re.compile(r"[0-9]+")
_INSIDE = re.compile(r"[0-9][.,/-]|[,/]")
"""What stands right before digits that go on a number or another date."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day, as `YYYY-MM-DD` of the Common Era, and where in the text it stands."""

    iso: str
    start: int
    end: int


def dates(text: str) -> list[WrittenDate]:
    """Find the days in a text, in their order; of a span of days, its first."""
    flat = arabic(text)
    read = [_read_day(match) for match in _candidates(flat)]
    result: list[WrittenDate] = []
    for one in sorted((one for one in read if one), key=lambda one: one.start):
        if not result or one.start >= result[-1].end:
            result.append(one)
    return result


def _candidates(flat: str) -> Iterator[re.Match[str]]:
    """Try every number as the beginning of a date, and every Latin word as a month."""
    for number in _NUMBER.finditer(flat):
        start = number.start()
        if len(number[0]) not in (1, 2, 4) or _INSIDE.search(flat[max(0, start - 2) : start]):
            continue
        kinds = (_ISO,) if len(number[0]) == 4 else (_WRITTEN, _NUMERIC)
        yield from filter(None, (kind.match(flat, start) for kind in kinds))
    for match in _ENGLISH.finditer(flat):
        if match["month"].lower() in _MONTH_OF:
            yield match


def date(text: str) -> str | None:
    """Read the first day of a text."""
    result = dates(text)
    return result[0].iso if result else None


def _read_day(match: re.Match[str]) -> WrittenDate | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTH_OF[re.sub(r"[.\s]", "", month).lower()]
    year = _common_era(match["year"].strip("'"), english=month[0].isascii() and month.isalpha())
    try:
        day = datetime.date(year, number, int(match["day"]))
    except ValueError:
        return None
    return WrittenDate(day.isoformat(), match.start(), match.end())


def _common_era(written: str, *, english: bool) -> int:
    """Read a year beside a month: 2565, 2022, 65 (BE) or, with an English month, 22 (CE)."""
    number = int(written)
    if len(written) == 2:
        # Two digits are BE (65 = 2565 = 2022), but for small ones, which can't be: 22 = 2022.
        return number + (2000 if english or number < 40 else 1957)
    return number - 543 if number >= 2400 else number
