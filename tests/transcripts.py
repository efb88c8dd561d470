"""The commands shown in the documentation, run again.

A block of ```` ```console ```` holds `$ command` lines, each with the output it gives. The
commands of a file run in order, from the root of the repository, on a knowledge base of
their own. In the output a line `…` stands for any lines, and `…` inside a line for any text.
`python -m tests.transcripts docs/commands.md` writes what the commands give now; what stood
after a `…` line, or under `(N lines)` in the block's first line, stays shortened.
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
_BLOCK = re.compile(r"^```console(?: lines=(\d+))?\n(.*?)^```$", re.M | re.S)
_VOLATILE = re.compile(r'("took_ms": )[\d.]+|("added_at": )"[^"]*"')
ANY = "…"


@dataclass(frozen=True)
class Shown:
    """A command in the documentation with the output shown under it."""

    command: str
    output: tuple[str, ...]


def shown(text: str) -> Iterator[Shown]:
    """List the commands of a Markdown text."""
    for block in _BLOCK.finditer(text):
        yield from _commands(block[2])


def _commands(block: str) -> Iterator[Shown]:
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield Shown(command, tuple(output.rstrip("\n").splitlines()))


class Shell:
    """Runs documented commands one after the other on one knowledge base."""

    def __init__(self, folder: Path) -> None:
        self._environment = {
            **os.environ, "PHAEN_KB": str(folder / "phaen.db"), "LC_ALL": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }  # fmt: skip
        self._environment.pop("PHAEN_LANG", None)

    def run(self, command: str) -> list[str]:
        """Return what a command writes, standard error after standard output."""
        ran = subprocess.run(
            ["sh", "-c", command], cwd=ROOT, env=self._environment, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        return [steady(line) for line in (ran.stdout.rstrip("\n") + "\n" + ran.stderr).splitlines()]


def steady(line: str) -> str:
    """Put `…` where an output tells the time."""
    return _VOLATILE.sub(lambda match: f"{match[1] or match[2]}{ANY}", line)


def agrees(documented: list[str], real: list[str]) -> bool:
    """Tell whether an output is as documented."""
    pattern = "\n".join(
        r"(?:.*\n)*.*" if line == ANY else ".*".join(re.escape(part) for part in line.split(ANY))
        for line in documented
    )
    return re.fullmatch(pattern, "\n".join(_trimmed(real))) is not None


def _trimmed(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").splitlines()


def renewed(text: str, shell: Shell) -> str:
    """Put what the commands give now under them."""

    def block(match: re.Match[str]) -> str:
        most = int(match[1]) if match[1] else None
        parts = [
            _written(each.command, shell.run(each.command), most) for each in _commands(match[2])
        ]
        head = f"```console lines={most}" if most else "```console"
        return "\n".join([head, *parts, "```"])

    return _BLOCK.sub(block, text)


def _written(command: str, output: list[str], most: int | None) -> str:
    lines = _trimmed(output)
    if most is not None and len(lines) > most:
        lines = [*lines[:most], ANY]
    return "\n".join([f"$ {command}", *lines])


def main() -> None:
    """Renew the outputs in the files named."""
    for name in sys.argv[1:]:
        path = Path(name)
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(renewed(path.read_text("utf-8"), Shell(Path(folder))), "utf-8")


if __name__ == "__main__":
    main()
