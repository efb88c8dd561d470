"""Labelled pairs of projects, as people write them to teach and to measure the program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kb.duplicates.profile import ProjectProfile, project_profile
from kb.duplicates.relation import Relation


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two projects and the relation a person gave them.

    `in_plan` says that one row carries out the other, a row of the same body's plan; `texts`
    are both as a general tool is given them.
    """

    id: str
    a: ProjectProfile
    b: ProjectProfile
    relation: Relation
    in_plan: bool
    texts: tuple[str, str]
    trap: str = ""


def read_pairs(path: Path) -> list[LabelledPair]:
    """Return the pairs of a file (`corpora/training/project_pairs`), one a line."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [
        LabelledPair(
            row["id"],
            profile_of_row(row["a"]),
            profile_of_row(row["b"]),
            row["relation"],
            bool(row.get("in_plan")),
            (_text(row["a"]), _text(row["b"])),
            row.get("trap") or "",
        )
        for row in rows
    ]


def profile_of_row(row: Mapping[str, Any]) -> ProjectProfile:
    """Return the profile of one side: title, place, year or years, budget, organisation."""
    from ingest.extract.identity.organisation_names import organisations_in

    named = organisations_in(row.get("organisation") or "")
    year, budget = row.get("year"), row.get("budget")
    if isinstance(year, list):
        years = range(year[0], year[-1] + 1)
    else:
        years = range(year, year + 1) if year else range(0)
    return project_profile(
        row["title"],
        row.get("place"),
        years,
        Decimal(str(budget)) if budget else None,
        named[0].organisation if named else None,
        document=row.get("document"),
    )


def _text(row: Mapping[str, Any]) -> str:
    return f"{row['title']} {row.get('place') or row.get('organisation') or ''}".strip()
