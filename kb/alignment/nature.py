"""What keeps a proposal from serving any plan: what it is, whatever it says it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.alignment.office_matters import level_needed, matters_of, terms_of_matter, works_of_level

NatureCode = Literal["books", "office", "nation", "province"]
_NATION = 2


@dataclass(frozen=True, slots=True)
class Nature:
    """What a proposal is, and the word of its title that says so."""

    code: NatureCode
    word: str


def nature_of(title: str, plan_level: int) -> Nature | None:
    """Return what keeps a title from serving a plan of a body of this level, None for nothing.

    The office's own books, what is spent on its people, or the work of a level above
    (`kb.alignment.office_matters`).
    """
    officials, perks, bookkeeping, _, _, private = matters_of(title)
    if bookkeeping:
        return Nature("books", terms_of_matter(title, "bookkeeping")[0])
    if private:
        return Nature("office", terms_of_matter(title, "private")[0])
    if officials and perks:
        return Nature("office", terms_of_matter(title, "perks")[0])
    level = level_needed(title)
    if level > plan_level:
        return Nature("nation" if level == _NATION else "province", works_of_level(title)[0])
    return None
