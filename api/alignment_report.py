"""Reports of alignment as Excel workbooks: the input as it was, and verdicts beside it."""

from __future__ import annotations

import io
from collections import defaultdict, deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.labels import FRAMEWORK_LEVELS, VERDICTS, label
from api.messages import message

if TYPE_CHECKING:
    from kb.alignment.answers import Alignment

FONT = "TH Sarabun New"
"""The font of Thai offices; where it is not installed Excel takes its own."""

_FILLS = {
    "aligned": "C6E0B4", "weak": "FFE699", "not_aligned": "F8CBAD", "cannot_tell": "D9D9D9",
}  # fmt: skip
_ANSWERS = ("verdict", "score", "best", "reason", "chain", "flags")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def report(found: Sequence[Alignment], source: Path | None) -> bytes:
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
            sheet.append([_safe(each.proposal.title)])
        return book
    from ingest import Limits
    from ingest.readers import read_content

    for number, table in enumerate(read_content(source, Limits()).tables, start=1):
        sheet = book.create_sheet(f"{number} {table.sheet or ''}".strip()[:31])
        for cells in table.rows:
            sheet.append([_safe(cell) for cell in cells])
    return book


def _answer_sheet(sheet: Any, waiting: dict[str, deque[Alignment]]) -> None:
    """Put the answers right of the rows that bear a proposal's name, in their order."""
    from openpyxl.utils import get_column_letter

    first = sheet.max_column + 1
    places = [(row, told) for row in range(1, sheet.max_row + 1)
              if (told := _told(sheet, row, first, waiting)) is not None]  # fmt: skip
    if not places:
        return
    for row, told in places:
        _write(sheet, row, first, _answer(told), told.verdict)
    header = max(1, places[0][0] - 1)
    _write(sheet, header, first, [message(f"answer-{name}") for name in _ANSWERS], None)
    last = get_column_letter(first + len(_ANSWERS) - 1)
    for offset in range(len(_ANSWERS)):
        width = 16 if offset < 2 else 44
        sheet.column_dimensions[get_column_letter(first + offset)].width = width
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
    best = told.best[0].target.text if told.best and told.verdict != "not_aligned" else ""
    chain = " → ".join(
        f"{label(FRAMEWORK_LEVELS, link.level)} {link.text} ({message(f'link-{link.origin}')})"
        for link in told.chain
    )
    flags = [message(f"note-{code}") for code in told.proposal.warnings]
    if told.declared is not None and told.declared_fits is False:
        flags.append(message("declared-differs", text=told.declared.target.text))
    return [
        label(VERDICTS, told.verdict), round(told.score, 3), best, told.reason, chain,
        " · ".join(flags),
    ]  # fmt: skip


def _write(sheet: Any, row: int, first: int, values: Sequence[Any], verdict: str | None) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, value in enumerate(values, start=first):
        cell = sheet.cell(row, column, _safe(value))
        cell.font = Font(name=FONT, size=14, bold=verdict is None)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if verdict is not None:
            cell.fill = PatternFill("solid", fgColor=_FILLS[verdict])


def _is_xlsx(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04" and path.suffix.lower() in {".xlsx", ".xlsm"}


def _tight(text: str) -> str:
    return "".join(text.split())


def _safe(value: Any) -> Any:
    """Keep a spreadsheet from running a text that looks like a formula."""
    if not isinstance(value, str):
        return value
    text = "".join(char for char in value if char.isprintable() or char == "\n")[:32_000]
    return f"'{text}" if text.startswith(_DANGEROUS) and len(text) > 1 else text
