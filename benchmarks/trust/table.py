"""The table of what was reached: one section a measurement, each replaced by its next run."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).resolve().parent.parent / "results" / "trust.md"
_HEAD = """# Trust

What phaen stands when two processes use it at once, when it is killed, attacked, overloaded.
Every section is written by the command it names.
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a measurement found: a table's head and rows, whether all that was to be reached was.

    `notes` are sentences that stand below the table.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    reached: bool
    notes: Sequence[str] = ()

    def lines(self) -> list[str]:
        """Return the table as Markdown."""
        outcome = [_row(self.head), _row(["---"] * len(self.head)), *map(_row, self.rows)]
        return [*outcome, *(line for note in self.notes for line in ("", note))]


def keep(name: str, title: str, figures: Figures, file: Path = RESULTS) -> None:
    """Put a section into the file of results, in the place of the same one of an earlier run."""
    text = (file.read_text("utf-8") if file.exists() else "") or _HEAD
    when = f"{date.today().isoformat()} · phaen {version('phaen')} · {machine()}"
    command = f"`python -m benchmarks.trust {name}`"
    section = "\n".join([f"## {title}", "", f"{when} · {command}", "", *figures.lines(), ""])
    old = re.compile(rf"## {re.escape(title)}\n.*?(?=\n## |\Z)", re.DOTALL)
    there = old.search(text) is not None
    text = old.sub(lambda _: section, text) if there else f"{text.rstrip()}\n\n{section}"
    file.write_text(text.rstrip() + "\n", "utf-8")


def machine() -> str:
    """Name the machine in a few words: its kind, how many processors, system and Python."""
    kind = platform.machine()
    return f"{kind}, {os.cpu_count()} processors, {platform.system()}, Python {python()}"


def python() -> str:
    """Return Python's version."""
    return platform.python_version()


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
