"""The workbook of a review set as an answer: theirs, with verdicts and decisions added."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from fastapi import Request, Response

from api.reports.review_workbook import review_workbook
from kb import KnowledgeBase
from kb.review_sets.sets import ReviewSets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"


def workbook_answer(request: Request, kb: KnowledgeBase, review_set: str) -> Response:
    """Return the workbook to download, under the name of the file that was sent."""
    sets = ReviewSets(kb.store)
    stated = sets.get(review_set)
    content, macros = review_workbook(sets, review_set, request.app.state.workers)
    stem = PurePath(stated.file).stem or stated.name[:60]
    name = f"{stem}-ผลตรวจ{'.xlsm' if macros else '.xlsx'}"
    return Response(
        content,
        media_type=XLSM if macros else XLSX,
        headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )
