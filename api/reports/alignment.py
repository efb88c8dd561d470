"""Reports of alignment: by the file's ending a workbook, a printed page, CSV or JSON.

A workbook is the input as it was, with verdicts beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.reports.alignment_tables import FINDINGS, Table, answer, answers, covered
from api.reports.workbook import Answers, Line, Sheet, answered
from api.reports.workbook import workbook as workbook_of
from api.text.messages import message

if TYPE_CHECKING:
    from ingest.sandbox.pool import Workers
    from kb.alignment.coverage import CoverageRow
    from kb.alignment.verdicts import Alignment

_FILLS = {"aligned": "C6E0B4", "weak": "FFE699", "not_aligned": "F8CBAD", "cannot_tell": "D9D9D9"}
_ANSWERS = ("verdict", "score", "best", "reason", "chain", "flags", "where")
_WIDTHS = (16, 16, 44, 44, 44, 44, 44)


def written(
    out: Path,
    found: Sequence[Alignment],
    told: Sequence[Mapping[str, Any]],
    *,
    source: Path | None = None,
    form: bool = False,
    workers: Workers | None = None,
) -> str | bytes:
    """Write the answers as the report's ending asks; `told` is their JSON form.

    The workbook `source` is opened in one of `workers`, or in a process started for it.
    """
    ending = out.suffix.lower()
    if ending == ".xlsx":
        return report(found, source, form=form, workers=workers)
    if ending == ".json":
        return _json(told)
    table = answers(found, form=form and ending == ".csv")
    if ending == ".csv":
        return _csv(table)
    from api.reports.alignment_page import page

    return page(table, found, form=form)


def table_written(out: Path, table: Table, told: Sequence[Mapping[str, Any]]) -> str | bytes:
    """Write a table as the report's ending asks."""
    ending = out.suffix.lower()
    if ending == ".json":
        return _json(told)
    if ending == ".csv":
        return _csv(table)
    if ending == ".xlsx":
        return workbook(table)
    from api.reports.alignment_page import page

    return page(table)


def coverage_written(
    out: Path, found: Sequence[CoverageRow], told: Sequence[Mapping[str, Any]], organisation: str
) -> str | bytes:
    """Write coverage as the report's ending asks; the page has its charts."""
    if out.suffix.lower() != ".html":
        return table_written(out, covered(found), told)
    from api.reports.alignment_page import coverage_page

    return coverage_page(covered(found), found, organisation)


def workbook(table: Table) -> bytes:
    """Write a table as a workbook of one sheet."""
    marks = table.marks or [""] * len(table.rows)
    lines = tuple(
        Line(tuple(row), _FILLS.get(mark)) for row, mark in zip(table.rows, marks, strict=True)
    )
    headings = tuple(table.headings)
    return workbook_of([Sheet(table.title, headings, lines, (44,) * len(headings))])


def _json(told: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(list(told), ensure_ascii=False, indent=1) + "\n"


def _csv(table: Table) -> bytes:
    """Mark it as UTF-8, or Excel reads Thai wrongly."""
    return table.csv().encode("utf-8-sig")


def report(
    found: Sequence[Alignment],
    source: Path | None,
    *,
    form: bool = False,
    workers: Workers | None = None,
) -> bytes:
    """Write the verdicts: right of every proposal's row where a workbook was given.

    An XLSX workbook keeps all its sheets, cells, formulas and styles; tables of other kinds
    are copied cell by cell. Without a workbook there is one sheet of proposals.
    """
    forms = (_form_sheet(found),) if form else ()
    headings = tuple(message(f"answer-{name}") for name in _ANSWERS)
    if source is None:
        lines = tuple(
            Line((each.proposal.title, *_answer(each)), _FILLS.get(each.verdict), 1)
            for each in found
        )
        head = message("answer-title")
        return workbook_of(
            [Sheet(message("sheet-proposals"), (head, *headings), lines, (44, *_WIDTHS)), *forms]
        )
    beside = {
        (each.proposal.sheet, each.proposal.row): Line(_answer(each), _FILLS.get(each.verdict))
        for each in found
        if each.proposal.row is not None
    }
    answers = Answers(headings, _WIDTHS, beside, message("sheet-proposals"), forms)
    return answered(source, answers, workers)


def _form_sheet(found: Sequence[Alignment]) -> Sheet:
    """Make a sheet of the review form, a criterion a row; points are left to a person."""
    names = ("criterion", "finding", "note", "evidence", "points")
    heads = (message("answer-title"), *(message(f"form-{name}") for name in names))
    return Sheet(message("sheet-form"), heads, tuple(_form_lines(found)), (44,) * len(heads))


def _form_lines(found: Sequence[Alignment]) -> Iterator[Line]:
    from kb.alignment.form import form_of

    for judged in found:
        for criterion in form_of(judged):
            finding = f"{FINDINGS[criterion.finding]} {message(f'form-{criterion.finding}')}"
            name = f"{criterion.number}. {criterion.thai}"
            evidence = "; ".join(criterion.evidence)
            yield Line((judged.proposal.title, name, finding, criterion.note, evidence, ""))


def _answer(judged: Alignment) -> tuple[Any, ...]:
    verdict, score, best, where, why, chain, _, flags = answer(judged)
    return (verdict, score, best, why, chain, flags, where)
