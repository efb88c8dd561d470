"""Numbers as Thai plans write them: one door to digits, money, years and days."""

from ingest.thai.dates import FoundDate, date, dates
from ingest.thai.digits import arabic, integer, thai
from ingest.thai.money import Figure, figure, money
from ingest.thai.years import FoundPeriod, buddhist, period, periods, year

__all__ = [
    "Figure",
    "FoundDate",
    "FoundPeriod",
    "arabic",
    "buddhist",
    "date",
    "dates",
    "figure",
    "integer",
    "money",
    "period",
    "periods",
    "thai",
    "year",
]
