"""Every error has words in both languages, and the words fit the details."""

import ast
import re
import string
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType

import pytest

from api.text import wording as wordings
from api.text.messages import MESSAGES, explain, message
from ingest.errors import PhaenError, ReadError

ROOT = Path(__file__).resolve().parents[3]
ERRORS = {"PhaenError", "ReadError", "UsageError"}
THAI = re.compile("[ก-๙]")


def raised_codes() -> dict[str, list[str]]:
    """Find the code of every error that is made anywhere in the three floors."""
    found: dict[str, list[str]] = {}
    for path in sorted(p for part in ("ingest", "kb", "api") for p in (ROOT / part).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in ERRORS and node.args:
                for code in _constants(node.args[0]):
                    found.setdefault(code, []).append(str(path.relative_to(ROOT)))
    return found


def codes_passed_on() -> set[str]:
    """Find codes that reach an error through a variable, by how codes end."""
    endings = re.compile(
        r"[a-z]+(-[a-z]+)*-(unknown|invalid|missing|damaged|unwritable|not-writable|busy|full|"
        r"ambiguous|too-large|too-long|timeout|crashed|empty|failed|mismatch|refused|unavailable)"
    )
    return {
        node.value
        for part in ("ingest", "kb", "api")
        for path in (ROOT / part).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and endings.fullmatch(node.value)
    }


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    return []


def test_every_code_that_is_raised_has_words() -> None:
    missing = {code: where for code, where in raised_codes().items() if code not in MESSAGES}
    assert not missing
    prefixes = ("", "note-", "unread-", "finding-")
    silent = {
        code
        for code in codes_passed_on()
        if not any(prefix + code in MESSAGES for prefix in prefixes)
    }
    assert silent == set()


def test_every_code_is_worded_once() -> None:
    modules = [
        import_module(f"api.text.wording.{one.name}") for one in iter_modules(wordings.__path__)
    ]
    wording = [
        part
        for module in modules
        for part in vars(module).values()
        if isinstance(part, MappingProxyType)
    ]
    assert sum(len(part) for part in wording) == len(MESSAGES)


def test_codes_are_kebab_case() -> None:
    assert [code for code in MESSAGES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9_]+)*", code)] == []


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_both_languages_say_the_same_details(code: str) -> None:
    thai, english = MESSAGES[code]
    assert code == "web-example" or not THAI.search(english)
    assert _fields(thai) == _fields(english)


def _fields(wording: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name}


def test_an_error_is_worded_in_both_languages() -> None:
    error = ReadError("file-not-found", file="แผน.pdf")
    assert explain(error, "th") == "ไม่พบไฟล์ แผน.pdf"
    assert explain(error, "en") == "File not found: แผน.pdf"


def test_a_newline_in_a_name_stays_on_the_line() -> None:
    assert message("empty-file", "en", file="แผน\n1\x1b[31m.pdf") == "แผน\\n1\\x1b[31m.pdf is empty"


def test_an_unknown_code_still_says_what_it_knows() -> None:
    assert explain(PhaenError("brand-new", file="a")) == "brand-new (file: a)"
