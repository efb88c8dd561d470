"""Adding, listing, showing, searching and removing, from the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.api.cli.test_cli import heavy_modules
from tests.api.conftest import Run

WORDS = ("search", "--mode", "words", "--json")


@pytest.fixture
def kept(run: Run, plan: Path) -> Path:
    """A knowledge base with one plan, as `phaen add` leaves it when there is no model."""
    result = run("add", plan.name, PHAEN_MODEL="none-here")
    assert "แผน พะเยา.txt" in result.out
    return plan


def test_what_is_added_is_listed_shown_and_counted(run: Run, kept: Path) -> None:
    (listed,) = run("list", "--json").records
    assert listed["file"] == kept.name
    assert listed["statements"] >= 3
    shown = run("show", listed["id"]).out
    assert "วิสัยทัศน์ (1)" in shown
    assert "└─ 2 ดูแลผู้สูงอายุในชุมชนให้ทั่วถึง" in shown
    (whole,) = run("show", listed["id"][:6], "--json").records
    assert len(whole["statements"]) == listed["statements"]
    (counts,) = run("stats", "--json").records
    assert counts["documents"] == 1
    assert counts["statements"] == listed["statements"]


def test_adding_again_changes_nothing(run: Run, kept: Path) -> None:
    again = run("add", "--json", kept.name, PHAEN_MODEL="none-here")
    assert [record["status"] for record in again.records] == ["unchanged"]
    assert len(run("list", "--json").records) == 1


def test_hits_are_grouped_counted_skipped_and_lead_to_more_like_them(run: Run, kept: Path) -> None:
    (found,) = run(*WORDS, "น้ำใส ผู้สูงอายุ แหล่งน้ำ").records
    assert len(found["hits"]) > 1
    hits = [hit["id"] for hit in found["hits"]]
    (later,) = run(*WORDS, "--skip", "1", "น้ำใส ผู้สูงอายุ แหล่งน้ำ").records
    assert [hit["id"] for hit in later["hits"]] == hits[1:]
    (grouped,) = run(*WORDS, "--by-document", "--facets", "น้ำใส ผู้สูงอายุ แหล่งน้ำ").records
    assert grouped["hits"][0]["more_in_document"] == len(hits) - 1
    assert sum(grouped["facets"]["kind"].values()) == len(hits)
    shown = run("search", "--mode", "words", "--by-document", "--facets", "น้ำใส ผู้สูงอายุ แหล่งน้ำ").out
    assert f"และอีก {len(hits) - 1} รายการ" in shown
    assert "ปี พ.ศ.: " in shown
    (alike,) = run(*WORDS, "--like", hits[0]).records
    assert hits[0] not in [hit["id"] for hit in alike["hits"]]
    both = run("search", "--like", hits[0], "คลอง")
    assert (both.code, "--like" in both.err) == (2, True)


def test_words_are_found_and_nonsense_is_not(run: Run, kept: Path) -> None:
    (found,) = run(*WORDS, "ผู้สูงอายุ").records
    assert found["query"] == "ผู้สูงอายุ"
    assert "ผู้สูงอายุ" in found["hits"][0]["text"]
    (none,) = run(*WORDS, "asdfgh qwerty").records
    assert none["hits"] == []


def test_people_see_the_hit_where_it_stands_and_why(run: Run, kept: Path) -> None:
    shown = run("search", "--mode", "words", "ผู้สูงอายุ").out
    assert shown.startswith("1. พันธกิจ  ดูแลผู้สูงอายุ")
    assert "น. 1" in shown
    assert "ตรง" in shown


def test_filters_fail_closed(run: Run, kept: Path) -> None:
    (found,) = run(*WORDS, "ผู้สูงอายุ", "--kind", "vision").records
    assert found["hits"] == []
    wrong = run(*WORDS, "ผู้สูงอายุ", "--kind", "visoin", "--lang", "en")
    assert wrong.code == 2
    assert "There is no kind visoin" in wrong.err
    assert run(*WORDS, "น้ำ", "--year", "25x6").code == 2


def test_an_empty_query_is_wrong_usage(run: Run, kept: Path) -> None:
    result = run("search", "  ")
    assert result.code == 2
    assert "คำค้นว่างเปล่า" in result.err


def test_removing_forgets_and_tells_of_what_is_unknown(run: Run, kept: Path) -> None:
    (listed,) = run("list", "--json").records
    result = run("remove", listed["id"], "ffffffffffffffff", "--json")
    assert result.code == 1
    assert [record["status"] for record in result.records] == ["removed", "failed"]
    assert run("list", "--json").records == []


def test_what_the_sender_says_replaces_what_the_file_says(run: Run, plan: Path) -> None:
    run(
        "add",
        plan.name,
        "--organisation",
        "อบจ.แพร่",
        "--period",
        "๒๕๖๖-๒๕๗๐",
        PHAEN_MODEL="none-here",
    )
    (listed,) = run("list", "--json", "--organisation", "อบจ.แพร่", "--year", "2568").records
    assert listed["organisation"]["name"] == "องค์การบริหารส่วนจังหวัดแพร่"
    assert listed["organisation"]["kind"] == "pao"
    assert listed["period"] == [2566, 2570]


def test_a_folder_is_read_whole_and_bad_files_are_listed(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "แผนทั้งหมด"
    folder.mkdir()
    plan.rename(folder / plan.name)
    (folder / "ว่าง.txt").touch()
    (folder / "ขยะ.txt").write_bytes(bytes(range(256)) * 50)
    result = run("add", folder.name, "--json", PHAEN_MODEL="none-here")
    assert result.code == 1
    states = {Path(record["file"]).name: record["status"] for record in result.records}
    assert states == {plan.name: "added", "ว่าง.txt": "failed", "ขยะ.txt": "failed"}
    assert all(record["error"]["message"] for record in result.records if record["error"])


def test_a_folder_that_cannot_be_written_is_told(run: Run, plan: Path) -> None:
    result = run("add", plan.name, "--kb", "no/such/folder/kb.db", "--lang", "en")
    assert result.code in (1, 2)
    assert "no/such/folder/kb.db" in result.err


def test_a_file_that_is_no_knowledge_base_is_told_and_kept(run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    result = run("list", "--kb", plan.name, "--lang", "en")
    assert result.code in (1, 2)
    assert "not a knowledge base" in result.err
    assert plan.read_bytes() == before


def test_a_damaged_word_index_is_found_and_mended(run: Run, kept: Path, tmp_path: Path) -> None:
    assert run("check").code == 0
    with closing(sqlite3.connect(tmp_path / "phaen.db")) as database:
        database.execute("insert into passage_words(passage_words) values ('delete-all')")
        database.commit()
    wrong = run("check", "--json")
    assert wrong.code == 1
    assert wrong.records[0]["findings"][0]["code"].startswith("words-")
    assert "phaen check --repair" in run("check").out
    assert run("check", "--repair").code == 0
    assert run("check", "--json").records == [{"sound": True, "findings": []}]
    assert run(*WORDS, "ผู้สูงอายุ").records[0]["hits"]


def test_another_programs_database_is_one_line_and_untouched(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as database:
        database.execute("create table documents (title text)")
        database.commit()
    result = run("list", "--kb", other, "--lang", "en")
    assert result.code in (1, 2)
    assert len(result.err.splitlines()) == 1
    assert "Traceback" not in result.err
    with closing(sqlite3.connect(other)) as database:
        (columns,) = database.execute("select sql from sqlite_master where name = 'documents'")
    assert columns == ("CREATE TABLE documents (title text)",)


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["stats"],
        ["search", "--mode", "words", "ผู้สูงอายุ"],
        ["search", "--mode", "exact", "ผู้สูงอายุ"],
    ],
)
def test_commands_that_need_no_meaning_import_no_model(
    kept: Path, tmp_path: Path, arguments: list[str]
) -> None:
    assert heavy_modules(tmp_path, arguments) == []


@pytest.mark.slow
def test_meaning_finds_other_words(run: Run, plan: Path) -> None:
    run("add", plan.name)
    (found,) = run("search", "--json", "คนแก่ที่อยู่ในหมู่บ้าน").records
    assert "ผู้สูงอายุ" in found["hits"][0]["text"]
    (none,) = run("search", "--json", "สูตรแกงเขียวหวานไก่").records
    assert none["hits"] == []
