"""`phaen doctor`: what this machine has, what it lacks, what that costs, how to install it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import click

from api.cli.command import DONE, FAILURES, Call, subcommand
from api.cli.output import write, write_json
from api.text.columns import pad, width
from api.text.components import Part, python, survey
from api.text.messages import message


@subcommand("doctor")
def command(call: Call) -> int:
    """Look at the machine; exit 1 where a part is lacking that documents need."""
    parts = survey()
    lacking = [part for part in parts if not part.found and not part.optional]
    if call.json:
        write_json(_json(parts, ready=not lacking))
    else:
        write(f"phaen {version('phaen')} · Python {python()}\n")
        columns = max(width(part.name) for part in parts)
        write("\n".join(_line(part, columns) for part in parts))
        write("\n" + message("doctor-lacking" if lacking else "doctor-ready"))
    return FAILURES if lacking else DONE


def _json(parts: tuple[Part, ...], *, ready: bool) -> dict[str, Any]:
    return {
        "version": version("phaen"),
        "python": python(),
        "ready": ready,
        "parts": [
            {
                **part.to_dict(),
                "use": message(f"part-{part.name}"),
                "install": None if part.found else message(f"install-{part.name}"),
            }
            for part in parts
        ],
    }


def _line(part: Part, columns: int) -> str:
    mark = (
        click.style("✓", fg="green")
        if part.found
        else click.style("–" if part.optional else "✗", fg="yellow" if part.optional else "red")
    )
    head = f"{mark} {pad(part.name, columns)}  {message(f'part-{part.name}')}"
    if part.found:
        return f"{head} ({part.version})" if part.version else head
    indent = " " * (columns + 4)
    return f"{head}\n{indent}{message('install', how=message(f'install-{part.name}'))}"
