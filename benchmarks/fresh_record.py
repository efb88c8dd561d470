"""The record of fresh figures: first readings in order, none ever replaced or left out.

The record is a Markdown file with a table of first readings, a table of later ones and, below,
the details of every reading. A batch has one first reading, taken when the batches before it
have theirs; whatever is read afterwards stands among the later readings.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fresh_labels import NotReadyError

FIRST, LATER, DETAILS = "## First readings", "## Later readings", "## Details"
_PROGRAM = ("ingest", "kb", "corpora")
"""What must be committed before a figure is taken: it names the program by its commit."""
_HEAD = """\
# Texts that the program had not seen

`python -m benchmarks.fresh BATCH` (prose: 50 slices of government news each; `--set pages`: web
pages). A batch is labelled by two who see neither each other nor the program, a third settles,
then the program as it stands answers: that figure is the first reading and stays. Only afterwards
is anything learnt from the batch; readings after that are later ones and prove nothing.

*strict*: the same kind and the same text but for white space, quotes and list marks; *lenient*:
nine in ten characters agree. What is borderline counts neither way. *alarms*: texts that state
nothing in which something was found. *error*: expected calibration error over ten bands of
confidence, of strict and of lenient rightness. *labels*: the first digits of the label file's
SHA-256.
"""
_COLUMNS = (
    "batch | taken | commit | labels | texts | gold | found | strict P | R | F1 "
    "| lenient P | R | F1 | alarms | error, strict | lenient"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading: `batch` as in `prose 01`, the cells after it, and the lines of its details."""

    batch: str
    cells: tuple[str, ...]
    details: tuple[str, ...]


def first_readings(path: Path) -> list[str]:
    """Return the batches that have their first figure, in the order they were taken."""
    if not path.is_file():
        return []
    table = path.read_text("utf-8").partition(FIRST)[2].partition(LATER)[0]
    return re.findall(r"^\| ((?:prose|pages) \d+) \|", table, re.MULTILINE)


def check_turn(path: Path, name: str, number: int) -> None:
    """Raise `NotReadyError` where a batch before this one has no figure yet."""
    taken = first_readings(path)
    for before in range(1, number):
        if batch_name(name, before) not in taken:
            raise NotReadyError(
                f"{batch_name(name, before)} has no figure in {path.name} yet. Batches are taken "
                "in order and none is left out: take that one first."
            )


def batch_name(name: str, number: int) -> str:
    """Return how the record names a batch."""
    return f"{name} {number:02d}"


def record(path: Path, entry: Entry) -> str:
    """Add a reading to the record; return under which heading its row stands.

    The first reading of a batch is never replaced: a further one goes below the later ones.
    """
    head, first, later, details = _parts(path)
    taken = entry.batch in first_readings(path)
    row = f"| {' | '.join((entry.batch, *entry.cells))} |\n"
    if taken:
        later += row
    else:
        first += row
    which = "later reading" if taken else "first reading"
    details += "\n".join([f"\n### {entry.batch}, {which}", "", *entry.details, ""])
    text = f"{head}{FIRST}{first}\n{LATER}{later}\n{DETAILS}{details}"
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
    return LATER if taken else FIRST


def commit(root: Path) -> str:
    """Return the commit that stands in a checkout, shortened to ten digits.

    Raise `NotReadyError` where the program has changes that are not committed, or there is no git.
    """
    try:
        changes = _git(root, "status", "--porcelain", "--", *_existing(root))
        head = _git(root, "rev-parse", "--short=10", "HEAD")
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotReadyError(f"{root} is no git checkout: a figure names its commit.") from error
    if changes.strip():
        raise NotReadyError(
            "Commit first: a figure names the program by its commit, and these files differ "
            f"from it:\n{changes.rstrip()}"
        )
    return head.strip()


def _existing(root: Path) -> list[str]:
    return [name for name in _PROGRAM if (root / name).exists()]


def _git(root: Path, *words: str) -> str:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    done = subprocess.run(
        ["git", "-C", str(root), *words],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=environment,
    )
    return done.stdout


def _parts(path: Path) -> tuple[str, str, str, str]:
    """Return what stands before and below each of the three headings."""
    if not path.is_file():
        rule = "|---" * (_COLUMNS.count("|") + 1)
        table = f"\n\n| {_COLUMNS} |\n{rule}|\n"
        return f"{_HEAD}\n", table, table, "\n"
    head, first, rest = path.read_text("utf-8").partition(FIRST)
    first_table, later, rest = rest.partition(LATER)
    later_table, details, below = rest.partition(DETAILS)
    if not (first and later and details):
        raise NotReadyError(f"{path} lacks one of its three headings; put it right first.")
    return head, first_table.rstrip("\n") + "\n", later_table.rstrip("\n") + "\n", below
