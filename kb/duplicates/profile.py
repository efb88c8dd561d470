"""A project's profile for comparing: its name's traits, its years, its money, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from ingest.project_names import parts_of
from ingest.project_names.correction import Correction
from ingest.records import Organisation, Project
from kb.duplicates.places import Names, grouped
from kb.duplicates.traits import Traits, traits_of
from kb.loading.proposals import Proposal
from kb.store.records import StoredProject


@dataclass(frozen=True)
class ProjectProfile:
    """A project or proposal to be compared. `years` are the fiscal years (BE) it asks money for.

    `money` is the baht of all its years, None where nothing is said. `body` is who asks,
    `document` the kind of document it stands in (`PlanKind`, or `proposal`).
    """

    title: str
    traits: Traits
    years: frozenset[int] = frozenset()
    money: Decimal | None = None
    body: Organisation | None = None
    document: str | None = None

    @cached_property
    def places(self) -> Names:
        """The places by group, with the body's own area and those above it."""
        return grouped(self.traits.places, self.traits.areas, self.body)

    def parts_to_dict(self) -> dict[str, Any]:
        """Return the JSON form of the parts: work, places, stages, quantities, years."""
        traits = self.traits
        return {
            "work": traits.work,
            "verb": traits.verb,
            "standard": traits.standard,
            "places": {
                facet: sorted(traits.spelt.get(name, name) for name in names)
                for facet, names in traits.places.items()
                if names
            },
            "stages": [{"kind": kind, "number": number} for kind, number in traits.stages],
            "quantities": {key: sorted(values) for key, values in traits.quantities.items()},
            "years": sorted(self.years),
        }


def project_profile(
    title: str,
    place: str | None = None,
    years: Iterable[int] = (),
    money: Decimal | None = None,
    body: Organisation | None = None,
    correction: Correction | None = None,
    document: str | None = None,
) -> ProjectProfile:
    """Return the profile of what is known of a project; without `years` those in its title."""
    parts = parts_of(title, place)
    traits = traits_of(correction.applied(parts) if correction else parts)
    return ProjectProfile(title, traits, frozenset(years) or traits.years, money, body, document)


def proposal_profile(proposal: Proposal) -> ProjectProfile:
    """Return the profile of a proposal."""
    return project_profile(
        proposal.title,
        proposal.place,
        proposal.years,
        proposal.money,
        proposal.organisation,
        proposal.correction,
        "proposal",
    )


def stored_profile(stored: StoredProject) -> ProjectProfile:
    """Return the profile of a project of the knowledge base."""
    record = stored.record
    return profile_of_traits(stored, traits_of(parts_of(record.title, place_text(record))))


def profile_of_traits(stored: StoredProject, traits: Traits) -> ProjectProfile:
    """Return the profile of a stored project whose traits are known.

    Without a budget its years are those in its title, else those of its plan.
    """
    record = stored.record
    years = frozenset(record.budget) or traits.years
    if not years and stored.period:
        years = frozenset(range(stored.period.start, stored.period.end + 1))
    money = sum(record.budget.values(), Decimal(0)) if record.budget else None
    return ProjectProfile(record.title, traits, years, money, stored.organisation)


def place_text(record: Project) -> str | None:
    """Return a record's place columns as one text, with the words for their kinds."""
    place = record.place
    names = [*place.villages, *place.roads]
    names += [f"ตำบล{place.subdistrict}"] if place.subdistrict else []
    names += [f"อำเภอ{place.district}"] if place.district else []
    names += [f"จังหวัด{place.province}"] if place.province else []
    return " ".join(names) or None
