"""Days as Thai pages write them, read as ISO dates of the Common Era."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.thai.digits import arabic

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
_ERA = r"(?:พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?)"
_WRITTEN = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:\s*[-–—]\s*[0-9]{{1,2}})?(?:st|nd|rd|th)?"
    rf"\s*(?:เดือน)?\s*(?P<month>{_NAME})(?![ก-ฮa-z])[,.]?\s*(?P<era>{_ERA})?\s*"
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
class FoundDate:
    """A day, as `YYYY-MM-DD` of the Common Era, and where in the text it stands."""

    iso: str
    start: int
    end: int


def dates(text: str) -> list[FoundDate]:
    """Find the days in a text, in their order; of a span of days, its first."""
    flat = arabic(text)
    read = [_read(match) for match in _candidates(flat)]
    found: list[FoundDate] = []
    for one in sorted((one for one in read if one), key=lambda one: one.start):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


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
    found = dates(text)
    return found[0].iso if found else None


def _read(match: re.Match[str]) -> FoundDate | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTH_OF[re.sub(r"[.\s]", "", month).lower()]
    year = _common_era(match["year"].strip("'"), english=month[0].isascii() and month.isalpha())
    try:
        day = datetime.date(year, number, int(match["day"]))
    except ValueError:
        return None
    return FoundDate(day.isoformat(), match.start(), match.end())


def _common_era(written: str, *, english: bool) -> int:
    """Read a year beside a month: 2565, 2022, 65 (BE) or, with an English month, 22 (CE)."""
    number = int(written)
    if len(written) == 2:
        # Two digits are BE (65 = 2565 = 2022), but for small ones, which can't be: 22 = 2022.
        return number + (2000 if english or number < 40 else 1957)
    return number - 543 if number >= 2400 else number
