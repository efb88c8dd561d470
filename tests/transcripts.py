"""The commands shown in the documentation, run again.

A block of ```` ```console ```` holds `$ command` lines, each with the output it gives. The
`phaen` commands of a file run in order, on a knowledge base of their own, in a folder where
`corpora` and `แผนทั้งหมด` (the sample documents) are found. Where an output has a line `…`,
lines may have been left out of it; `…` inside a line stands for any text. A per cent may
be up to two off, as it is in bfloat16.
`python -m tests.transcripts docs/commands.md` writes what the commands give now, shortened at
`…` as before.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
_VOLATILE = re.compile(r'("took_ms": )[\d.]+|("added_at": )"[^"]*"')
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
_OFF = 2.0
ANY = "…"


@dataclass(frozen=True)
class Shown:
    """A command in the documentation with the output shown under it."""

    command: str
    output: tuple[str, ...]
    blanks: int = 0

    @property
    def runs(self) -> bool:
        """Return whether it is a `phaen` command (`make run` is not run here)."""
        return self.command.startswith("phaen ")


def shown(text: str) -> Iterator[Shown]:
    """List the commands of a Markdown text."""
    for block in _BLOCK.finditer(text):
        yield from _commands(block[1])


def _commands(block: str) -> Iterator[Shown]:
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        lines = output.splitlines()
        shown_lines = output.rstrip("\n").splitlines()
        yield Shown(command, tuple(shown_lines), len(lines) - len(shown_lines))


class Shell:
    """Runs documented commands one after the other on one knowledge base."""

    def __init__(self, folder: Path) -> None:
        (folder / "corpora").symlink_to(ROOT / "corpora")
        (folder / "แผนทั้งหมด").symlink_to(ROOT / "corpora" / "samples")
        self._folder = folder
        self._environment = {
            **os.environ,
            "PHAEN_KB": str(folder / "phaen.db"),
            "LC_ALL": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        self._environment.pop("PHAEN_LANG", None)

    def run(self, command: str) -> list[str]:
        """Return what a command writes, standard error after standard output."""
        ran = subprocess.run(
            ["sh", "-c", command],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return [steady(line) for line in (ran.stdout.rstrip("\n") + "\n" + ran.stderr).splitlines()]


def steady(line: str) -> str:
    """Put `…` where an output tells the time."""
    return _VOLATILE.sub(lambda match: f"{match[1] or match[2]}{ANY}", line)


def agrees(documented: tuple[str, ...], real: list[str]) -> bool:
    """Return whether an output is as documented."""
    lines = iter(_trimmed(real))
    if ANY not in documented:
        real_lines = list(lines)
        return len(real_lines) == len(documented) and all(map(_same, documented, real_lines))
    return all(any(_same(line, each) for each in lines) for line in documented if line != ANY)


def _same(documented: str, real: str) -> bool:
    pattern = ".*".join(map(_with_any_percent, documented.split(ANY)))
    if not (match := re.fullmatch(pattern, real)):
        return False
    percents = zip(_PERCENT.findall(documented), match.groups(), strict=True)
    return all(abs(float(one) - float(other)) <= _OFF for one, other in percents)


def _with_any_percent(text: str) -> str:
    """Write a pattern for a text whose per cents may be others, each in a group."""
    literal, *rest = re.split(r"\d+(?:\.\d+)?%", text)
    return re.escape(literal) + "".join(rf"{_PERCENT.pattern}{re.escape(part)}" for part in rest)


def _trimmed(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").splitlines()


def renewed(text: str, shell: Shell) -> str:
    """Put what the commands give now under them."""

    def block(match: re.Match[str]) -> str:
        parts = [
            _written(each, shell.run(each.command)) if each.runs else _as_it_was(each)
            for each in _commands(match[1])
        ]
        return "\n".join(["```console", *parts, "```"])

    return _BLOCK.sub(block, text)


def _written(old: Shown, output: list[str]) -> str:
    lines = _trimmed(output)
    if ANY in old.output:
        before = old.output.index(ANY)
        after = len(old.output) - before - 1
        lines = [*lines[:before], ANY, *lines[len(lines) - after :]]
    return "\n".join([f"$ {old.command}", *lines, *[""] * old.blanks])


def _as_it_was(old: Shown) -> str:
    return "\n".join([f"$ {old.command}", *old.output, *[""] * old.blanks])


def main() -> None:
    """Renew the outputs in the files named."""
    for name in sys.argv[1:]:
        path = Path(name)
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(renewed(path.read_text("utf-8"), Shell(Path(folder))), "utf-8")


if __name__ == "__main__":
    main()
