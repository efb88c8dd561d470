"""The pages of a long list: which numbers are shown, and where each leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def shown_pages(current: int, last: int) -> list[int]:
    """Return the page numbers to show, 0 for a gap; none where there is one page."""
    near = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    shown: list[int] = []
    for number in near:
        if shown and number - shown[-1] > 1:
            shown.append(0)
        shown.append(number)
    return shown if last > 1 else []


def pages_of(current: int, found: int, size: int, address: Callable[[int], str]) -> dict[str, Any]:
    """Return what a list's foot needs: its numbers, and the addresses before and after."""
    last = max(1, -(-found // size))
    return {
        "found": f"{found:,}",
        "first": f"{min(found, (current - 1) * size + 1):,}",
        "last": f"{min(found, current * size):,}",
        "pages": [
            (number, address(number) if number else "", number == current)
            for number in shown_pages(current, last)
        ],
        "before": address(current - 1) if current > 1 else "",
        "after": address(current + 1) if current < last else "",
    }
