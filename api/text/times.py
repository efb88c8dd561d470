"""Times as people in Thailand read them: their clock, Buddhist years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from api.text.language import Language

_THAILAND = timezone(timedelta(hours=7))
_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_BUDDHIST = 543


def shown_time(at: str, language: Language) -> str:
    """Return a time (ISO 8601, UTC) as day, month, year B.E. and the clock in Thailand."""
    time = _there(at)
    if language == "en":
        return f"{shown_date(at, language)}, {time:%H:%M}"
    return f"{shown_date(at, language)} {time:%H.%M} น."


def shown_date(at: str, language: Language) -> str:
    """Return the day of a time, year B.E."""
    time = _there(at)
    month = (_ENGLISH if language == "en" else _MONTHS)[time.month - 1]
    return f"{time.day} {month} {time.year + _BUDDHIST}"


def _there(at: str) -> datetime:
    time = datetime.fromisoformat(at)
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(_THAILAND)
