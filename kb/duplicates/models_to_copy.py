"""Models to copy: the same work done elsewhere, with what a unit of it was to cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ingest.project_names.quantity import quantities
from ingest.project_names.spelling import plain
from ingest.records import baht
from kb.duplicates.features import places_incomparable
from kb.duplicates.match import ProjectMatch, Thresholds
from kb.store.records import StoredProject

MOST = 5
"""Models shown for one proposal."""

_UNITS = tuple(
    "คน ราย ครัวเรือน หลัง จุด แห่ง เครื่อง คัน ชุด ต้น ไร่ บ่อ กิโลเมตร เมตร ตารางเมตร ลูกบาศก์เมตร".split()
)
"""Units that costs are reckoned by; the first of them that the project names is taken."""

_LENGTH_UNITS = frozenset({"เมตร", "กิโลเมตร"})


@dataclass(frozen=True, slots=True)
class ModelToCopy:
    """A project elsewhere worth copying; `unit_cost` is the baht of one `unit` of its output."""

    match: ProjectMatch
    unit: str | None = None
    unit_cost: Decimal | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "project": self.match.project.to_dict(),
            "score": round(self.match.score, 4),
            "unit": self.unit,
            "unit_cost": baht(self.unit_cost) if self.unit_cost is not None else None,
        }


def models_to_copy(
    compared: Sequence[ProjectMatch], thresholds: Thresholds
) -> tuple[ModelToCopy, ...]:
    """Return the surest same works elsewhere, those first that state a result and a cost."""
    ranked: list[tuple[int, ModelToCopy]] = []
    for match in compared:
        relation = thresholds.relation(match.chances)
        project = match.project
        if relation != "same_activity_elsewhere" or not isinstance(project, StoredProject):
            continue
        if places_incomparable(match.proposed, match.profile):
            continue
        unit, cost = unit_cost(project)
        stated = bool(project.record.expected_result or project.record.indicator) + bool(cost)
        ranked.append((stated, ModelToCopy(replace(match, relation=relation), unit, cost)))
    ranked.sort(key=lambda pair: (-round(pair[1].match.score, 1), -pair[0], -pair[1].match.score))
    return tuple(model for _, model in ranked[:MOST])


def unit_cost(project: StoredProject) -> tuple[str | None, Decimal | None]:
    """Return a unit of the project's output and the baht of one, where its row has both.

    Where several years ask for money, the first year's counts: targets are by the year.
    """
    record = project.record
    if not record.budget:
        return None, None
    amount = record.budget[min(record.budget)]
    output = _output(f"{record.title} {record.target or ''}")
    if output is None or not amount:
        return None, None
    unit, number = output
    return unit, (amount / number).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _output(text: str) -> tuple[str, Decimal] | None:
    amounts: dict[str, Decimal] = {}
    for quantity in quantities(plain(text))[0]:
        is_counted = quantity.what in {"ยาว", "ระยะทาง"} or quantity.unit not in _LENGTH_UNITS
        if quantity.unit in _UNITS and is_counted and len(quantity.values) == 1:
            amounts.setdefault(quantity.unit, quantity.values[0])
    unit = next((unit for unit in _UNITS if amounts.get(unit)), None)
    return (unit, amounts[unit]) if unit else None
