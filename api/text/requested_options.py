"""Options that people type: years, amounts of money, and whose plan a document is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.errors import UsageError
from ingest.records import Document, Organisation, Period

_YEARS = re.compile(r"\s*(\d{4})\s*(?:[-–:]\s*(\d{4})\s*)?")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True, slots=True)
class RequestedOptions:
    """Organisation and period that replace those read from a document; None keeps those."""

    organisation: Organisation | None = None
    period: Period | None = None

    def applied(self, document: Document) -> Document:
        """Return the document with the requested organisation and period."""
        return replace(
            document,
            organisation=self.organisation or document.organisation,
            period=self.period or document.period,
        )


def requested_options(organisation: str | None, years: str | None) -> RequestedOptions:
    """Parse an organisation's name (อบจ.แพร่) and years (2566-2570), each optional.

    Raises UsageError: `organisation-invalid`, `period-invalid`.
    """
    return RequestedOptions(
        organisation_named(organisation) if organisation is not None else None,
        _buddhist_period(years) if years is not None else None,
    )


def organisation_named(name: str) -> Organisation:
    """Return the organisation of a name: in full, abbreviated, or a province's name alone."""
    from ingest.extract.identity.organisation_names import organisations_in
    from ingest.thai.places import province_named

    flat = " ".join(name.split())
    if not flat:
        raise UsageError("organisation-invalid", name=name)
    mentions = [mention for mention in organisations_in(flat) if mention.start == 0]
    if mentions:
        return mentions[0].organisation
    province = province_named(flat)
    if province:
        return Organisation(f"จังหวัด{province}", "province", province)
    return Organisation(flat, "other")


def parse_period(years: str | None) -> tuple[int, int] | None:
    """Parse a year or a span of years: `2566`, `2566-2570`, `๒๕๖๖–๒๕๗๐`; None stays None.

    The years are returned as typed, BE or CE. Raises UsageError: `period-invalid`.
    """
    if years is None:
        return None
    match = _YEARS.fullmatch(years.translate(_THAI_DIGITS))
    if match is None:
        raise UsageError("period-invalid", period=years)
    return int(match[1]), int(match[2] or match[1])


def _buddhist_period(years: str) -> Period | None:
    from kb.store.filters import buddhist_years

    span = parse_period(years)
    return Period(*buddhist_years(*span)) if span else None
