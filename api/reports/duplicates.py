"""Reports of duplicates as Excel workbooks: the input's cells, and the answers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.reports.workbook import AnswerSheet, RowAnswers, SheetRow, answered, workbook
from api.text.labels import PARTS, RELATIONS, label
from api.text.messages import message

if TYPE_CHECKING:
    from ingest.sandbox.pool import Workers
    from kb.duplicates.groups import DuplicateGroup
    from kb.duplicates.results import DuplicateResult, DuplicateResults

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
_GROUPS = ("group", "relation", "score", "like", "organisation", "years", "budget", "file", "page")


def report(results: DuplicateResults, source: Path | None, workers: Workers | None = None) -> bytes:
    """Write the answers for a workbook of proposals: one row each, then every match.

    The first sheets are the input's own, every cell kept, with the answers in columns to
    the right; the last lists all matches. The workbook is opened in one of `workers`, or in
    a process started for it.
    """
    sheets = (_matches(results), _models(results))
    if source is None:
        return workbook(sheets)
    beside = {
        (result.proposal.sheet, result.proposal.row): _line(_answer(result, 0))
        for result in results
        if result.proposal.row is not None
    }
    headings = _headings()
    answers = RowAnswers(
        headings, (28,) * len(headings), beside, message("sheet-proposals"), sheets
    )
    return answered(source, answers, workers)


def _matches(results: DuplicateResults) -> AnswerSheet:
    lines = tuple(
        _line((result.proposal.title, *_answer(result, index)), 1)
        for result in results
        for index in range(max(1, len(result.matches)))
    )
    headings = (message("answer-title"), *_headings())
    return AnswerSheet(message("sheet-matches"), headings, lines, _widths(headings))


def _models(results: DuplicateResults) -> AnswerSheet:
    headings = tuple(message(f"answer-{name}") for name in _MODELS)
    lines = [
        SheetRow(tuple(_model(result, model.to_dict())))
        for result in results
        for model in result.models
    ]
    return AnswerSheet(message("sheet-models"), headings, tuple(lines), (14,) * len(headings))


def _widths(headings: Sequence[str]) -> tuple[int, ...]:
    return (14, *[28] * (len(headings) - 1))


def _line(cells: Sequence[Any], relation_at: int = 0) -> SheetRow:
    """Make a row of answers: its relation is named, and colours it."""
    relation = cells[relation_at]
    named = [*cells[:relation_at], _named(relation), *cells[relation_at + 1 :]]
    return SheetRow(tuple(named), _FILLS[relation], relation_at)


def _model(result: DuplicateResult, model: dict[str, Any]) -> list[Any]:
    project = model["project"]
    body, cost = project["organisation"], model["unit_cost"]
    return [
        result.proposal.title,
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
    lines = tuple(
        _line(
            (
                number,
                group.relation,
                round(group.score, 3),
                project.record.title,
                project.organisation.name if project.organisation else "",
                str(project.period.to_list()) if project.period else "",
                sum(project.record.budget.values(), Decimal(0)),
                project.file,
                project.page,
            ),
            1,
        )
        for number, group in enumerate(groups, start=1)
        for project in group.projects
    )
    headings = tuple(message(f"answer-{name}") for name in _GROUPS)
    return workbook([AnswerSheet(message("sheet-groups"), headings, lines, _widths(headings))])


def _named(relation: str) -> str:
    return message("answer-none") if relation == "none" else label(RELATIONS, relation)


def _headings() -> tuple[str, ...]:
    return tuple(message(f"answer-{name}") for name in _ANSWERS)


def _answer(result: DuplicateResult, index: int) -> list[Any]:
    notes = " · ".join(
        message(f"note-{code}") for code in (*result.proposal.warnings, *result.notes)
    )
    if index >= len(result.matches):
        return ["none", "", "", "", "", "", "", "", notes]
    match = result.matches[index]
    notes = " · ".join(filter(None, (notes, *(message(f"note-{code}") for code in match.notes))))
    project = match.project.to_dict()
    body = project["organisation"]
    return [
        match.relation,
        round(match.score, 3),
        project["title"],
        body["name"] if body else "",
        project.get("file") or message("workbook-row", row=project.get("row")),
        project.get("page") or "",
        _points(match.agrees),
        _points(match.differs),
        notes,
    ]


def _points(points: Iterable[Any]) -> str:
    return "; ".join(
        f"{label(PARTS, point.part)} {', '.join(point.a)} / {', '.join(point.b)}"
        for point in points
    )
