"""Numbers as Thai plans write them: one door to digits, money, years and days."""

from ingest.thai.dates import FoundPeriod, WrittenDate, buddhist, date, dates, period, periods, year
from ingest.thai.digits import arabic, integer, thai
from ingest.thai.money import Figure, figure, money

__all__ = [
    "Figure",
    "FoundPeriod",
    "WrittenDate",
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
