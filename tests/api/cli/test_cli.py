"""The command line as people and programs meet it: languages, errors, exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.help import COMMANDS
from tests.api.conftest import Run


def test_help_is_thai_and_names_every_command(run: Run) -> None:
    shown = run("--help")
    assert shown.code == 0
    assert "วิธีใช้:" in shown.out
    assert all(name in shown.out for name in COMMANDS)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "phaen"])
def test_every_command_helps_in_both_languages(run: Run, name: str) -> None:
    thai, english = run(name, "--help"), run(name, "--help", "--lang", "en")
    assert (thai.code, english.code) == (0, 0)
    assert COMMANDS[name][0].split()[0] in thai.out
    assert COMMANDS[name][1].split()[0] in english.out
    for option in ("--json", "--kb", "--lang", "--help"):
        assert option in thai.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "en", "extract", "nix.txt"],
        ["extract", "--lang", "en", "nix.txt"],
        ["extract", "nix.txt", "--lang=en"],
    ],
)
def test_the_language_is_taken_before_and_after_the_command(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).err == "File not found: nix.txt\n"


def test_the_language_comes_from_the_environment(run: Run) -> None:
    assert run("extract", "nix.txt", PHAEN_LANG="en").err == "File not found: nix.txt\n"
    assert run("extract", "nix.txt", "--lang", "th", PHAEN_LANG="en").err == "ไม่พบไฟล์ nix.txt\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serch", "x"], "ไม่มีคำสั่ง serch (หมายถึง search, user, serve หรือไม่)"),
        (["extract"], "ขาด FILE…"),
        (["extract", "--jsn", "a"], "ไม่มีตัวเลือก --jsn"),
        (["list", "--lang", "de"], "de ไม่ใช่หนึ่งใน th, en"),
        (["search", "น้ำ", "-k", "มาก"], "มาก ไม่ใช่ตัวเลขที่ใช้ได้"),
        (["search", "น้ำ", "--mode", "magic"], "magic ไม่ใช่หนึ่งใน smart, words, meaning, exact"),
    ],
)
def test_wrong_usage_is_told_in_thai_with_exit_code_2(
    run: Run, arguments: list[str], said: str
) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert said in result.err
    assert result.out == ""


def test_no_command_shows_the_help(run: Run) -> None:
    result = run()
    assert result.code == 2
    assert "extract" in result.err


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.startswith("phaen ")


def test_a_missing_knowledge_base_is_told_and_not_made(run: Run, tmp_path: Path) -> None:
    result = run("list", "--kb", "none.db", "--lang", "en")
    assert result.code == 2
    assert "There is no knowledge base none.db" in result.err
    assert not (tmp_path / "none.db").exists()


def test_extract_tells_what_a_plan_says(run: Run, plan: Path) -> None:
    result = run("extract", "--json", plan.name)
    assert result.code == 0
    (found,) = result.records
    assert found["file"] == plan.name
    assert {"organisation", "title", "plan_kind", "period", "quality", "pages"} <= found.keys()
    kinds = [statement["kind"] for statement in found["statements"]]
    assert kinds.count("vision") == 1
    assert kinds.count("mission") == 2
    text = plan.read_text("utf-8")
    for statement in found["statements"]:
        assert statement["text"] in text


def test_extract_goes_on_after_a_file_that_fails(run: Run, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = run("extract", "--json", "empty.txt", "nix.txt", plan.name, "--lang", "en")
    assert result.code == 1
    empty, missing, found = result.records
    assert empty["error"] == {"code": "empty-file", "message": "empty.txt is empty"}
    assert missing["error"]["code"] == "file-not-found"
    assert found["statements"]
    assert "File not found: nix.txt" in result.err


def test_a_name_with_a_newline_breaks_no_line(run: Run, plan: Path, tmp_path: Path) -> None:
    odd = tmp_path / "แผน ใหม่\nฉบับ 2.txt"
    odd.write_bytes(plan.read_bytes())
    result = run("extract", "--json", odd.name)
    assert result.records[0]["file"] == odd.name
    assert len(run("extract", "--text", odd.name).out.splitlines()[0].split("·")) == 1


def test_extract_prints_clean_text_page_by_page(run: Run, plan: Path) -> None:
    shown = run("extract", "--text", plan.name).out
    assert "═══ หน้า 1 ═══" in shown
    assert "ฟื้นฟูแหล่งน้ำและป่าต้นน้ำให้สมบูรณ์" in shown
    (found,) = run("extract", "--text", "--json", plan.name).records
    assert found["text"][0]["number"] == 1
    assert "กว๊านน้ำใส" in found["text"][0]["text"]


def test_extract_draws_the_plan_as_a_tree(run: Run, plan: Path) -> None:
    lines = run("extract", plan.name).out.splitlines()
    assert "พันธกิจ (2)" in lines
    assert any(line.startswith("├─ 1 ฟื้นฟู") and line.endswith("น. 1") for line in lines)
    assert any(line.startswith("└─ 2 ดูแลผู้สูงอายุ") for line in lines)


def test_doctor_tells_every_part_and_how_to_get_it(run: Run) -> None:
    (stated,) = run("doctor", "--json").records
    assert {part["name"] for part in stated["parts"]} >= {"poppler", "tesseract", "tesseract-tha"}
    for part in stated["parts"]:
        assert part["use"]
        assert part["found"] or part["install"]


def test_doctor_says_what_to_install_where_programs_are_missing(run: Run, tmp_path: Path) -> None:
    result = run("doctor", PATH=str(tmp_path))
    assert result.code == 1
    assert "apt install poppler-utils" in result.out
    assert "apt install tesseract-ocr-tha" in result.out


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["extract", "plan.txt"], ["doctor"], ["--help"]])
def test_plain_commands_import_no_model_libraries(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "plan.txt").write_text("วิสัยทัศน์\nเมืองน่าอยู่ คู่เกษตรปลอดภัย\n", "utf-8")
    assert heavy_modules(tmp_path, arguments) == []


def heavy_modules(folder: Path, arguments: list[str]) -> list[str]:
    """Name the heavy libraries a command line has imported when it ends."""
    script = (
        "import sys, json\nfrom api.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'faiss', 'pandas', 'fastapi'}\n"
        "print('\\n' + json.dumps(sorted(heavy & sys.modules.keys())))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ},
    )
    heavy: list[str] = json.loads(ran.stdout.splitlines()[-1])
    return heavy
