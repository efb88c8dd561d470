"""The documentation is complete and true: every command and option, every example."""

import re
from pathlib import Path

import click
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.help import COMMANDS
from api.cli.main import main
from tests.transcripts import ROOT, Shell, agrees, shown

COMMAND_DOCS = (ROOT / "docs" / "commands.md").read_text("utf-8")
HTTP_DOCS = (ROOT / "docs" / "http.md").read_text("utf-8")
NAMES = [name for name in COMMANDS if name != "phaen"]


def section(name: str) -> str:
    """Give a command's part of the documentation."""
    match = re.search(rf"^## `phaen {name}`.*?(?=^## |\Z)", COMMAND_DOCS, re.M | re.S)
    assert match, f"docs/commands.md has no section for phaen {name}"
    return match[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_option_of_every_command_is_documented(name: str) -> None:
    with click.Context(main) as context:
        command = main.get_command(context, name)
    assert command is not None
    common = COMMAND_DOCS.partition("## ")[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            longest = max(parameter.opts, key=len)
            assert f"`{longest}" in section(name) or f"`{longest}" in common, longest
        else:
            assert (parameter.metavar or "?").rstrip("…") in section(name)


def test_no_command_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^## `phaen ([a-z]+)`", COMMAND_DOCS, re.M)) == set(NAMES)


def test_every_call_is_documented(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        paths = client.get("/openapi.json").json()["paths"]
    for path, methods in paths.items():
        for method in methods:
            assert f"`{method.upper()} {path}`" in HTTP_DOCS


@pytest.mark.parametrize(
    "document",
    sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]),
    ids=lambda path: path.name,
)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text("utf-8")):
        assert (document.parent / target).exists(), target


@pytest.mark.slow
@pytest.mark.parametrize("name", ["README.md", "docs/commands.md"])
def test_examples_give_what_they_show(name: str, tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    examples = [each for each in shown((ROOT / name).read_text("utf-8")) if each.runs]
    assert examples
    for example in examples:
        real = shell.run(example.command)
        assert agrees(example.output, real), (example.command, real)
