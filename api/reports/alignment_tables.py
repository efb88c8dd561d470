"""Answers of alignment as rows: for CSV files, workbooks and printed pages alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from api.reports.workbook import FORMULA_STARTS
from api.text.labels import FRAMEWORK_LEVELS, STATEMENTS, VERDICTS, label
from api.text.language import in_language
from api.text.messages import message

if TYPE_CHECKING:
    from kb.alignment.audit import Mismatch
    from kb.alignment.coverage import CoverageRow
    from kb.alignment.form import Criterion
    from kb.alignment.verdicts import Alignment

FINDINGS = {"shown": "✓", "missing": "✗", "person": "?"}


@dataclass(frozen=True, slots=True)
class ReportTable:
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


def answer_table(alignments: Sequence[Alignment], *, form: bool = False) -> ReportTable:
    """One row a proposal: verdict, score, what it serves, reason, chain, flags, form."""
    names = ("title", "verdict", "score", "best", "where", "reason", "chain", "declared", "flags")
    headings = [message("answer-row"), *(message(f"answer-{name}") for name in names)]
    rows = []
    for alignment in alignments:
        row = [alignment.proposal.row or "", alignment.proposal.title, *answer_cells(alignment)]
        rows.append(tuple(row + (_form_cells(alignment) if form else [])))
    if form:
        headings += _form_headings(alignments)
    marks = tuple(alignment.verdict for alignment in alignments)
    return ReportTable(message("table-answers"), tuple(headings), tuple(rows), marks)


def answer_cells(alignment: Alignment) -> list[Any]:
    """Return a proposal's answer: verdict, score, best, where, reason, chain, declared, flags."""
    best = alignment.best[0] if alignment.best and alignment.verdict != "not_aligned" else None
    source = best.target.to_dict() if best else {}
    where = f"{source['file']} {source.get('page') or ''}".strip() if source.get("file") else ""
    return [
        label(VERDICTS, alignment.verdict),
        round(alignment.score, 3),
        best.target.text if best else "",
        where,
        in_language(*alignment.reason),
        chain_text(alignment),
        alignment.declared.target.text if alignment.declared else "",
        flags_text(alignment),
    ]


def chain_text(alignment: Alignment) -> str:
    """Return the chain on one line; each link says whether it is declared or inferred."""
    return " → ".join(
        f"{label(FRAMEWORK_LEVELS, link.level)} {link.text} ({link_origin(link.to_dict())})"
        for link in alignment.chain
    )


def link_origin(link: Mapping[str, Any]) -> str:
    """Return how a link is known; an inferred one with its probability in per cent."""
    name = message(f"link-{link['origin']}")
    return (
        f"{name} {min(99, round(link['score'] * 100))}%" if link["origin"] == "inferred" else name
    )


def flags_text(alignment: Alignment) -> str:
    """Return the warnings for a reviewer, on one line."""
    warnings = [message(f"note-{code}") for code in alignment.proposal.warnings]
    if alignment.declared is not None and alignment.declared_fits is False:
        warnings.append(message("declared-differs", text=alignment.declared.target.text))
    return " · ".join(warnings)


def mismatch_table(projects: Sequence[Mismatch]) -> ReportTable:
    """One row a project that seems to belong elsewhere."""
    names = ("title", "doubt", "declared", "serves", "reason", "budget", "file", "page")
    rows = []
    for mismatch in projects:
        project = mismatch.to_dict()["project"]
        money = sum((Decimal(str(v)) for v in project["budget"].values()), Decimal(0))
        rows.append(
            (
                project["title"],
                round(mismatch.doubt, 3),
                mismatch.declared,
                mismatch.serves or "",
                in_language(*mismatch.reason),
                f"{money:,}" if project["budget"] else "",
                project.get("file") or "",
                project.get("page") or "",
            )
        )
    headings = tuple(message(f"answer-{name}") for name in names)
    return ReportTable(message("table-audit"), headings, tuple(rows), ("weak",) * len(rows))


def coverage_table(coverage: Sequence[CoverageRow]) -> ReportTable:
    """One row a strategy or indicator: projects, and money by year."""
    years = sorted({year for row in coverage for year in row.budget})
    names = ("kind", "statement", "declared-count", "served-count")
    headings = [message(f"answer-{name}") for name in names]
    headings += [message("answer-baht", year=year) for year in years]
    rows = []
    for row in coverage:
        kind = label(STATEMENTS, row.statement.kind) if row.statement else ""
        text = row.statement.text if row.statement else message("coverage-none")
        money = [f"{row.budget[year]:,}" if year in row.budget else "" for year in years]
        rows.append((kind, text, row.declared, row.served, *money))
    marks = tuple("not_aligned" if row.unserved else "" for row in coverage)
    return ReportTable(message("table-coverage"), tuple(headings), tuple(rows), marks)


def _form_headings(alignments: Sequence[Alignment]) -> list[str]:
    from kb.alignment.form import form_of

    return (
        [
            f"{criterion.number}. {in_language(criterion.thai, criterion.english)}"
            for criterion in form_of(alignments[0])
        ]
        if alignments
        else []
    )


def _form_cells(alignment: Alignment) -> list[Any]:
    from kb.alignment.form import form_of

    return [_form_cell(criterion) for criterion in form_of(alignment)]


def _form_cell(criterion: Criterion) -> str:
    note, evidence = in_language(*criterion.note), "; ".join(criterion.evidence)
    return f"{FINDINGS[criterion.finding]} {note} {evidence}".strip()


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS) and len(value) > 1:
        return f"'{value}"
    return value
