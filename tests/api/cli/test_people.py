"""People, keys, log and bin on the command line."""

from pathlib import Path

from click.testing import CliRunner

from api.cli.main import main
from tests.api.conftest import Run

PASSWORD = "ข้าวเหนียวมะม่วงหวาน"


def add(name: str, *arguments: str, password: str = PASSWORD) -> tuple[int, str]:
    """Add a user as a script does, the password on standard input."""
    result = CliRunner().invoke(main, ["user", "add", name, *arguments], input=password + "\n")
    return result.exit_code, result.output


def test_people_are_added_listed_and_changed(run: Run) -> None:
    assert add("admin1", "--display", "ผู้ดูแล 1")[0] == 0
    assert add("officer1", "--role", "reviewer", "--scope", "เทศบาลเมืองเวียงพนา") == (
        0,
        "เพิ่มผู้ใช้ officer1 แล้ว · ผู้ตรวจ · เทศบาลเมืองเวียงพนา\n",
    )
    listed = run("user", "list", "--json").records
    assert [(user["name"], user["role"]) for user in listed] == [
        ("admin1", "admin"),
        ("officer1", "reviewer"),
    ]
    assert "ผู้ดูแล 1" in run("user", "list").out
    assert run("user", "role", "officer1", "--role", "planner").code == 0
    assert run("user", "scope", "officer1").code == 0
    assert run("user", "disable", "officer1", "--json").records[0]["disabled"] is True
    assert run("user", "disable", "officer1", "--off", "--json").records[0]["disabled"] is False
    changes = [row["action"] for row in run("log", "--of", "officer1", "--json").records]
    assert changes == ["user.changed"] * 4 + ["user.added"]
    for row in run("log", "--json").records:
        assert row["actor"].startswith("terminal:")
    assert PASSWORD not in run("log", "--json").out


def test_what_cannot_be_is_said_in_both_languages(run: Run) -> None:
    assert add("officer1", "--role", "reader")[0] == 2
    assert add("admin1", password="short")[0] == 2
    assert add("admin1")[0] == 0
    last = run("user", "disable", "admin1", "--lang", "en")
    assert (last.code, "One active administrator" in last.err) == (2, True)
    assert "ไม่มีผู้ใช้ชื่อ nobody" in run("user", "role", "nobody", "--role", "admin").err
    assert run("user", "role", "admin1").code == 2
    assert run("user", "add").code == 2
    assert run("user", "add", "x", "--password", PASSWORD).code == 2


def test_a_key_is_written_once(run: Run) -> None:
    add("admin1")
    made = run("token", "create", "admin1", "--name", "ส่งออกรายเดือน", "--days", 30)
    secret = made.out.strip()
    assert secret.startswith("phn_")
    assert "แสดงครั้งเดียว" in made.err
    (listed,) = run("token", "list", "--json").records
    assert secret not in str(listed)
    assert run("token", "revoke", listed["id"]).code == 0
    assert "ยกเลิกแล้ว" in run("token", "list").out
    assert run("token", "revoke", "nope").code == 2
    assert run("token", "create", "admin1").code == 2


def test_a_removed_document_comes_back_from_the_bin(run: Run, plan: Path) -> None:
    run("add", plan)
    (document,) = run("list", "--json").records
    shown = run("show", document["id"]).out
    assert run("bin", "list").err == "ถังขยะว่าง\n"
    run("remove", document["id"])
    assert run("list", "--json").records == []
    (item,) = run("bin", "list", "--json").records
    assert item["document"] == document["id"]
    assert run("bin", "restore", document["id"][:8]).code == 0
    assert run("show", document["id"]).out == shown
    run("remove", document["id"])
    unsure = run("bin", "empty")
    assert (unsure.code, "--yes" in unsure.err) == (2, True)
    assert run("bin", "empty", "--yes").out == "ลบถาวร 1 เอกสาร\n"
    assert run("bin", "restore", document["id"]).code == 2
    assert [row["action"] for row in run("log", "--json").records] == [
        "bin.emptied",
        "document.deleted",
        "document.restored",
        "document.deleted",
        "document.added",
    ]
    assert "ลบเอกสาร" in run("log").out
