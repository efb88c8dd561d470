"""Reports of duplicates as Excel workbooks: the input's cells, and the answers beside them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.labels import PARTS, RELATIONS, label
from api.messages import message

if TYPE_CHECKING:
    from kb.duplicates.matches import Finding, Findings
    from kb.duplicates.within import Group

FONT = "TH Sarabun New"
"""The font of Thai offices; where it is not installed Excel takes its own."""

_FILLS = {
    "duplicate": "F8CBAD", "continuation": "FFE699", "same_activity_elsewhere": "BDD7EE",
    "related": "E2EFDA", "none": "FFFFFF",
}  # fmt: skip
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
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_000


def report(found: Findings, source: Path | None) -> bytes:
    """Write the answers for a workbook of proposals: one row each, then every match.

    The first sheets are the input's own, every cell kept, with the answers in columns to
    the right; the last lists all matches.
    """
    from openpyxl import Workbook

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
    return _bytes(book)


def groups_report(groups: Sequence[Group]) -> bytes:
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
        [number, group.relation, round(group.score, 3), project.record.title,
         project.organisation.name if project.organisation else "",
         str(project.period.to_list()) if project.period else "",
         sum(project.record.budget.values(), Decimal(0)), project.file, project.page]
        for number, group in enumerate(groups, start=1) for project in group.projects
    ]  # fmt: skip
    _sheet(book, message("sheet-groups"), [message(f"answer-{n}") for n in names], rows, 1)
    return _bytes(book)


def _input_sheets(book: Any, found: Findings, source: Path) -> None:
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
        _sheet(book, f"{name} {number}" if name in book.sheetnames else name, None, rows, width,
               header=max(1, first - 1))  # fmt: skip


def _headings() -> list[str]:
    return [message(f"answer-{name}") for name in _ANSWERS]


def _answer(finding: Finding, index: int) -> list[Any]:
    notes = " · ".join(
        message(f"note-{code}") for code in (*finding.proposal.warnings, *finding.notes)
    )
    if index >= len(finding.matches):
        return ["none", "", "", "", "", "", "", "", notes]
    match = finding.matches[index]
    told = match.project.to_dict()
    body = told["organisation"]
    return [
        match.relation, round(match.score, 3), told["title"], body["name"] if body else "",
        told.get("file") or message("workbook-row", row=told.get("row")), told.get("page") or "",
        _points(match.agrees), _points(match.differs), notes,
    ]  # fmt: skip


def _points(points: Iterable[Any]) -> str:
    return "; ".join(
        f"{label(PARTS, point.part)} {', '.join(point.a)} / {', '.join(point.b)}"
        for point in points
    )


def _sheet(
    book: Any, title: str, headings: list[str] | None, rows: Iterable[Sequence[Any]],
    width: int, *, header: int = 1,
) -> None:  # fmt: skip
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
            shown = label(RELATIONS, value) if relation == value and value != "none" else value
            cell = sheet.cell(
                number,
                column,
                _safe(message("answer-none") if value == "none" and relation == value else shown),
            )
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


def _safe(value: Any) -> Any:
    """Keep a spreadsheet from running a text that looks like a formula."""
    if not isinstance(value, str):
        return value
    text = "".join(char for char in value if char.isprintable() or char == "\n")[:_LONGEST_CELL]
    return f"'{text}" if text.startswith(_DANGEROUS) and len(text) > 1 else text


def _sheet_name(title: str) -> str:
    return "".join("_" if char in "[]:*?/\\" else char for char in title)[:31] or "1"


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
