"""The first sheets of a reviewed workbook: what came of it, and which rows ask for a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from api.reports.workbook import AnswerSheet, SheetRow
from api.text.labels import VERDICTS, label
from api.text.messages import message

COLOURS = {"aligned": "C6E0B4", "weak": "FFE699", "not_aligned": "F8CBAD", "cannot_tell": "D9D9D9"}
"""The colour behind each verdict, beside the word that says it."""

_LOOKED_AT = ("not_aligned", "cannot_tell")
_SUMMARY_WIDTHS, _ATTENTION_WIDTHS = (30, 60, 12, 24), (8, 46, 24, 44, 74)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A proposal as the first sheets show it.

    `row` is the row of its sheet; `like` names what asks for the same, None where nothing does.
    """

    row: int | None
    title: str
    verdict: str
    reason: str
    money: Decimal
    declared_fits: bool | None
    like: str | None = None

    def concerns(self) -> Iterator[str]:
        """Yield why a person should look at it."""
        if self.verdict in _LOOKED_AT:
            yield message(f"attention-{self.verdict}")
        if self.declared_fits is False:
            yield message("attention-declared")
        if self.like:
            yield message("attention-duplicate", like=self.like)


def caption(name: str) -> str:
    """Return what stands above a summary."""
    return message("summary-caption", name=name)


def summary_sheet(name: str, lines: Sequence[SheetRow]) -> AnswerSheet:
    """Make the summary of these lines."""
    headings = tuple(message(f"summary-head-{head}") for head in ("what", "value", "rows", "money"))
    title = message("sheet-summary")
    return AnswerSheet(title, headings, tuple(lines), _SUMMARY_WIDTHS, caption(name))


def verdict_lines(reviewed: Sequence[Reviewed]) -> list[SheetRow]:
    """Return the lines of a summary: all, each verdict in its colour, and wrong declarations."""
    lines = [SheetRow((message("summary-all"), "", len(reviewed), _money(reviewed)))]
    for verdict, colour in COLOURS.items():
        some = [one for one in reviewed if one.verdict == verdict]
        cells = (message("summary-verdict"), label(VERDICTS, verdict), len(some), _money(some))
        lines.append(SheetRow(cells, colour, 1))
    wrong = [one for one in reviewed if one.declared_fits is False]
    lines.append(SheetRow((message("summary-declared"), "", len(wrong), _money(wrong))))
    return lines


def strategy_lines(served: Mapping[str, Sequence[Reviewed]]) -> list[SheetRow]:
    """Return a line a strategy that is served, the most served first."""
    ordered = sorted(served.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        SheetRow((message("summary-strategy"), text, len(some), _money(some)))
        for text, some in ordered
    ]


def attention_sheet(reviewed: Sequence[Reviewed]) -> AnswerSheet:
    """Make the list of the proposals that a person should look at, and why."""
    lines = [
        SheetRow(
            (
                one.row or "",
                one.title,
                label(VERDICTS, one.verdict),
                " · ".join(one.concerns()),
                one.reason,
            ),
            COLOURS.get(one.verdict),
            2,
        )
        for one in reviewed
        if any(one.concerns())
    ]
    names = ("row", "title", "verdict", "why", "reason")
    headings = [
        message("review-verdict") if name == "verdict" else message(f"attention-{name}")
        for name in names
    ]
    over = message("attention-caption", count=len(lines), total=len(reviewed))
    title = message("sheet-attention")
    return AnswerSheet(title, tuple(headings), tuple(lines), _ATTENTION_WIDTHS, over)


def _money(some: Sequence[Reviewed]) -> Decimal:
    return sum((one.money for one in some), Decimal(0))
