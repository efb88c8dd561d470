"""What a document is: whose, which plan, which years, which day and which version."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.extract.identity.organisation import organisation_of, village_of
from ingest.extract.identity.period import period_of, published_of
from ingest.extract.identity.plan_kind import Revision, plan_kind_of, revision_of
from ingest.records import Organisation, Period, PlanKind


@dataclass(frozen=True, slots=True)
class Identity:
    """The answers a document's first pages give about itself; None where they give none."""

    organisation: Organisation | None
    plan_kind: PlanKind
    period: Period | None
    published: str | None
    revision: Revision | None


def identity_of(text: str, title: str | None = None) -> Identity:
    """Read what a document is from the clean text of its first pages and its title."""
    organisation = organisation_of(text, title)
    kind = plan_kind_of(text, title, organisation)
    period = period_of(text, title, organisation, kind)
    if kind == "other" and period:
        kind = plan_kind_of(text, title, organisation, dated=True)
    if kind == "village_plan":
        organisation = village_of(text) or organisation
    news = kind == "news"
    return Identity(
        organisation,
        kind,
        period,
        published_of(text, title, news=news),
        None if news else revision_of(text, title),
    )
