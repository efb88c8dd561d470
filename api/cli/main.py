"""The `phaen` command."""

from __future__ import annotations

import click

from api.cli.command import Commands, Option


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"phaen {version('phaen')}")
        ctx.exit()


main = Commands(
    "phaen",
    params=[
        Option(
            ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_show_version
        )
    ],
)
