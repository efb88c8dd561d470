"""The filters of commands: which records a question is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from api.cli.command import option
from api.text.requested_options import parse_period

if TYPE_CHECKING:
    from kb.store.filters import Filters

_OPTIONS: Mapping[str, Callable[[Callable[..., Any]], Callable[..., Any]]] = {
    "kinds": option("--kind", "kinds", multiple=True, metavar="KIND"),
    "organisation": option("--organisation", metavar="NAME"),
    "organisation_kinds": option(
        "--organisation-kind", "organisation_kinds", multiple=True, metavar="KIND"
    ),
    "province": option("--province", metavar="NAME"),
    "district": option("--district", metavar="NAME"),
    "plan_kinds": option("--plan-kind", "plan_kinds", multiple=True, metavar="KIND"),
    "year": option("--year", metavar="YEAR[-YEAR]"),
    "document": option("--document", metavar="ID"),
    "min_confidence": option("--min-confidence", type=float, default=0.0, metavar="0…1"),
    "reviewed": option("--reviewed/--unreviewed", "reviewed", default=None, help_key="--reviewed"),
}


def filter_options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds the named filters to a command as options."""

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = _OPTIONS[name](function)
        return function

    return wrap


def filters_from(options: Mapping[str, Any]) -> Filters:
    """Return the filters of the options' values."""
    from kb.store.filters import Filters

    chosen = {name: value for name, value in options.items() if name != "year"}
    return Filters(**chosen, period=parse_period(options.get("year")))
