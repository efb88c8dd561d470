"""`phaen doctor`: installed and missing components, what they are for, how to install them."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import click

from api.cli.command import DONE, FAILURES, Call, subcommand
from api.cli.output import write, write_json
from api.components import Component, installed_components, python_version
from api.text.columns import pad, width
from api.text.messages import message


@subcommand("doctor")
def command(call: Call) -> int:
    """List the components; exit 1 if one is missing that reading documents needs."""
    components = installed_components()
    lacking = [
        component for component in components if not component.installed and not component.optional
    ]
    if call.json:
        write_json(_record_of(components, ready=not lacking))
    else:
        write(f"phaen {version('phaen')} · Python {python_version()}\n")
        columns = max(width(component.name) for component in components)
        write("\n".join(_component_text(component, columns) for component in components))
        write("\n" + message("doctor-lacking" if lacking else "doctor-ready"))
    return FAILURES if lacking else DONE


def _record_of(components: tuple[Component, ...], *, ready: bool) -> dict[str, Any]:
    return {
        "version": version("phaen"),
        "python": python_version(),
        "ready": ready,
        "parts": [
            {
                **component.to_dict(),
                "use": message(f"part-{component.name}"),
                "install": None if component.installed else message(f"install-{component.name}"),
            }
            for component in components
        ],
    }


def _component_text(component: Component, columns: int) -> str:
    mark = (
        click.style("✓", fg="green")
        if component.installed
        else click.style(
            "–" if component.optional else "✗", fg="yellow" if component.optional else "red"
        )
    )
    head = f"{mark} {pad(component.name, columns)}  {message(f'part-{component.name}')}"
    if component.installed:
        return f"{head} ({component.version})" if component.version else head
    indent = " " * (columns + 4)
    return f"{head}\n{indent}{message('install', how=message(f'install-{component.name}'))}"
