"""What someone who adds documents says of them: whose they are, and for which years."""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.cli.filter_options import period as parse_period
from ingest.errors import UsageError
from ingest.records import Document, Organisation, Period


@dataclass(frozen=True, slots=True)
class Wishes:
    """What replaces a document's own word on its body and years; None leaves it."""

    organisation: Organisation | None = None
    period: Period | None = None

    def applied(self, document: Document) -> Document:
        """Return the document with what the sender says of it."""
        return replace(
            document,
            organisation=self.organisation or document.organisation,
            period=self.period or document.period,
        )


def wishes_of(organisation: str | None, years: str | None) -> Wishes:
    """Understand what was said: a body's name (อบจ.แพร่), years like 2566-2570."""
    return Wishes(
        organisation_named(organisation) if organisation is not None else None,
        _period(years) if years is not None else None,
    )


def organisation_named(name: str) -> Organisation:
    """Understand a body's name: written out, abbreviated, or a province's name alone."""
    from ingest.extract.identity.organisation_names import organisations_in
    from ingest.thai.places import province_named

    written = " ".join(name.split())
    if not written:
        raise UsageError("organisation-invalid", name=name)
    found = [mention for mention in organisations_in(written) if mention.start == 0]
    if found:
        return found[0].organisation
    province = province_named(written)
    if province:
        return Organisation(f"จังหวัด{province}", "province", province)
    return Organisation(written, "other")


def _period(years: str) -> Period | None:
    from kb.store.filters import buddhist_years

    asked = parse_period(years)
    return Period(*buddhist_years(*asked)) if asked else None
