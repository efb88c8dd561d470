"""Open data: columns with English or coded names, years of either era, a body a row, cost lines."""

import csv
import json
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

import ingest
from ingest.errors import UsageError
from ingest.extract.projects.open_data import FIELDS, field_column, folded, mapped, named_column

HEADER = "ITEM_ID,BUDGETARY_UNIT,BUDGET_PLAN,PROJECT,ITEM_DESCRIPTION,FISCAL_YEAR,AMOUNT"


def saved(folder: Path, text: str, name: str = "งบ.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_usual_names_of_columns_are_data_and_each_field_is_known() -> None:
    text = (files("corpora") / "names" / "open_data_columns.tsv").read_text("utf-8")
    header, *rows = [line.split("\t") for line in text.splitlines()]
    assert header == ["column", "field", "source"]
    assert all(len(row) == 3 and all(row) and row[1] in FIELDS for row in rows)
    assert len({folded(row[0]) for row in rows}) == len(rows)
    for column, field, _ in rows:
        assert named_column(column) == field_column(field)


@pytest.mark.parametrize("name", ["BUDGETARY_UNIT", "budgetaryUnit", "Budgetary unit"])
def test_a_name_is_known_however_it_is_written(name: str) -> None:
    found = named_column(name)
    assert found is not None
    assert found.meaning == "organisation"


def test_lines_of_cost_are_kept_under_their_project_with_years_of_either_era(
    tmp_path: Path,
) -> None:
    document = ingest.read(
        saved(
            tmp_path,
            "\n".join(
                [
                    HEADER,
                    '1,เทศบาลนครขอนแก่น,แผนงานคมนาคม,โครงการทางเลียบคลอง,ค่าก่อสร้าง,2022,"1,500,000"',
                    '2,เทศบาลนครขอนแก่น,แผนงานคมนาคม,โครงการทางเลียบคลอง,ค่าควบคุมงาน,2565,"100,000"',
                    '3,เทศบาลนครขอนแก่น,แผนงานคมนาคม,โครงการทางเลียบคลอง,ค่าก่อสร้าง,2023,"2,000,000"',
                    '4,องค์การบริหารส่วนจังหวัดน่าน,แผนงานศึกษา,,ค่าอาหารกลางวัน,2022,"50,000"',
                ]
            ),
        )
    )
    road, lunch = document.projects
    assert road.title == "โครงการทางเลียบคลอง"
    assert dict(road.budget) == {2565: Decimal(1_600_000), 2566: Decimal(2_000_000)}
    assert [(line.title, dict(line.budget), line.row) for line in road.lines] == [
        ("ค่าก่อสร้าง", {2565: Decimal(1_500_000)}, 1),
        ("ค่าควบคุมงาน", {2565: Decimal(100_000)}, 2),
        ("ค่าก่อสร้าง", {2566: Decimal(2_000_000)}, 3),
    ]
    assert (lunch.title, dict(lunch.budget)) == ("ค่าอาหารกลางวัน", {2565: Decimal(50_000)})
    bodies = [one.organisation or document.organisation for one in (road, lunch)]
    assert [body.name for body in bodies if body] == ["เทศบาลนครขอนแก่น", "องค์การบริหารส่วนจังหวัดน่าน"]


def test_the_same_as_json(tmp_path: Path) -> None:
    rows = [
        {
            "project_name": "ซ่อมถนน",
            "dept_name": "เทศบาลนครขอนแก่น",
            "budget_year": 2567,
            "project_money": 500000,
            "price_build": 480000,
            "sum_price_agree": 450000,
        }
    ]
    document = ingest.read(saved(tmp_path, json.dumps(rows, ensure_ascii=False), "งบ.json"))
    (found,) = document.projects
    assert dict(found.budget) == {2567: Decimal(500_000)}
    assert dict(found.spending) == {
        "reference_price": Decimal(480_000),
        "contracted": Decimal(450_000),
    }


def test_a_message_lists_what_was_understood_and_what_not(tmp_path: Path) -> None:
    path = saved(tmp_path, "ชื่อโครงการ,ยอด X,FISCAL_YEAR\nซ่อมถนน,500000,2022\n")
    document = ingest.read(path)
    assert "columns: ชื่อโครงการ = title, FISCAL_YEAR = year" in document.notes
    assert "columns-unknown: ยอด X" in document.notes
    mapped_ones = ingest.read(path, columns=["ยอด x=budget"])
    assert dict(mapped_ones.projects[0].budget) == {2565: Decimal(500_000)}
    assert not any(note.startswith("columns-unknown") for note in mapped_ones.notes)


def test_a_map_may_name_a_year_and_spending() -> None:
    found = mapped(["A=budget:2567", "B=paid", "C=title"])
    assert (found["a"].meaning, found["a"].year) == ("budget", 2567)
    assert (found["b"].meaning, found["b"].name) == ("spending", "paid")


@pytest.mark.parametrize("pair", ["A", "A=", "=title", "A=nonsense"])
def test_a_map_that_says_nothing_is_refused(pair: str) -> None:
    with pytest.raises(UsageError) as refused:
        mapped([pair])
    assert refused.value.code == "column-map"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["local_2022-3-16-1.csv", "se_2022-3-14.csv"])
def test_real_files_keep_every_line_that_can_be_read(shared: Path, name: str) -> None:
    path = shared / "eval" / "opendata" / name
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    document = ingest.read(path)
    lines = [line for project in document.projects for line in project.lines]
    assert len(lines) == len(rows)
    wanted = [row["AMOUNT"].replace(",", "") for row in rows]
    torn = sum("unclear-number" in project.warnings for project in document.projects)
    kept = sum(bool(line.budget) for line in lines)
    assert kept + torn == len(rows)
    assert sum(sum(line.budget.values()) for line in lines) <= sum(map(Decimal, wanted))
