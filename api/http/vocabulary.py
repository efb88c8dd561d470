"""Words and years that requests use, described for programs that read the description.

What is no such word is still a `str` here: the knowledge base knows it is none, and says so
with a code of its own (`kind-unknown`) and with the words there are.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import WithJsonSchema

from api.http.plain import Real, Whole
from ingest.records import ORGANISATION_KINDS, PLAN_KINDS
from kb.store.filters import RECORD_KINDS

_FIRST_YEAR, _LAST_YEAR = 2400, 2700

RecordKind = Annotated[str, WithJsonSchema({"type": "string", "enum": [*RECORD_KINDS]})]
BodyKind = Annotated[str, WithJsonSchema({"type": "string", "enum": [*ORGANISATION_KINDS]})]
PlanName = Annotated[str, WithJsonSchema({"type": "string", "enum": [*PLAN_KINDS]})]
Year = Annotated[
    Whole, WithJsonSchema({"type": "integer", "minimum": _FIRST_YEAR, "maximum": _LAST_YEAR})
]
"""A year of the Buddhist Era; CE years are understood too."""
Share = Annotated[Real, WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
