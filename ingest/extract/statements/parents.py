"""Under which strategic issue a goal, strategy or indicator stands."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.statements.candidates import Found
from ingest.layout.heading_words import Topic
from ingest.records import StatementKind


class Issues:
    """The strategic issues read so far, as far as something may still stand under them.

    A plan either treats one issue after the other, each with its goals and strategies, or
    lists all issues first and then, in lists of their own, goals and strategies for all. In
    the second case only a number (กลยุทธ์ที่ 2.1) tells the issue.
    """

    def __init__(self) -> None:
        self._current: int | None = None
        self._numbered: dict[str, int] = {}
        self._run = 0

    def enter(self, index: int, number: str | None) -> None:
        """Take a further issue, the `index`-th found."""
        self._run += 1
        if self._run == 1 and (number or "1") == "1":
            self._numbered = {}
        self._numbered[number or str(len(self._numbered) + 1)] = index
        self._current = index

    @property
    def here(self) -> int | None:
        """The issue read last, if its part of the plan still goes on."""
        return self._current

    def settle(self) -> None:
        """Note that something stands under the current issue."""
        self._run = 0

    def leave(self) -> None:
        """Leave the current issue: another part of the plan begins."""
        self._current, self._run = None, 0

    def parent_of(
        self, kind: Topic | StatementKind, number: str | None, founds: Sequence[Found]
    ) -> int | None:
        """Return the index of the issue above a statement of this kind and number."""
        if kind not in ("goal", "strategy", "indicator"):
            return None
        by_number = self._numbered.get(number.split(".")[0]) if number and "." in number else None
        if by_number is not None:
            return by_number
        if self._run > 1:
            self.leave()
        self.settle()
        return self._current
