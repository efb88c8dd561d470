r"""Types of the fields of a request: numbers, truth values, kinds and years.

JSON allows half a surrogate pair (`"\ud800"`), and Python's reader also NaN and integers of any
length. No store, encoder or answer can hold these, so they are refused before anything is done.
A kind that does not exist is still a `str` here: the knowledge base refuses it with an error
code of its own (`kind-unknown`) and lists the kinds there are.
"""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import BeforeValidator, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from ingest.records import ORGANISATION_KINDS, PLAN_KINDS
from kb.store.filters import RECORD_KINDS

LARGEST = 2**63 - 1
"""The largest integer that SQLite stores."""
_MAX_DEPTH = 50  # levels of nested lists and objects
_FIRST_YEAR, _LAST_YEAR = 2400, 2700  # Buddhist Era


def _check_numeric(value: Any) -> Any:
    """Refuse a number written as text, or a truth value in its place."""
    if isinstance(value, str | bool):
        raise PydanticCustomError("broken_type", "is no number")
    return value


Whole = Annotated[int, BeforeValidator(_check_numeric)]
"""An integer of a JSON body; text is refused."""
Real = Annotated[float, BeforeValidator(_check_numeric)]
"""A number of a JSON body; text is refused."""
Flag = Annotated[bool, Strict()]
"""A truth value of a JSON body."""
RecordKind = Annotated[str, WithJsonSchema({"type": "string", "enum": [*RECORD_KINDS]})]
BodyKind = Annotated[str, WithJsonSchema({"type": "string", "enum": [*ORGANISATION_KINDS]})]
PlanName = Annotated[str, WithJsonSchema({"type": "string", "enum": [*PLAN_KINDS]})]
Year = Annotated[
    Whole, WithJsonSchema({"type": "integer", "minimum": _FIRST_YEAR, "maximum": _LAST_YEAR})
]
"""A year of the Buddhist Era; CE years are understood too."""
Share = Annotated[Real, WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]


def storable(body: Any) -> Any:
    """Return a parsed JSON body unchanged; raise a validation error if it cannot be stored."""
    pending: list[tuple[Any, int]] = [(body, 0)]
    while pending:
        value, depth = pending.pop()
        _check_storable(value)
        if isinstance(value, dict | list):
            if depth >= _MAX_DEPTH:
                raise PydanticCustomError("too_deep", "nested too deeply")
            members = [*value, *value.values()] if isinstance(value, dict) else value
            pending += [(member, depth + 1) for member in members]
    return body


def _check_storable(value: Any) -> None:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise PydanticCustomError("broken_text", "holds a lone surrogate") from None
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise PydanticCustomError("broken_number", "is no finite number")
    elif isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        raise PydanticCustomError("broken_number", "is too large a number")
