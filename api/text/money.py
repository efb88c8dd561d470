"""A project's money as text: budget, spending, and warnings about either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from api.text.language import Language
from api.text.messages import MESSAGES, message


def money(budget: Mapping[str, int | str], language: Language | None = None) -> str:
    """Return a budget as text: its years and their sum in baht."""
    total = sum(Decimal(amount) for amount in budget.values())
    amount = f"{total:,.2f}".removesuffix(".00")
    years = sorted(budget)
    span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return message("budget", language, amount=amount, years=span)


def spending(record: Mapping[str, Any], language: Language | None = None) -> str:
    """Return the spending of a project as text; empty where there is none."""
    return " · ".join(_spent(record.get("spending") or {}, language))


def warnings(record: Mapping[str, Any], language: Language | None = None) -> list[str]:
    """Return the messages of the warnings about a project's money."""
    return [_warning(code, language) for code in record.get("warnings") or []]


def _spent(amounts: Mapping[str, int | str], language: Language | None) -> Iterator[str]:
    for name, amount in amounts.items():
        stem, _, rest = name.partition("_2")
        key = f"spending-{name}" if f"spending-{name}" in MESSAGES else f"spending-{stem}"
        word = message(key, language) if key in MESSAGES else name
        year = f" {'2' + rest}" if rest and key.endswith(stem) else ""
        number = f"{Decimal(str(amount)):,f}"
        yield message("spending", language, name=word + year, amount=number)


def _warning(code: str, language: Language | None) -> str:
    key = f"warning-{code}"
    worded = message(key, language) if key in MESSAGES else code
    return message("warning", language, warning=worded)
