"""Reports of alignment: by the file's ending a workbook, a printed page, CSV or JSON.

A workbook is the input as it was, with verdicts beside it.
"""

from __future__ import annotations

import io
import json
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.reports.alignment_tables import FINDINGS, Table, answer, answers, covered
from api.text.messages import message

if TYPE_CHECKING:
    from kb.alignment.coverage import CoverageRow
    from kb.alignment.verdicts import Alignment

FONT = "TH Sarabun New"
"""The font of Thai offices; where it is not installed Excel takes its own."""

_FILLS = {"aligned": "C6E0B4", "weak": "FFE699", "not_aligned": "F8CBAD", "cannot_tell": "D9D9D9"}
_ANSWERS = ("verdict", "score", "best", "reason", "chain", "flags", "where")
_NARROW = ("verdict", "score")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def written(
    out: Path,
    found: Sequence[Alignment],
    told: Sequence[Mapping[str, Any]],
    *,
    source: Path | None = None,
    form: bool = False,
) -> str | bytes:
    """Write the answers as the report's ending asks; `told` is their JSON form."""
    ending = out.suffix.lower()
    if ending == ".xlsx":
        return report(found, source, form=form)
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
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = table.title[:31]
    _write(sheet, 1, 1, table.headings, None)
    for at, row in enumerate(table.rows):
        _write(sheet, at + 2, 1, row, (table.marks[at] if table.marks else "") or "none")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    _widen(sheet, 1, len(table.headings))
    return _bytes(book)


def _json(told: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(list(told), ensure_ascii=False, indent=1) + "\n"


def _csv(table: Table) -> bytes:
    """Mark it as UTF-8, or Excel reads Thai wrongly."""
    return table.csv().encode("utf-8-sig")


def report(found: Sequence[Alignment], source: Path | None, *, form: bool = False) -> bytes:
    """Write the verdicts: right of every proposal's row where a workbook was given.

    An XLSX workbook keeps all its sheets, cells, formulas and styles; tables of other kinds
    are copied cell by cell. Without a workbook there is one sheet of proposals.
    """
    book = _book(found, source)
    waiting: dict[str, deque[Alignment]] = defaultdict(deque)
    for each in found:
        waiting[_tight(each.proposal.title)].append(each)
    for sheet in book.worksheets:
        _answer_sheet(sheet, waiting)
    if form:
        _form_sheet(book, found)
    return _bytes(book)


def _form_sheet(book: Any, found: Sequence[Alignment]) -> None:
    """Add a sheet with the review form, a criterion a row; points are left to a person."""
    from kb.alignment.form import form_of

    names = ("title", "criterion", "finding", "note", "evidence", "points")
    sheet = book.create_sheet(message("sheet-form"))
    heads = [message("answer-title"), *(message(f"form-{name}") for name in names[1:])]
    _write(sheet, 1, 1, heads, None)
    row = 2
    for told in found:
        for each in form_of(told):
            finding = f"{FINDINGS[each.finding]} {message(f'form-{each.finding}')}"
            evidence = "; ".join(each.evidence)
            name = f"{each.number}. {each.thai}"
            _write(
                sheet, row, 1, [told.proposal.title, name, finding, each.note, evidence, ""], "none"
            )
            row += 1
    sheet.freeze_panes = "A2"
    _widen(sheet, 1, len(names))


def _widen(sheet: Any, first: int, columns: int, narrow: int = 0) -> None:
    from openpyxl.utils import get_column_letter

    for offset in range(columns):
        width = 16 if offset < narrow else 44
        sheet.column_dimensions[get_column_letter(first + offset)].width = width


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _book(found: Sequence[Alignment], source: Path | None) -> Any:
    from openpyxl import Workbook, load_workbook

    if source is not None and _is_xlsx(source):
        return load_workbook(source)
    book = Workbook()
    book.remove(book.active)
    if source is None:
        sheet = book.create_sheet(message("sheet-proposals"))
        sheet.append([message("answer-title")])
        for each in found:
            _put(sheet.cell(sheet.max_row + 1, 1), each.proposal.title)
        return book
    from ingest import Limits
    from ingest.readers import read_content

    for number, table in enumerate(read_content(source, Limits()).tables, start=1):
        sheet = book.create_sheet(f"{number} {table.sheet or ''}".strip()[:31])
        for row, cells in enumerate(table.rows, start=1):
            for column, value in enumerate(cells, start=1):
                _put(sheet.cell(row, column), value)
    return book


def _answer_sheet(sheet: Any, waiting: dict[str, deque[Alignment]]) -> None:
    """Put the answers right of the rows that bear a proposal's name, in their order."""
    from openpyxl.utils import get_column_letter

    first = sheet.max_column + 1
    places = [
        (row, told)
        for row in range(1, sheet.max_row + 1)
        if (told := _told(sheet, row, first, waiting)) is not None
    ]
    if not places:
        return
    for row, told in places:
        _write(sheet, row, first, _answer(told), told.verdict)
    header = max(1, places[0][0] - 1)
    _write(sheet, header, first, [message(f"answer-{name}") for name in _ANSWERS], None)
    last = get_column_letter(first + len(_ANSWERS) - 1)
    _widen(sheet, first, len(_ANSWERS), narrow=len(_NARROW))
    sheet.auto_filter.ref = f"A{header}:{last}{sheet.max_row}"


def _told(
    sheet: Any, row: int, columns: int, waiting: dict[str, deque[Alignment]]
) -> Alignment | None:
    for column in range(1, columns):
        value = sheet.cell(row, column).value
        queue = waiting.get(_tight(str(value))) if value is not None else None
        if queue:
            return queue.popleft() if len(queue) > 1 else queue[0]
    return None


def _answer(told: Alignment) -> list[Any]:
    verdict, score, best, where, why, chain, _, flags = answer(told)
    return [verdict, score, best, why, chain, flags, where]


def _write(sheet: Any, row: int, first: int, values: Sequence[Any], verdict: str | None) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, value in enumerate(values, start=first):
        cell = sheet.cell(row, column)
        _put(cell, value)
        cell.font = Font(name=FONT, size=14, bold=verdict is None)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if verdict in _FILLS:
            cell.fill = PatternFill("solid", fgColor=_FILLS[verdict or ""])


def _is_xlsx(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04" and path.suffix.lower() in {".xlsx", ".xlsm"}


def _tight(text: str) -> str:
    return "".join(text.split())


def _put(cell: Any, value: Any) -> None:
    """Write a value; a text that looks like a formula stays that very text and is never run."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = "".join(char for char in value if char.isprintable() or char == "\n")[:32_000]
    cell.value = text
    if text.startswith(_DANGEROUS):
        cell.data_type = "s"
        cell.quotePrefix = True
