"""Reports of alignment: by the file's ending a workbook, a printed page, CSV or JSON.

A workbook is the input as it was, with verdicts beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.reports.alignment_tables import (
    FINDINGS,
    ReportTable,
    answer_cells,
    answer_table,
    coverage_table,
)
from api.reports.review_summary import (
    COLOURS,
    Reviewed,
    attention_sheet,
    strategy_lines,
    summary_sheet,
    verdict_lines,
)
from api.reports.workbook import AnswerSheet, RowAnswers, SheetRow, answered
from api.reports.workbook import workbook as workbook_of
from api.text.language import in_language
from api.text.messages import message

if TYPE_CHECKING:
    from ingest.sandbox.pool import Workers
    from kb.alignment.coverage import CoverageRow
    from kb.alignment.verdicts import Alignment

_ANSWERS = ("verdict", "score", "best", "reason", "chain", "flags", "where")
_WIDTHS = (20, 14, 40, 60, 60, 36, 24)


def render_answers(
    out: Path,
    alignments: Sequence[Alignment],
    records: Sequence[Mapping[str, Any]],
    *,
    source: Path | None = None,
    form: bool = False,
    workers: Workers | None = None,
) -> str | bytes:
    """Write the answers as the report's ending asks; `records` is their JSON form.

    The workbook `source` is opened in one of `workers`, or in a process started for it.
    """
    ending = out.suffix.lower()
    if ending == ".xlsx":
        return report(alignments, source, form=form, workers=workers)
    if ending == ".json":
        return _json(records)
    table = answer_table(alignments, form=form and ending == ".csv")
    if ending == ".csv":
        return _csv(table)
    from api.reports.alignment_page import alignment_page

    return alignment_page(table, alignments, form=form)


def render_table(
    out: Path, table: ReportTable, answers: Sequence[Mapping[str, Any]]
) -> str | bytes:
    """Write a table as the report's ending asks."""
    ending = out.suffix.lower()
    if ending == ".json":
        return _json(answers)
    if ending == ".csv":
        return _csv(table)
    if ending == ".xlsx":
        return workbook(table)
    from api.reports.alignment_page import alignment_page

    return alignment_page(table)


def render_coverage(
    out: Path,
    coverage: Sequence[CoverageRow],
    answers: Sequence[Mapping[str, Any]],
    organisation: str,
) -> str | bytes:
    """Write coverage as the report's ending asks; the page has its charts."""
    if out.suffix.lower() != ".html":
        return render_table(out, coverage_table(coverage), answers)
    from api.reports.alignment_page import coverage_page

    return coverage_page(coverage_table(coverage), coverage, organisation)


def workbook(table: ReportTable) -> bytes:
    """Write a table as a workbook of one sheet."""
    marks = table.marks or [""] * len(table.rows)
    lines = tuple(
        SheetRow(tuple(row), COLOURS.get(mark)) for row, mark in zip(table.rows, marks, strict=True)
    )
    headings = tuple(table.headings)
    return workbook_of([AnswerSheet(table.title, headings, lines, (44,) * len(headings))])


def _json(answers: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(list(answers), ensure_ascii=False, indent=1) + "\n"


def _csv(table: ReportTable) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, without which Excel misreads Thai."""
    return table.csv().encode("utf-8-sig")


def report(
    alignments: Sequence[Alignment],
    source: Path | None,
    *,
    form: bool = False,
    workers: Workers | None = None,
) -> bytes:
    """Write the verdicts: right of every proposal's row where a workbook was given.

    An XLSX workbook keeps all its sheets, cells, formulas and styles; tables of other kinds
    are copied cell by cell. Without a workbook there is one sheet of proposals.
    """
    forms = (_form_sheet(alignments),) if form else ()
    front = _front(alignments, source.name if source else message("sheet-proposals"))
    headings = tuple(message(f"answer-{name}") for name in _ANSWERS)
    if source is None:
        lines = tuple(
            SheetRow(
                (alignment.proposal.title, *_answer(alignment)), COLOURS.get(alignment.verdict), 1
            )
            for alignment in alignments
        )
        head = message("answer-title")
        return workbook_of(
            [
                *front,
                AnswerSheet(message("sheet-proposals"), (head, *headings), lines, (44, *_WIDTHS)),
                *forms,
            ]
        )
    beside = {
        (alignment.proposal.sheet, alignment.proposal.row): SheetRow(
            _answer(alignment), COLOURS.get(alignment.verdict)
        )
        for alignment in alignments
        if alignment.proposal.row is not None
    }
    row_answers = RowAnswers(headings, _WIDTHS, beside, message("sheet-proposals"), forms, front)
    return answered(source, row_answers, workers)


def _front(alignments: Sequence[Alignment], name: str) -> tuple[AnswerSheet, ...]:
    """Make the sheets that stand first: the summary, and what a person should look at."""
    reviewed = [_reviewed(alignment) for alignment in alignments]
    served: dict[str, list[Reviewed]] = {}
    for alignment, one in zip(alignments, reviewed, strict=True):
        if alignment.best and alignment.verdict == "aligned":
            served.setdefault(alignment.best[0].target.text, []).append(one)
    lines = [*verdict_lines(reviewed), *strategy_lines(served)]
    return summary_sheet(name, lines), attention_sheet(reviewed)


def _reviewed(alignment: Alignment) -> Reviewed:
    proposal = alignment.proposal
    return Reviewed(
        proposal.row,
        proposal.title,
        alignment.verdict,
        in_language(*alignment.reason),
        proposal.money or Decimal(0),
        alignment.declared_fits,
    )


def _form_sheet(alignments: Sequence[Alignment]) -> AnswerSheet:
    """Make a sheet of the review form, a criterion a row; points are left to a person."""
    names = ("criterion", "finding", "note", "evidence", "points")
    heads = (message("answer-title"), *(message(f"form-{name}") for name in names))
    return AnswerSheet(
        message("sheet-form"), heads, tuple(_form_lines(alignments)), (44,) * len(heads)
    )


def _form_lines(alignments: Sequence[Alignment]) -> Iterator[SheetRow]:
    from kb.alignment.form import form_of

    for alignment in alignments:
        for criterion in form_of(alignment):
            finding = f"{FINDINGS[criterion.finding]} {message(f'form-{criterion.finding}')}"
            name = f"{criterion.number}. {in_language(criterion.thai, criterion.english)}"
            evidence = "; ".join(criterion.evidence)
            yield SheetRow(
                (
                    alignment.proposal.title,
                    name,
                    finding,
                    in_language(*criterion.note),
                    evidence,
                    "",
                )
            )


def _answer(alignment: Alignment) -> tuple[Any, ...]:
    verdict, score, best, where, reason, chain, _, flags = answer_cells(alignment)
    return (verdict, score, best, reason, chain, flags, where)
