"""Reports of duplicates as Excel workbooks: the input's cells, and the answers beside them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.text.labels import PARTS, RELATIONS, label
from api.text.messages import message

if TYPE_CHECKING:
    from kb.duplicates.groups import DuplicateGroup
    from kb.duplicates.results import DuplicateResult, DuplicateResults

FONT = "TH Sarabun New"
"""The font of Thai offices; where it is not installed Excel takes its own."""

_FILLS = {
    "duplicate": "F8CBAD",
    "continuation": "FFE699",
    "same_activity_elsewhere": "BDD7EE",
    "related": "E2EFDA",
    "none": "FFFFFF",
}
_ANSWERS = (
    "relation",
    "score",
    "like",
    "organisation",
    "file",
    "page",
    "agrees",
    "differs",
    "notes",
)
_MODELS = ("title", "like", "organisation", "file", "page", "unit-cost", "unit", "result")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_000


def report(found: DuplicateResults, source: Path | None) -> bytes:
    """Write the answers for a workbook of proposals: one row each, then every match.

    The first sheets are the input's own, every cell kept, with the answers in columns to
    the right; the last lists all matches.
    """
    from openpyxl import Workbook

    if source is not None and zipfile.is_zipfile(source) and _is_xlsx(source):
        book = _original(found, source)
    else:
        book = Workbook()
        book.remove(book.active)
        if source is not None:
            _input_sheets(book, found, source)
    rows = [
        [finding.proposal.title, *_answer(finding, index)]
        for finding in found
        for index in range(max(1, len(finding.matches)))
    ]
    _sheet(book, message("sheet-matches"), [message("answer-title"), *_headings()], rows, 1)
    models = [_model(finding, model.to_dict()) for finding in found for model in finding.models]
    headings = [message(f"answer-{name}") for name in _MODELS]
    _sheet(book, message("sheet-models"), headings, models, len(headings))
    return _bytes(book)


def _model(finding: DuplicateResult, model: dict[str, Any]) -> list[Any]:
    project = model["project"]
    body, cost = project["organisation"], model["unit_cost"]
    return [
        finding.proposal.title,
        project["title"],
        body["name"] if body else "",
        project["file"],
        project["page"],
        cost if cost is None else Decimal(cost),
        model["unit"] or "",
        project["expected_result"] or project["indicator"] or "",
    ]


def groups_report(groups: Sequence[DuplicateGroup]) -> bytes:
    """Write the groups found within a knowledge base, a project a row."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    names = (
        "group",
        "relation",
        "score",
        "like",
        "organisation",
        "years",
        "budget",
        "file",
        "page",
    )
    rows = [
        [
            number,
            group.relation,
            round(group.score, 3),
            project.record.title,
            project.organisation.name if project.organisation else "",
            str(project.period.to_list()) if project.period else "",
            sum(project.record.budget.values(), Decimal(0)),
            project.file,
            project.page,
        ]
        for number, group in enumerate(groups, start=1)
        for project in group.projects
    ]
    _sheet(book, message("sheet-groups"), [message(f"answer-{n}") for n in names], rows, 1)
    return _bytes(book)


def _is_xlsx(source: Path) -> bool:
    from ingest.formats.limits import Limits
    from ingest.formats.sniff import Format
    from ingest.readers import format_of

    return format_of(source, Limits()) is Format.XLSX


def _original(found: DuplicateResults, source: Path) -> Any:
    """Open the workbook as it is, hidden sheets and formats too, and add the answers' columns."""
    from openpyxl import load_workbook

    book = load_workbook(source)
    width = {sheet.title: sheet.max_column for sheet in book.worksheets}
    headed: set[str] = set()
    for finding in found:
        name, row = finding.proposal.sheet, finding.proposal.row
        if name is None or name not in width or row is None:
            continue
        if name not in headed and row > 1:
            _beside(book[name], row - 1, width[name] + 1, _headings())
            headed.add(name)
        _beside(book[name], row, width[name] + 1, _answer(finding, 0))
    return book


def _beside(sheet: Any, row: int, first: int, line: Sequence[Any]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    relation = line[0] if line[0] in _FILLS else None
    for column, value in enumerate(line, start=first):
        cell = sheet.cell(row, column)
        _put(cell, _named(value) if value == relation else value)
        cell.font = Font(name=FONT, size=14, bold=relation is None)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if relation:
            cell.fill = PatternFill("solid", fgColor=_FILLS[relation])


def _named(relation: str) -> str:
    return message("answer-none") if relation == "none" else label(RELATIONS, relation)


def _input_sheets(book: Any, found: DuplicateResults, source: Path) -> None:
    """Copy the input's tables, and put the answers right of each proposal's row."""
    from ingest import Limits
    from ingest.readers import read_content

    by_place = {(finding.proposal.sheet, finding.proposal.row): finding for finding in found}
    for number, table in enumerate(read_content(source, Limits()).tables, start=1):
        width = max(map(len, table.rows), default=0)
        first = min((row for sheet, row in by_place if sheet == table.sheet and row), default=2)
        rows: list[list[Any]] = []
        for index, cells in enumerate(table.rows, start=1):
            line: list[Any] = [*cells, *[""] * (width - len(cells))]
            finding = by_place.get((table.sheet, index))
            if finding is not None:
                line += _answer(finding, 0)
            elif index == first - 1:
                line += _headings()
            rows.append(line)
        name = (table.sheet or message("sheet-proposals"))[:25]
        _sheet(
            book,
            f"{name} {number}" if name in book.sheetnames else name,
            None,
            rows,
            width,
            header=max(1, first - 1),
        )


def _headings() -> list[str]:
    return [message(f"answer-{name}") for name in _ANSWERS]


def _answer(finding: DuplicateResult, index: int) -> list[Any]:
    notes = " · ".join(
        message(f"note-{code}") for code in (*finding.proposal.warnings, *finding.notes)
    )
    if index >= len(finding.matches):
        return ["none", "", "", "", "", "", "", "", notes]
    match = finding.matches[index]
    notes = " · ".join(filter(None, (notes, *(message(f"note-{code}") for code in match.notes))))
    told = match.project.to_dict()
    body = told["organisation"]
    return [
        match.relation,
        round(match.score, 3),
        told["title"],
        body["name"] if body else "",
        told.get("file") or message("workbook-row", row=told.get("row")),
        told.get("page") or "",
        _points(match.agrees),
        _points(match.differs),
        notes,
    ]


def _points(points: Iterable[Any]) -> str:
    return "; ".join(
        f"{label(PARTS, point.part)} {', '.join(point.a)} / {', '.join(point.b)}"
        for point in points
    )


def _sheet(
    book: Any,
    title: str,
    headings: list[str] | None,
    rows: Iterable[Sequence[Any]],
    width: int,
    *,
    header: int = 1,
) -> None:
    """Write a sheet: heads bold and frozen, filters, rows coloured by their relation."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(_sheet_name(title))
    lines = [headings, *rows] if headings else list(rows)
    plain, bold = Font(name=FONT, size=14), Font(name=FONT, size=14, bold=True)
    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in _FILLS.items()}
    for number, line in enumerate(lines, start=1):
        relation = next((cell for cell in line[width:] if cell in _FILLS), None)
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(number, column)
            _put(cell, _named(value) if value == relation else value)
            cell.font = bold if number == header else plain
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if relation is not None and column > width:
                cell.fill = fills[relation]
    columns = max((len(line) for line in lines), default=1)
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 14 if column <= width else 28
    sheet.freeze_panes = f"A{header + 1}"
    if lines:
        sheet.auto_filter.ref = f"A{header}:{get_column_letter(columns)}{len(lines)}"


def _put(cell: Any, value: Any) -> None:
    """Write a value; a text that looks like a formula stays a text and is never run."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = "".join(char for char in value if char.isprintable() or char == "\n")[:_LONGEST_CELL]
    cell.value = text
    if text.startswith(_DANGEROUS):
        cell.data_type = "s"
        cell.quotePrefix = True


def _sheet_name(title: str) -> str:
    return "".join("_" if char in "[]:*?/\\" else char for char in title)[:31] or "1"


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
