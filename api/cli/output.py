"""What a command writes: text and JSON lines on standard output, messages on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from api.text.messages import message


def to_json(record: Mapping[str, Any]) -> str:
    """Return a record as one line of JSON, Thai unescaped."""
    return json.dumps(record, ensure_ascii=False, separators=(", ", ": "))


def write(text: str) -> None:
    """Write a line to standard output."""
    click.echo(text)


def write_json(record: Mapping[str, Any]) -> None:
    """Write a record as one line of JSON to standard output, in UTF-8 whatever the locale."""
    click.echo(to_json(record).encode("utf-8", "backslashreplace") + b"\n", nl=False)


def say(text: str) -> None:
    """Write a message to people to standard error."""
    click.echo(text, err=True)


def save_report(path: Path, content: str | bytes) -> None:
    """Write a report whole or not at all, and say where; raises `report-not-written`."""
    from api.reports.files import write_report

    write_report(path, content)
    say(message("report-written", file=path))


def is_interactive() -> bool:
    """Return whether standard error is a terminal, where progress bars make sense."""
    return sys.stderr.isatty()
