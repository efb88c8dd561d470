r"""What JSON may say and no store, encoder or answer can hold: found before anything is done.

JSON lets half a character through (`"\ud800"`), Python's reader also `NaN` and integers
of any length. Each would end as an error far from where it came in.
"""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import BeforeValidator, Strict
from pydantic_core import PydanticCustomError

LARGEST = 2**63 - 1
"""The largest integer that SQLite keeps."""
_DEEPEST = 50


def _numeric(value: Any) -> Any:
    """Refuse a number that is written as text, or a truth value that stands for one."""
    if isinstance(value, str | bool):
        raise PydanticCustomError("broken_type", "is no number")
    return value


Whole = Annotated[int, BeforeValidator(_numeric)]
"""A whole number of a JSON body, as its description says: no text."""
Real = Annotated[float, BeforeValidator(_numeric)]
"""A number of a JSON body."""
Flag = Annotated[bool, Strict()]
"""A truth value of a JSON body."""


def plain(body: Any) -> Any:
    """Return a request's body as it is; raise a validation error for what cannot be held."""
    waiting: list[tuple[Any, int]] = [(body, 0)]
    while waiting:
        value, depth = waiting.pop()
        _check(value)
        if isinstance(value, dict | list):
            if depth >= _DEEPEST:
                raise PydanticCustomError("too_deep", "nested too deeply")
            inner = [*value, *value.values()] if isinstance(value, dict) else value
            waiting += [(each, depth + 1) for each in inner]
    return body


def _check(value: Any) -> None:
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
