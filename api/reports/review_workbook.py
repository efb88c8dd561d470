"""The workbook of a review set: the rows as they were sent, with evidence and decisions beside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from api.reports.review_summary import (
    COLOURS,
    Reviewed,
    attention_sheet,
    summary_sheet,
    verdict_lines,
)
from api.reports.workbook import AnswerSheet, RowAnswers, SheetRow, answered, workbook
from api.text.labels import ALIGNMENT_DECISIONS, DUPLICATE_DECISIONS, RELATIONS, VERDICTS, label
from api.text.messages import message
from ingest.sandbox.pool import Workers
from ingest.temporary import TemporaryFolder
from kb.review_sets.records import ReviewRow
from kb.review_sets.sets import ReviewSets
from kb.review_sets.summary import COLUMNS, Summary, row_money, summarise

_HEADINGS = (
    "verdict",
    "strategy",
    "reason",
    "aligned-decision",
    "relation",
    "like",
    "duplicate-decision",
    "note",
    "by",
)
_WIDTHS = (24, 40, 60, 24, 22, 44, 20, 34, 18)
_SHOWN = frozenset({"duplicate", "continuation", "same_activity_elsewhere"})
_VALUES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "verdict": VERDICTS,
    "relation": RELATIONS,
    "alignment": ALIGNMENT_DECISIONS,
    "duplicate": DUPLICATE_DECISIONS,
}


def review_workbook(
    sets: ReviewSets, review_set: str, workers: Workers | None = None
) -> tuple[bytes, bool]:
    """Return the workbook (XLSX, or XLSM with the macros it had), and whether it has macros.

    A set of a typed proposal has no workbook of its own and gets a sheet with its rows. Raises
    UsageError `review-set-unknown` and what `api.reports.workbook.answered` raises.
    """
    stated, content = sets.get(review_set), sets.workbook(review_set)
    rows = sets.rows(review_set)
    headings = tuple(message(f"review-{name}") for name in _HEADINGS)
    reviewed = [_reviewed(row) for row in rows]
    front = (_summary_sheet(stated.name, summarise(rows), reviewed), attention_sheet(reviewed))
    if content is None:
        lines = tuple(SheetRow((row.title, *_cells(row)), _colour(row), 1) for row in rows)
        titled = (message("answer-title"), *headings)
        sheet = AnswerSheet(message("sheet-review"), titled, lines, (50, *_WIDTHS))
        return workbook([*front, sheet]), False
    beside = {
        (row.sheet, row.row): SheetRow(tuple(_cells(row)), _colour(row))
        for row in rows
        if row.row is not None
    }
    answers = RowAnswers(headings, _WIDTHS, beside, message("sheet-review"), front=front)
    with TemporaryFolder() as folder:
        path = folder.path / stated.file
        path.write_bytes(content)
        return answered(path, answers, workers), has_macros(content)


def has_macros(content: bytes) -> bool:
    """Return whether a workbook carries macros, which are kept and never run."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "xl/vbaProject.bin" in package.namelist()


def _cells(row: ReviewRow) -> list[Any]:
    alignment = row.alignment or {}
    decision = row.decision
    return [
        label(VERDICTS, row.verdict) if row.verdict else "",
        row.strategy or "",
        alignment.get("reason", ""),
        label(ALIGNMENT_DECISIONS, decision.alignment) if decision.alignment else "",
        label(RELATIONS, row.relation) if row.relation in _SHOWN else message("review-no-like"),
        _like(row),
        label(DUPLICATE_DECISIONS, decision.duplicate) if decision.duplicate else "",
        decision.note,
        row.decided_by or "",
    ]


def _like(row: ReviewRow) -> str:
    """Name what a row is most like: its title, whose it is, and where it stands."""
    matches: Sequence[Mapping[str, Any]] = (row.duplicates or {}).get("matches", ())
    shown = [match for match in matches if match["relation"] in _SHOWN]
    if not shown:
        return ""
    project = shown[0]["project"]
    body = project["organisation"]["name"] if project["organisation"] else ""
    if shown[0]["in_workbook"]:
        place = message("review-file-row", row=project["row"] or "–")
    else:
        place = message("page", page=project["page"])
    return " · ".join(part for part in (project["title"], body, place) if part)


def _colour(row: ReviewRow) -> str | None:
    return COLOURS.get(row.verdict or "")


def _reviewed(row: ReviewRow) -> Reviewed:
    alignment = row.alignment or {}
    declared = alignment.get("declared") or {}
    same = _like(row) if row.relation == "duplicate" else None
    return Reviewed(
        row.row,
        row.title,
        row.verdict or "",
        alignment.get("reason", ""),
        row_money(row),
        declared.get("fits"),
        same,
    )


def _summary_sheet(name: str, summary: Summary, reviewed: Sequence[Reviewed]) -> AnswerSheet:
    """Write the tallies of every column under each other, their money in baht."""
    every, *verdicts, declared = verdict_lines(reviewed)
    decided = SheetRow(
        (message("summary-decided"), "", summary.decided.rows, summary.decided.money)
    )
    lines = [every, decided, *verdicts, declared]
    for column in COLUMNS:
        for value, tally in summary.by.get(column, {}).items() if column != "verdict" else ():
            shown = label(_VALUES.get(column, {}), value) if value else message("summary-none")
            if column == "relation" and value == "none":
                shown = message("review-no-like")
            lines.append(
                SheetRow((message(f"summary-{column}"), shown, tally.rows, Decimal(tally.money)))
            )
    return summary_sheet(name, lines)
