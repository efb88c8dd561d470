"""Which methods an address takes."""

from __future__ import annotations

from typing import Any

from starlette.routing import Match
from starlette.types import Scope

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed(scope: Scope) -> list[str]:
    """Return the methods that an address takes, in a fixed order; empty where nothing is."""
    routes: list[Any] = scope["app"].router.routes
    taken = [
        method
        for method in _METHODS
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    if "GET" in taken:
        taken.insert(1, "HEAD")
    return [*taken, "OPTIONS"] if taken else []
