"""Answers of alignment as rows: for CSV files, workbooks and printed pages alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from api.text.labels import FRAMEWORK_LEVELS, STATEMENTS, VERDICTS, label
from api.text.messages import message

if TYPE_CHECKING:
    from kb.alignment.audit import Mismatch
    from kb.alignment.coverage import CoverageRow
    from kb.alignment.verdicts import Alignment

FINDINGS = {"shown": "✓", "missing": "✗", "person": "?"}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title; `marks` colours its rows (a verdict, or empty)."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    marks: tuple[str, ...] = ()

    def csv(self) -> str:
        """Write it as CSV; no cell of it can run as a formula."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.headings)
        writer.writerows([_safe(cell) for cell in row] for row in self.rows)
        return out.getvalue()


def answers(found: Sequence[Alignment], *, form: bool = False) -> Table:
    """One row a proposal: verdict, score, what it serves, reason, chain, flags, form."""
    names = ("title", "verdict", "score", "best", "where", "reason", "chain", "declared", "flags")
    headings = [message("answer-row"), *(message(f"answer-{name}") for name in names)]
    rows = []
    for each in found:
        row = [each.proposal.row or "", each.proposal.title, *answer(each)]
        rows.append(tuple(row + (_form_cells(each) if form else [])))
    if form:
        headings += _form_headings(found)
    marks = tuple(each.verdict for each in found)
    return Table(message("table-answers"), tuple(headings), tuple(rows), marks)


def answer(told: Alignment) -> list[Any]:
    """Return a proposal's answer: verdict, score, best, where, reason, chain, declared, flags."""
    best = told.best[0] if told.best and told.verdict != "not_aligned" else None
    source = best.target.to_dict() if best else {}
    where = f"{source['file']} {source.get('page') or ''}".strip() if source.get("file") else ""
    return [
        label(VERDICTS, told.verdict),
        round(told.score, 3),
        best.target.text if best else "",
        where,
        told.reason,
        chain(told),
        told.declared.target.text if told.declared else "",
        flags(told),
    ]


def chain(told: Alignment) -> str:
    """Write the chain on a line; told links are kept apart from inferred ones by their words."""
    return " → ".join(
        f"{label(FRAMEWORK_LEVELS, link.level)} {link.text} ({origin(link.to_dict())})"
        for link in told.chain
    )


def origin(link: Mapping[str, Any]) -> str:
    """Name how a link is known; an inferred one says how surely."""
    name = message(f"link-{link['origin']}")
    return (
        f"{name} {min(99, round(link['score'] * 100))}%" if link["origin"] == "inferred" else name
    )


def flags(told: Alignment) -> str:
    """Name what a reviewer should look at."""
    found = [message(f"note-{code}") for code in told.proposal.warnings]
    if told.declared is not None and told.declared_fits is False:
        found.append(message("declared-differs", text=told.declared.target.text))
    return " · ".join(found)


def mismatches(found: Sequence[Mismatch]) -> Table:
    """One row a project that seems to belong elsewhere."""
    names = ("title", "doubt", "declared", "serves", "reason", "budget", "file", "page")
    rows = []
    for each in found:
        told = each.to_dict()["project"]
        money = sum((Decimal(str(v)) for v in told["budget"].values()), Decimal(0))
        rows.append(
            (
                told["title"],
                round(each.doubt, 3),
                each.declared,
                each.serves or "",
                each.reason,
                f"{money:,}" if told["budget"] else "",
                told.get("file") or "",
                told.get("page") or "",
            )
        )
    headings = tuple(message(f"answer-{name}") for name in names)
    return Table(message("table-audit"), headings, tuple(rows), ("weak",) * len(rows))


def covered(found: Sequence[CoverageRow]) -> Table:
    """One row a strategy or indicator: projects, and money by year."""
    years = sorted({year for each in found for year in each.budget})
    names = ("kind", "statement", "declared-count", "served-count")
    headings = [message(f"answer-{name}") for name in names]
    headings += [message("answer-baht", year=year) for year in years]
    rows = []
    for each in found:
        kind = label(STATEMENTS, each.statement.kind) if each.statement else ""
        text = each.statement.text if each.statement else message("coverage-none")
        money = [f"{each.budget[year]:,}" if year in each.budget else "" for year in years]
        rows.append((kind, text, each.declared, each.served, *money))
    marks = tuple("not_aligned" if each.unserved else "" for each in found)
    return Table(message("table-coverage"), tuple(headings), tuple(rows), marks)


def _form_headings(found: Sequence[Alignment]) -> list[str]:
    from kb.alignment.form import form_of

    return [f"{each.number}. {each.thai}" for each in form_of(found[0])] if found else []


def _form_cells(told: Alignment) -> list[Any]:
    from kb.alignment.form import form_of

    return [
        f"{FINDINGS[each.finding]} {each.note} {'; '.join(each.evidence)}".strip()
        for each in form_of(told)
    ]


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_DANGEROUS) and len(value) > 1:
        return f"'{value}"
    return value
