"""A messy workbook comes back in a form to hand to a governor."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.reports.alignment import report
from api.reports.review_workbook import review_workbook
from api.reports.sheet_layout import letters
from ingest.records import Organisation
from kb import KnowledgeBase
from kb.alignment import aligner_of
from kb.alignment.judging import judge
from kb.alignment.verdicts import Alignment
from kb.loading.proposals import read_proposals
from kb.model.sentence_encoder import DefaultEncoder
from kb.review_sets.judging import judge_set
from kb.review_sets.sets import ReviewSets
from tests.api.reports.messy_workbook import DUPLICATES, MISFITS, PLAN, SHEET, rows, write_messy
from tests.kb.samples import document

TOWN = Organisation("เทศบาลตำบลริมคลอง", "municipality", "น่าน")
POINTS = 22


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("messy") / "คำขอ.xlsx"
    write_messy(path)
    return path


@pytest.fixture(scope="module")
def answers(
    source: Path, encoder: DefaultEncoder, tmp_path_factory: pytest.TempPathFactory
) -> list[Alignment]:
    path = tmp_path_factory.mktemp("kb") / "kb.db"
    with KnowledgeBase(path, create=True, encoder=encoder) as kb:
        kb.add(document("แผน.txt", *PLAN, body=TOWN))
        return judge(kb, aligner_of(kb), read_proposals(source), [TOWN.name])


@pytest.fixture(scope="module")
def reviewed(
    source: Path, encoder: DefaultEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Workbook:
    path = tmp_path_factory.mktemp("kb") / "kb.db"
    with KnowledgeBase(path, create=True, encoder=encoder) as kb:
        kb.add(document("แผน.txt", *PLAN, body=TOWN))
        sets = ReviewSets(kb.store)
        made = sets.make("คำขอ ๒๕๖๘", source.name, source.read_bytes(), (TOWN.name,))
        judge_set(kb, made.id, lambda: read_proposals(source))
        return load_workbook(io.BytesIO(review_workbook(sets, made.id)[0]))


def test_every_proposal_is_read_and_nothing_else(source: Path) -> None:
    assert [one.title for one in read_proposals(source)] == [title for title, _ in rows()]


def shows_every_cell(sheet: Worksheet, numbers: Sequence[int]) -> None:
    """Every text of these rows has the room that it needs."""
    merged = {cell for area in sheet.merged_cells.ranges for cell in area.cells}
    for number in numbers:
        height = sheet.row_dimensions[number].height or 0
        for cell in sheet[number]:
            width = sheet.column_dimensions[get_column_letter(cell.column)].width
            if isinstance(cell.value, str) and (number, cell.column) not in merged:
                lines = sum(-(-letters(one) // int(width)) or 1 for one in cell.value.splitlines())
                assert height >= min(lines * POINTS, 409), cell
                assert lines == 1 or cell.alignment.wrap_text, cell
            elif isinstance(cell.value, int | float):
                assert width >= len(f"{cell.value:,}"), cell


@pytest.mark.slow
def test_the_summary_stands_first_and_every_cell_is_shown(
    source: Path, answers: list[Alignment]
) -> None:
    book = load_workbook(io.BytesIO(report(answers, source, form=True)))
    assert book.sheetnames[:3] == ["สรุปผลตรวจ", "รายการที่ต้องพิจารณา", SHEET]
    summary, _, theirs, *_ = book.worksheets
    assert book.active is summary
    assert source.name in summary["A1"].value
    counts = {row[1].value: row for row in summary.iter_rows(min_row=3)}
    assert summary["C3"].value == len(answers) == 40
    for verdict, words in (("aligned", "สอดคล้อง"), ("not_aligned", "ไม่สอดคล้อง")):
        said = sum(one.verdict == verdict for one in answers)
        assert counts[words][2].value == said
        assert counts[words][1].fill.fgColor.rgb != "00000000"
    for sheet in book.worksheets:
        assert sheet.freeze_panes
    assert theirs.freeze_panes == "A6"
    assert [theirs.cell(5, 9 + place).value for place in range(2)] == ["ผลการพิจารณา", "ความมั่นใจ"]
    shown = [one.proposal.row for one in answers if one.proposal.row is not None]
    shows_every_cell(theirs, shown)
    for sheet in book.worksheets[:2]:
        shows_every_cell(sheet, range(2, sheet.max_row + 1))


@pytest.mark.slow
def test_each_kind_of_misfit_is_to_be_looked_at(answers: list[Alignment]) -> None:
    by_title = {one.proposal.title: one for one in answers}
    for kind, misfits in MISFITS.items():
        for title, _ in misfits:
            one = by_title[title]
            wrong = one.declared_fits is False or one.verdict in ("not_aligned", "cannot_tell")
            assert wrong, (kind, title, one.verdict, one.reason)
    planted = {title for misfits in MISFITS.values() for title, _ in misfits}
    accused = [title for title, one in by_title.items() if one.declared_fits is False]
    assert set(accused) <= planted


@pytest.mark.slow
def test_what_is_asked_for_twice_is_named(reviewed: Workbook) -> None:
    assert reviewed.sheetnames[:3] == ["สรุปผลตรวจ", "รายการที่ต้องพิจารณา", SHEET]
    listed = {
        row[1].value: row[3].value for row in reviewed["รายการที่ต้องพิจารณา"].iter_rows(min_row=3)
    }
    for pair in DUPLICATES:
        assert any("ซ้ำกับ" in str(listed.get(title)) for title in pair[:2]), pair
